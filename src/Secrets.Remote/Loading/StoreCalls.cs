using System.Collections.Concurrent;
using Secrets.Remote.Calls;

namespace Secrets.Remote.Loading;

/// <summary>
/// What one load asks of a store: each call in its turn, lists page by page, and secrets in batches where the store has them. A store that is a session is asked as it is.
/// </summary>
internal sealed class StoreCalls(IRemoteStore store, string sourceName, RemoteCalls calls)
{
    private readonly IRemoteBatches? _batches = store as IRemoteBatches;
    private readonly IRemoteSession? _session = store as IRemoteSession;
    private readonly ConcurrentQueue<string> _warnings = new();

    public string Place => store.Place;

    public RemoteNameRules Rules => store.NameRules;

    public IReadOnlyList<string> Warnings => [.. _warnings.Distinct(StringComparer.Ordinal), .. _session?.Warnings ?? []];

    public bool KeepsState => _session?.KeepsState ?? true;

    public string LocationOf(RemoteName name) => store.LocationOf(name);

    public string HintWhereMissing(RemoteName name) => store.HintIfMissing(name) is { } hint ? " " + hint : "";

    public int CountCalls(IReadOnlyCollection<RemoteName> names)
    {
        if (_session is not null)
        {
            return _session.CountCalls(names);
        }

        (RemoteName[] single, IReadOnlyList<RemoteName>[] batches) = Split(names);
        return single.Length + batches.Length;
    }

    public Task<IReadOnlyList<RemoteMetadata>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        if (_session is not null)
        {
            return _session.ListAsync(prefix, cancellationToken);
        }

        if (store is not IRemoteListing listing)
        {
            throw RemoteFailure.Make(
                SecretsErrorCode.InvalidConfiguration, "it cannot list its secrets", "name what the program needs with Require.", sourceName, Place, prefix + "*");
        }

        return calls.ListAsync(
            prefix,
            async (token, c) =>
            {
                RemotePage page = await listing.ListAsync(prefix, token, c).ConfigureAwait(false);
                foreach (string warning in page.Warnings)
                {
                    _warnings.Enqueue(warning);
                }

                return (page.Secrets.Where(s => Rules.IsBelow(prefix, s.Name)).Select(Listing), page.NextPageToken);
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<RemoteAnswer>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        if (_session is not null)
        {
            await _session.BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        (RemoteName[] single, IReadOnlyList<RemoteName>[] batches) = Split(names);
        Task<IReadOnlyList<RemoteAnswer>> ones = calls.FetchEachAsync(single, ReadAsync, cancellationToken);
        Task<IReadOnlyList<RemoteAnswer>[]> many = ParallelWork.RunAsync(batches, ReadBatchAsync, cancellationToken);
        await Task.WhenAll(ones, many).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. await ones.ConfigureAwait(false), .. (await many.ConfigureAwait(false)).SelectMany(b => b)];
    }

    public async Task<IReadOnlyList<RemoteMetadata>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken) =>
        _session is not null ? await _session.CheckAsync(stamps, cancellationToken).ConfigureAwait(false)
            : store is IRemoteVersions versions ? await calls.CheckEachAsync(
                [.. stamps.Keys],
                async (name, c) =>
                {
                    bool isCurrent = await calls.CallAsync(t => versions.IsCurrentAsync(name, stamps[name], t), c).ConfigureAwait(false);
                    return new RemoteMetadata { Name = name, Stamp = isCurrent ? stamps[name] : null };
                },
                cancellationToken).ConfigureAwait(false)
            : null;

    public void Reject(RemoteRead refused) => _session?.Reject(refused);

    public TimeSpan? RefreshAfter(IReadOnlyList<RemoteRead> reads) => _session?.RefreshAfter(reads);

    public RemoteState StateOf(IReadOnlyList<RemoteRead> reads) => _session?.StateOf(reads) ?? new RemoteState(reads);

    public ValueTask DiscardAsync() => _session?.DiscardAsync() ?? ValueTask.CompletedTask;

    private (RemoteName[] Single, IReadOnlyList<RemoteName>[] Batches) Split(IReadOnlyCollection<RemoteName> names)
    {
        if (_batches is null)
        {
            return ([.. names], []);
        }

        IReadOnlyList<RemoteName>[] batches = [.. _batches.Split(names)];

        // What the store puts into no batch is not absent.
        IEnumerable<RemoteName> left = names.Except(batches.SelectMany(b => b));
        return ([.. batches.Where(b => b.Count == 1).Select(b => b[0]), .. left], [.. batches.Where(b => b.Count > 1)]);
    }

    private async Task<RemoteAnswer> ReadAsync(RemoteName name, CancellationToken cancellationToken) =>
        Answer(name, await (_session?.ReadAsync(name, cancellationToken) ?? calls.CallAsync(c => store.ReadAsync(name, c), cancellationToken)).ConfigureAwait(false));

    private async Task<IReadOnlyList<RemoteAnswer>> ReadBatchAsync(IReadOnlyList<RemoteName> names, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyDictionary<RemoteName, RemoteSecret?> found = await calls.CallAsync(c => _batches!.ReadBatchAsync(names, c), cancellationToken).ConfigureAwait(false);
            RemoteAnswer[] answers = [.. names.Where(found.ContainsKey).Select(n => Answer(n, found[n]))];

            // A batch that says nothing of a secret does not say that there is none.
            RemoteName[] open = [.. names.Where(n => !found.ContainsKey(n))];
            return open.Length == 0 ? answers : [.. answers, .. await calls.FetchApartAsync(open, ReadAsync, cancellationToken).ConfigureAwait(false)];
        }
        catch (Exception failure) when (calls.Find(failure, cancellationToken) is { } found)
        {
            // A batch may need a permission of its own, and one secret can spoil the answer for all.
            return found.Kind is RemoteFailureKind.Denied or RemoteFailureKind.Missing or RemoteFailureKind.Secret
                ? await calls.FetchApartAsync([.. names], ReadAsync, cancellationToken).ConfigureAwait(false)
                : [.. names.Select(n => calls.Failed(n, found))];
        }
    }

    private RemoteMetadata Listing(RemoteListedSecret listed)
    {
        var name = new RemoteName(listed.Name);
        return new RemoteMetadata { Name = name, Stamp = listed.Stamp, Location = listed.Location, Answer = listed.Secret is { } secret ? Answer(name, secret) : null };
    }

    private RemoteAnswer Answer(RemoteName name, RemoteSecret? secret) =>
        secret?.Problem is { } problem ? calls.Failed(name, problem) : new RemoteAnswer(name) { Secret = secret };
}
