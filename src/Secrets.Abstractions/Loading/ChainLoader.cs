using Secrets.Merging;
using Secrets.Refreshing;

namespace Secrets.Loading;

/// <summary>
/// Loads a chain in waves: the local sources in parallel, then the remote ones in the order of precedence, each for what is still missing.
/// Without requirements nothing depends on the order, and the remote ones load in parallel too.
/// </summary>
/// <remarks>A reload begins with what was loaded before and keeps it where a source is not to be read again, or fails.</remarks>
internal sealed class ChainLoader
{
    private readonly Chain _chain;
    private readonly IReadOnlyList<LoadedSource>? _previous;
    private readonly IReadOnlySet<int>? _reload;
    private readonly LoadedSource?[] _loaded;
    private readonly List<int> _attempted = [];

    /// <summary>Begins the first load.</summary>
    public ChainLoader(Chain chain)
    {
        _chain = chain;
        _loaded = new LoadedSource?[chain.Entries.Count];
    }

    /// <summary>Begins another load, of the sources at some ranks and of whatever is now asked for more than before.</summary>
    public ChainLoader(Chain chain, IReadOnlyList<LoadedSource> previous, IReadOnlySet<int> reload)
        : this(chain)
    {
        _previous = previous;
        _reload = reload;
    }

    /// <summary>Gets the ranks of the sources that were read, with success or without.</summary>
    public IReadOnlyCollection<int> Attempted => _attempted;

    /// <exception cref="SecretsSourceException">In a first load: a source failed, with its code.</exception>
    /// <exception cref="SecretsFormatException">In a first load: a file is malformed.</exception>
    public async ValueTask<IReadOnlyList<LoadedSource>> LoadAsync(CancellationToken cancellationToken)
    {
        await LoadLocalAsync(cancellationToken).ConfigureAwait(false);
        int[] remote = [.. Enumerable.Range(0, _chain.Entries.Count).Where(rank => _loaded[rank] is null)];
        if (_chain.Requirements.Count == 0)
        {
            await LoadAllAsync([.. remote.Where(rank => _chain.Entries[rank].Source is not null)], cancellationToken).ConfigureAwait(false);
        }

        foreach (int rank in remote.Where(rank => _loaded[rank] is null))
        {
            _loaded[rank] = await LoadRemoteAsync(rank, cancellationToken).ConfigureAwait(false);
            ThrowIfFailed([rank]);
        }

        return [.. _loaded.OfType<LoadedSource>()];
    }

    /// <summary>Gives up what this load brought and nothing goes on from.</summary>
    public Task DiscardAsync() => SourceStates.DisposeAsync(_loaded.OfType<LoadedSource>().Where(s => _previous?[s.Rank].Batch is null));

    /// <summary>Loads the local sources, and tells for each remote one what it would be asked.</summary>
    public async ValueTask<SecretsPlan> PlanAsync(CancellationToken cancellationToken)
    {
        await LoadLocalAsync(cancellationToken).ConfigureAwait(false);
        var plans = new SecretsSourcePlan[_chain.Entries.Count];
        bool isUpperBound = false;
        for (int rank = 0; rank < plans.Length; rank++)
        {
            ChainEntry entry = _chain.Entries[rank];
            if (_loaded[rank] is { } local)
            {
                plans[rank] = new SecretsSourcePlan(entry.Name, isRemote: false, demands: null, plan: null, isUpperBound: false, local.Batch?.Places ?? []);
                continue;
            }

            IReadOnlyList<SecretsDemand>? demands = Demand.For(entry.Name, Above(rank), _chain);
            bool isAsked = demands is not { Count: 0 };
            SecretsCallPlan? plan = isAsked ? PlanOne(rank, demands) : new SecretsCallPlan([], 0);
            plans[rank] = new SecretsSourcePlan(entry.Name, isRemote: true, demands, plan, isUpperBound && isAsked, places: []);
            isUpperBound |= isAsked && _chain.Requirements.Count > 0;
        }

        return new SecretsPlan(plans);
    }

    private Task LoadLocalAsync(CancellationToken cancellationToken) =>
        LoadAllAsync([.. Enumerable.Range(0, _chain.Entries.Count).Where(rank => _chain.Entries[rank].Source is not null and not ISecretsRemoteSource)], cancellationToken);

    private async Task LoadAllAsync(int[] ranks, CancellationToken cancellationToken)
    {
        var loads = new Task<LoadedSource>[ranks.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            loads[i] = IsKept(ranks[i]) ? Task.FromResult(_previous![ranks[i]]) : LoadOneAsync(ranks[i], demands: null, cancellationToken);
        }

        // One at a time, so that every load has ended before the first cancellation leaves.
        Task all = Task.WhenAll(loads);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach ((int rank, Task<LoadedSource> load) in ranks.Zip(loads).Where(l => l.Second.IsCompletedSuccessfully))
        {
            _loaded[rank] = await load.ConfigureAwait(false);
        }

        await all.ConfigureAwait(false);

        ThrowIfFailed(ranks);
    }

    private async ValueTask<LoadedSource> LoadRemoteAsync(int rank, CancellationToken cancellationToken)
    {
        ChainEntry entry = _chain.Entries[rank];
        IReadOnlyList<SecretsDemand>? demands = Demand.For(entry.Name, Above(rank), _chain);
        if (demands is { Count: 0 })
        {
            // One that need not be asked is not made either: what it is made of may be missing for the same reason.
            return new LoadedSource(entry.Name, rank, entry.Source ?? _previous?[rank].Source) { Demands = demands, MadeOf = _previous?[rank].MadeOf, IsExported = entry.Policy.IsExported };
        }

        return IsKept(rank) && Demand.IsCovered(demands, _previous![rank]) && !IsToBeMade(rank, _previous[rank].TriedOf)
            ? _previous[rank]
            : await LoadOneAsync(rank, demands, cancellationToken).ConfigureAwait(false);
    }

    private async Task<LoadedSource> LoadOneAsync(int rank, IReadOnlyList<SecretsDemand>? demands, CancellationToken cancellationToken)
    {
        ChainEntry entry = _chain.Entries[rank];
        LoadedSource? previous = _previous?[rank];
        ISecretsSource? source = entry.Source ?? previous?.Source;
        IReadOnlyList<LoadedSource>? madeOf = previous?.MadeOf;
        IReadOnlyList<LoadedSource>? triedOf = entry.Factory is null ? null : Before(rank);
        cancellationToken.ThrowIfCancellationRequested();
        _attempted.Add(rank);
        try
        {
            if (IsToBeMade(rank, previous?.MadeOf))
            {
                source = Make(rank);
                madeOf = Before(rank);
            }

            SecretsBatch batch = await source!.LoadAsync(Request(entry, demands, previous?.Batch), cancellationToken).ConfigureAwait(false)
                ?? throw new SecretsSourceException(SecretsErrorCode.InvalidFormat, $"The source {entry.Name} gave no batch.", entry.Name);
            IReadOnlyList<LayerNode> layers = ReferenceEquals(batch, previous?.Batch)
                ? previous!.Own
                : LayerBuilder.Build(batch, entry.Name, _chain.Options.Comparison);
            var fresh = new LoadedSource(entry.Name, rank, source)
            {
                Batch = batch,
                Own = layers,
                Layers = layers,
                Demands = demands,
                MadeOf = madeOf,
                TriedOf = triedOf,
                IsExported = entry.Policy.IsExported,
            };
            return previous?.Batch is null ? fresh : Retention.Keep(previous, fresh, _chain.Options.Keys);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Exception reported = Redaction.Redaction.Foreign(failure, entry.Name);
            return previous?.Batch is null
                ? new LoadedSource(entry.Name, rank, source) { Demands = demands, Failure = reported, MadeOf = madeOf, TriedOf = triedOf, IsExported = entry.Policy.IsExported }
                : new LoadedSource(previous) { Failure = reported, Demands = demands, TriedOf = triedOf };
        }
    }

    private void ThrowIfFailed(int[] ranks)
    {
        if (_previous is not null)
        {
            return;
        }

        Exception[] failures =
        [
            .. from rank in ranks
               let failure = _loaded[rank]?.Failure
               where failure is not null && !_chain.Entries[rank].Policy.Tolerated.Contains(((ISecretsError)failure).Code)
               select failure,
        ];
        if (failures.Length > 0)
        {
            throw SourceFailures.Combine(failures, "sources failed");
        }
    }

    private SecretsCallPlan? PlanOne(int rank, IReadOnlyList<SecretsDemand>? demands)
    {
        ChainEntry entry = _chain.Entries[rank];
        var remote = (entry.Source ?? (IsMadeFromLocal(entry) ? Make(rank) : null)) as ISecretsRemoteSource;
        try
        {
            return remote?.Plan(Request(entry, demands, previous: null));
        }
        catch (Exception failure)
        {
            throw Redaction.Redaction.Foreign(failure, entry.Name);
        }
    }

    private bool IsMadeFromLocal(ChainEntry entry) =>
        _chain.Entries.All(e => e.Position >= entry.Position || e.Source is not null and not ISecretsRemoteSource);

    private ISecretsSource Make(int rank)
    {
        ChainEntry entry = _chain.Entries[rank];
        var view = new SecretsView(new Snapshot(Before(rank), [], _chain.Options, new WarningLog(), _chain.Reads).Root);
        try
        {
            return entry.Factory!(view) ?? throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration, $"The function that makes the source {entry.Name} gave none.", entry.Name);
        }
        catch (SecretsFileNotFoundException missing)
        {
            throw new SecretsFileNotFoundException(MissingFor(entry, missing), missing.Paths, missing.Places);
        }
        catch (SecretNotFoundException missing)
        {
            throw new SecretNotFoundException(MissingFor(entry, missing), missing.Paths);
        }
        catch (Exception failure)
        {
            // It was given no token, so that even a cancellation is the function's own.
            throw Redaction.Redaction.Foreign(failure, entry.Name);
        }
    }

    private static string MissingFor(ChainEntry entry, Exception missing) => $"{entry.Name} is made of other secrets, and cannot be: {missing.Message}";

    private LoadedSource[] Before(int rank) =>
        [.. _loaded.OfType<LoadedSource>().Where(s => _chain.Entries[s.Rank].Position < _chain.Entries[rank].Position)];

    /// <summary>
    /// True where a source is made from others and was not yet, or what it was made of has changed: a credential that was rotated reaches it.
    /// One that could not be loaded stays as it was, so that it is made again, and not of what is older.
    /// </summary>
    private bool IsToBeMade(int rank, IReadOnlyList<LoadedSource>? of) =>
        _chain.Entries[rank].Factory is not null
        && (of is not { } madeOf || !Before(rank).Zip(madeOf).All(pair => pair.First.IsServedAs(pair.Second)));

    private bool IsKept(int rank) => _reload?.Contains(rank) == false;

    private SecretsRequest Request(ChainEntry entry, IReadOnlyList<SecretsDemand>? demands, SecretsBatch? previous) =>
        new(entry.Name, demands, _chain.Options.Comparison, _chain.TimeProvider) { Previous = previous, Ledger = _chain.Ledger };

    private IReadOnlyList<LoadedSource> Above(int rank) => [.. _loaded.Take(rank).OfType<LoadedSource>()];
}
