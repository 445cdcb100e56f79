namespace Secrets.Remote;

/// <summary>The calls of one load to a store: each in its turn, lists page by page, and secrets in batches where the store has them.</summary>
internal sealed class StoreCalls(IRemoteStore store, string sourceName, RemoteCalls calls) : IRemoteBackend
{
    private readonly IRemoteBatches? _batches = store as IRemoteBatches;

    public string Place => store.Place;

    public NameRules Rules => store.NameRules;

    public string LocationOf(RemoteName name) => store.LocationOf(name);

    public int CountCalls(IReadOnlyCollection<RemoteName> names)
    {
        (RemoteName[] single, RemoteName[][] groups) = Group(names);
        return single.Length + groups.Length;
    }

    public Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
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
                return (page.Secrets.Where(s => Rules.IsBelow(prefix, s.Name)).Select(Listing), page.NextPageToken);
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        (RemoteName[] single, RemoteName[][] groups) = Group(names);
        Task<IReadOnlyList<RemoteSecret>> ones = calls.FetchEachAsync(single, ReadAsync, cancellationToken);
        Task<IReadOnlyList<RemoteSecret>[]> many = Gather.AllAsync(groups, int.MaxValue, ReadGroupAsync, cancellationToken);
        await Task.WhenAll(ones, many).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. await ones.ConfigureAwait(false), .. (await many.ConfigureAwait(false)).SelectMany(g => g)];
    }

    public async Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken) =>
        store is IRemoteVersions versions
            ? await calls.CheckEachAsync(
                [.. stamps.Keys],
                async (name, c) =>
                {
                    bool isCurrent = await calls.TurnAsync(t => versions.IsCurrentAsync(name, stamps[name], t), c).ConfigureAwait(false);
                    return new RemoteListing { Name = name, Stamp = isCurrent ? stamps[name] : null };
                },
                cancellationToken).ConfigureAwait(false)
            : null;

    // A secret that is alone in its group is read by the call for one, which mostly needs fewer permissions.
    private (RemoteName[] Single, RemoteName[][] Groups) Group(IReadOnlyCollection<RemoteName> names)
    {
        if (_batches is null)
        {
            return ([.. names], []);
        }

        RemoteName[][] groups = [.. names.Where(_batches.CanBatch).Chunk(_batches.MaxBatchSize)];
        return ([.. names.Where(n => !_batches.CanBatch(n)), .. groups.Where(g => g.Length == 1).Select(g => g[0])], [.. groups.Where(g => g.Length > 1)]);
    }

    private async Task<RemoteSecret> ReadAsync(RemoteName name, CancellationToken cancellationToken) =>
        Answer(name, await calls.TurnAsync(c => store.ReadAsync(name, c), cancellationToken).ConfigureAwait(false));

    private async Task<IReadOnlyList<RemoteSecret>> ReadGroupAsync(RemoteName[] names, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyDictionary<RemoteName, RemoteSecret?> found = await calls.TurnAsync(c => _batches!.ReadBatchAsync(names, c), cancellationToken).ConfigureAwait(false);
            return [.. names.Select(n => found.TryGetValue(n, out RemoteSecret? secret) ? Answer(n, secret) : Answer(n, RemoteSecret.Unreadable(_unanswered)))];
        }
        catch (Exception failure) when (calls.Find(failure, cancellationToken) is { } found)
        {
            // A batch may need a permission of its own, and one secret can spoil the answer for all.
            return found.Kind is FailureKind.Denied or FailureKind.Missing or FailureKind.Secret
                ? await calls.FetchApartAsync(names, ReadAsync, cancellationToken).ConfigureAwait(false)
                : [.. names.Select(n => calls.Failed(n, found))];
        }
    }

    // A batch that says nothing of a secret does not say that there is none.
    private static readonly RemoteFailure _unanswered = new(FailureKind.Secret, SecretsErrorCode.InvalidFormat, "the answer says neither its value nor that there is none");

    private RemoteListing Listing(RemoteListedSecret listed)
    {
        var name = new RemoteName(listed.Name);
        return new RemoteListing { Name = name, Stamp = listed.Stamp, Location = listed.Location, Secret = listed.Secret is { } secret ? Answer(name, secret) : null };
    }

    private RemoteSecret Answer(RemoteName name, RemoteSecret? secret) =>
        secret is null ? new RemoteSecret { Name = name } : secret.Problem is { } problem ? calls.Failed(name, problem) : secret.Named(name);
}
