using Secrets.Merging;
using Secrets.Redaction;
using Secrets.Timing;

namespace Secrets.Loading;

/// <summary>
/// The first load of a chain, in waves: local sources in parallel, then remote ones in the order of precedence, each asked for what is still missing.
/// Without requirements nothing depends on the order, and the remote ones load in parallel too.
/// </summary>
internal sealed class ChainLoader(Chain chain)
{
    private readonly SourceLoader _loader = new(chain);
    private readonly LoadedSource?[] _loaded = new LoadedSource?[chain.Entries.Count];

    /// <summary>Gets the sources in the order of precedence, once they are loaded.</summary>
    public IReadOnlyList<LoadedSource> Loaded => _loaded!;

    /// <exception cref="SecretsSourceException">A source failed, with its code.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task LoadAsync(CancellationToken cancellationToken)
    {
        List<int> local = Ranks(isLocal: true);
        Task loading = LoadAllAsync(local, cancellationToken);
        return local.Count == _loaded.Length ? loading : ThenRemoteAsync(loading, cancellationToken);
    }

    private async Task ThenRemoteAsync(Task local, CancellationToken cancellationToken)
    {
        await local.ConfigureAwait(false);
        if (chain.Demands.Count == 0)
        {
            await LoadAllAsync(Ranks(isLocal: false), cancellationToken).ConfigureAwait(false);
        }

        for (int rank = 0; rank < _loaded.Length; rank++)
        {
            if (_loaded[rank] is null)
            {
                _loaded[rank] = await LoadRemoteAsync(rank, cancellationToken).ConfigureAwait(false);
                ThrowIfFailed([rank]);
            }
        }
    }

    /// <summary>Disposes the states of the sources that were loaded. After a cancellation it does so in the background, because giving up a login may take long.</summary>
    public Task DiscardAsync(CancellationToken cancellationToken)
    {
        LoadedSource[] loaded = [.. _loaded.OfType<LoadedSource>()];
        if (!cancellationToken.IsCancellationRequested)
        {
            return BatchStates.DisposeAsync(loaded);
        }

        _ = Detached.Start(() => Task.Run(() => BatchStates.DisposeAsync(loaded), CancellationToken.None));
        return Task.CompletedTask;
    }

    /// <summary>Loads the local sources, and tells for each remote one what it would be asked.</summary>
    public async ValueTask<IReadOnlyList<SecretsSourcePlan>> PlanAsync(CancellationToken cancellationToken)
    {
        await LoadLocalAsync(cancellationToken).ConfigureAwait(false);
        var plans = new SecretsSourcePlan[chain.Entries.Count];
        bool isUpperBound = false;
        for (int rank = 0; rank < plans.Length; rank++)
        {
            ChainEntry entry = chain.Entries[rank];
            if (_loaded[rank] is { } local)
            {
                plans[rank] = new SecretsSourcePlan(entry.Name, isRemote: false, demands: null, local.Batch?.Places ?? [], calls: 0);
                continue;
            }

            IReadOnlyList<SecretDemand>? demands = DemandRules.For(entry.Name, Above(rank), chain);
            bool isAsked = demands is not { Count: 0 };
            SecretsSourcePlan? plan = isAsked ? PlanOne(rank, demands) : null;
            plans[rank] = new SecretsSourcePlan(entry.Name, isRemote: true, demands, plan?.NativeNames ?? [], isAsked ? plan?.Calls : 0) { IsUpperBound = isUpperBound && isAsked };
            isUpperBound |= isAsked && chain.Demands.Count > 0;
        }

        return new PrintedList<SecretsSourcePlan>(plans, lines => string.Join(Environment.NewLine, lines));
    }

    private Task LoadLocalAsync(CancellationToken cancellationToken) => LoadAllAsync(Ranks(isLocal: true), cancellationToken);

    private List<int> Ranks(bool isLocal)
    {
        var ranks = new List<int>();
        for (int rank = 0; rank < _loaded.Length; rank++)
        {
            ChainEntry entry = chain.Entries[rank];
            if (entry.Source is not null && entry.IsLocal == isLocal)
            {
                ranks.Add(rank);
            }
        }

        return ranks;
    }

    private Task LoadAllAsync(List<int> ranks, CancellationToken cancellationToken)
    {
        var loads = new Task<LoadedSource>[ranks.Count];
        bool haveEnded = true;
        for (int i = 0; i < loads.Length; i++)
        {
            loads[i] = _loader.LoadAsync(OrderFor(ranks[i], demands: null), cancellationToken);
            haveEnded &= loads[i].IsCompletedSuccessfully;
        }

        if (!haveEnded)
        {
            return WaitAsync(loads, ranks);
        }

        Keep(loads, ranks);
        ThrowIfFailed(ranks);
        return Task.CompletedTask;
    }

    private async Task WaitAsync(Task<LoadedSource>[] loads, List<int> ranks)
    {
        // Every load has ended before the first cancellation leaves, so that all that was loaded can be discarded.
        Task all = Task.WhenAll(loads);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Keep(loads, ranks);
        await all.ConfigureAwait(false);
        ThrowIfFailed(ranks);
    }

    private void Keep(Task<LoadedSource>[] loads, List<int> ranks)
    {
        for (int i = 0; i < loads.Length; i++)
        {
            if (loads[i].IsCompletedSuccessfully)
            {
                _loaded[ranks[i]] = loads[i].Result;
            }
        }
    }

    private async ValueTask<LoadedSource> LoadRemoteAsync(int rank, CancellationToken cancellationToken)
    {
        ChainEntry entry = chain.Entries[rank];
        IReadOnlyList<SecretDemand>? demands = DemandRules.For(entry.Name, Above(rank), chain);

        // One that need not be asked is not created either: what it is created from may be missing for the same reason.
        return demands is { Count: 0 }
            ? entry.NotAsked(rank)
            : await _loader.LoadAsync(OrderFor(rank, demands), cancellationToken).ConfigureAwait(false);
    }

    private LoadOrder OrderFor(int rank, IReadOnlyList<SecretDemand>? demands) =>
        new() { Rank = rank, Earlier = Before(rank), Demands = demands, EndsAtCancellation = true };

    private void ThrowIfFailed(List<int> ranks)
    {
        foreach (int rank in ranks)
        {
            if (HasFailed(rank))
            {
                throw FailureOf(ranks);
            }
        }
    }

    private bool HasFailed(int rank) => _loaded[rank]?.Failure is { } failure && !chain.Entries[rank].Tolerates(((ISecretsError)failure).Code);

    private Exception FailureOf(List<int> ranks) => SourceFailures.Combine([.. ranks.Where(HasFailed).Select(rank => _loaded[rank]!.Failure!)], "sources failed");

    private SecretsSourcePlan? PlanOne(int rank, IReadOnlyList<SecretDemand>? demands)
    {
        ChainEntry entry = chain.Entries[rank];
        LoadOrder order = OrderFor(rank, demands);
        var remote = (entry.Source ?? (IsCreatedFromLocal(entry) ? _loader.Create(order) : null)) as ISecretsRemoteSource;
        try
        {
            return remote?.Plan(_loader.Request(order));
        }
        catch (Exception failure)
        {
            throw Redactor.Sanitize(failure, entry.Name);
        }
    }

    private bool IsCreatedFromLocal(ChainEntry entry) => chain.Entries.All(e => e.Position >= entry.Position || e.IsLocal);

    private List<LoadedSource> Before(int rank)
    {
        var before = new List<LoadedSource>();
        foreach (LoadedSource? loaded in _loaded)
        {
            if (loaded is not null && chain.Entries[loaded.Rank].Position < chain.Entries[rank].Position)
            {
                before.Add(loaded);
            }
        }

        return before;
    }

    private IReadOnlyList<LoadedSource> Above(int rank) => [.. _loaded.Take(rank).OfType<LoadedSource>()];
}
