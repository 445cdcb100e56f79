using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>
/// Loads a chain in waves: the local sources in parallel, then the remote ones in the order of precedence, each for what is still missing.
/// Without requirements nothing depends on the order, and the remote ones load in parallel too.
/// </summary>
internal sealed class ChainLoader(Chain chain)
{
    private readonly LoadedSource?[] _loaded = new LoadedSource?[chain.Entries.Count];

    private IReadOnlyList<LoadedSource> Loaded => [.. _loaded.OfType<LoadedSource>()];

    /// <exception cref="SecretsSourceException">A source failed, with its code.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed.</exception>
    public async ValueTask<IReadOnlyList<LoadedSource>> LoadAsync(CancellationToken cancellationToken)
    {
        await LoadLocalAsync(cancellationToken).ConfigureAwait(false);
        int[] remote = [.. Enumerable.Range(0, chain.Entries.Count).Where(rank => _loaded[rank] is null)];
        if (chain.Requirements.Count == 0)
        {
            await LoadAllAsync([.. remote.Where(rank => chain.Entries[rank].Source is not null)], cancellationToken).ConfigureAwait(false);
        }

        foreach (int rank in remote.Where(rank => _loaded[rank] is null))
        {
            // One that need not be asked is not made either: what it is made of may be missing for the same reason.
            ChainEntry entry = chain.Entries[rank];
            _loaded[rank] = entry.Source is null && Demand.For(entry.Name, Above(rank), chain) is { Count: 0 } none
                ? new LoadedSource(entry.Name, rank, source: null) { Demands = none }
                : await LoadOneAsync(rank, Resolve(rank), cancellationToken).ConfigureAwait(false);
        }

        return Loaded;
    }

    /// <summary>Loads the local sources, and tells for each remote one what it would be asked.</summary>
    public async ValueTask<SecretsPlan> PlanAsync(CancellationToken cancellationToken)
    {
        await LoadLocalAsync(cancellationToken).ConfigureAwait(false);
        var plans = new SecretsSourcePlan[chain.Entries.Count];
        bool isUpperBound = false;
        for (int rank = 0; rank < plans.Length; rank++)
        {
            ChainEntry entry = chain.Entries[rank];
            if (_loaded[rank] is { } local)
            {
                plans[rank] = new SecretsSourcePlan(entry.Name, isRemote: false, demands: null, plan: null, isUpperBound: false, local.Batch!.Places);
                continue;
            }

            IReadOnlyList<SecretsDemand>? demands = Demand.For(entry.Name, Above(rank), chain);
            bool isAsked = demands is not { Count: 0 };
            SecretsCallPlan? plan = isAsked ? PlanOne(rank, demands) : new SecretsCallPlan([], 0);
            plans[rank] = new SecretsSourcePlan(entry.Name, isRemote: true, demands, plan, isUpperBound && isAsked, places: []);
            isUpperBound |= isAsked && chain.Requirements.Count > 0;
        }

        return new SecretsPlan(plans);
    }

    private Task LoadLocalAsync(CancellationToken cancellationToken) =>
        LoadAllAsync([.. Enumerable.Range(0, chain.Entries.Count).Where(rank => chain.Entries[rank].Source is not null and not ISecretsRemoteSource)], cancellationToken);

    private async Task LoadAllAsync(int[] ranks, CancellationToken cancellationToken)
    {
        var loads = new Task<LoadedSource>[ranks.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            loads[i] = LoadOneAsync(ranks[i], chain.Entries[ranks[i]].Source!, cancellationToken);
        }

        var failures = new List<Exception>();
        for (int i = 0; i < ranks.Length; i++)
        {
            try
            {
                _loaded[ranks[i]] = await loads[i].ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is ISecretsError or OperationCanceledException)
            {
                failures.Add(failure);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (failures.Count > 0)
        {
            throw SourceFailures.Combine(failures, "sources failed");
        }
    }

    private SecretsCallPlan? PlanOne(int rank, IReadOnlyList<SecretsDemand>? demands)
    {
        ChainEntry entry = chain.Entries[rank];
        var remote = (entry.Source ?? (IsMadeFromLocal(entry) ? Resolve(rank) : null)) as ISecretsRemoteSource;
        try
        {
            return remote?.Plan(Request(entry, demands));
        }
        catch (Exception failure)
        {
            throw Redaction.Redaction.Foreign(failure, entry.Name);
        }
    }

    private bool IsMadeFromLocal(ChainEntry entry) =>
        chain.Entries.All(e => e.Position >= entry.Position || e.Source is not null and not ISecretsRemoteSource);

    private ISecretsSource Resolve(int rank)
    {
        ChainEntry entry = chain.Entries[rank];
        if (entry.Source is not null)
        {
            return entry.Source;
        }

        LoadedSource[] before = [.. _loaded.OfType<LoadedSource>().Where(s => chain.Entries[s.Rank].Position < entry.Position)];
        var view = new SecretsView(new Snapshot(before, [], chain.Options, new WarningLog()).Root);
        try
        {
            return entry.Factory!(view) ?? throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration, $"The function that makes the source {entry.Name} gave none.", entry.Name);
        }
        catch (Exception failure)
        {
            // It was given no token, so that even a cancellation is the function's own.
            throw Redaction.Redaction.Foreign(failure, entry.Name);
        }
    }

    private async Task<LoadedSource> LoadOneAsync(int rank, ISecretsSource source, CancellationToken cancellationToken)
    {
        ChainEntry entry = chain.Entries[rank];
        bool isRemote = source is ISecretsRemoteSource;
        IReadOnlyList<SecretsDemand>? demands = isRemote ? Demand.For(entry.Name, Above(rank), chain) : null;
        if (demands is { Count: 0 })
        {
            return new LoadedSource(entry.Name, rank, source) { Demands = demands };
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            SecretsBatch batch = await source.LoadAsync(Request(entry, demands), cancellationToken).ConfigureAwait(false)
                ?? throw new SecretsSourceException(SecretsErrorCode.InvalidFormat, $"The source {entry.Name} gave no batch.", entry.Name);
            return new LoadedSource(entry.Name, rank, source)
            {
                Batch = batch,
                Layers = LayerBuilder.Build(batch, entry.Name, chain.Options.Comparison),
                Demands = demands,
                IsExported = entry.IsExported,
            };
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Redaction.Redaction.Foreign(failure, entry.Name);
        }
    }

    private SecretsRequest Request(ChainEntry entry, IReadOnlyList<SecretsDemand>? demands) =>
        new(entry.Name, demands, chain.Options.Comparison, chain.TimeProvider);

    private IReadOnlyList<LoadedSource> Above(int rank) => [.. _loaded.Take(rank).OfType<LoadedSource>()];
}
