using Secrets.Merging;
using Secrets.Redaction;
using Secrets.Timing;

namespace Secrets.Loading;

/// <summary>
/// Loads one source: creates it where it is created from others, asks it within its time limit, and joins the answer with what is kept from earlier loads.
/// Only a cancellation is thrown; every other failure is part of the result.
/// </summary>
internal sealed class SourceLoader(Chain chain)
{
    private const int MaxUnreadable = 100;

    /// <exception cref="OperationCanceledException">The token was cancelled, whatever the source threw.</exception>
    public Task<LoadedSource> LoadAsync(LoadOrder order, CancellationToken cancellationToken) =>
        chain.Telemetry.IsHeard
            ? MeasureAsync(order, cancellationToken)
            : LoadOneAsync(order, cancellationToken);

    private Task<LoadedSource> MeasureAsync(LoadOrder order, CancellationToken cancellationToken) =>
        chain.Telemetry.MeasureAsync(chain.Entries[order.Rank].Name, isRefresh: order.Previous is not null, chain.TimeProvider, () => LoadOneAsync(order, cancellationToken));

    // A local source answers at once. Its first load then needs no asynchronous method, which is much code to compile when a program starts.
    private Task<LoadedSource> LoadOneAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<LoadedSource>(cancellationToken);
        }

        LoadedSource loading = Begin(order);
        ISecretsSource source = ToRead(order, loading);
        Task<SecretsBatch> read = StartReading(order, source, cancellationToken);
        return read.IsCompleted && order.Previous is null && !cancellationToken.IsCancellationRequested
            ? Task.FromResult(Loaded(order, source is CreatingSource creating ? After(creating, order, loading) : loading, ResultOf(order, read, cancellationToken)))
            : WaitAsync(order, loading, source, read, cancellationToken);
    }

    private LoadedSource Begin(LoadOrder order)
    {
        ChainEntry entry = chain.Entries[order.Rank];
        return new LoadedSource(entry.Name, order.Rank, entry.Source ?? order.Previous?.Source)
        {
            Demands = order.Demands,
            CreatedFrom = order.Previous?.CreatedFrom,
            LastAttemptFrom = entry.Factory is null ? null : order.Earlier,
            IsExported = entry.IsExported,
            StartedAt = Moment.Now(chain.TimeProvider),
        };
    }

    private ISecretsSource ToRead(LoadOrder order, LoadedSource loading) => IsToBeCreated(order, loading.CreatedFrom) ? Creating(order) : loading.Source!;

    // A source that exists needs neither of these, and a start of a program compiles neither.
    private CreatingSource Creating(LoadOrder order) => new(chain.Entries[order.Rank].Name, () => Create(order));

    private static LoadedSource After(CreatingSource creating, LoadOrder order, LoadedSource loading) =>
        creating.Created is { } created ? loading with { Source = created, CreatedFrom = order.Earlier } : loading;

    private Task<SecretsBatch> StartReading(LoadOrder order, ISecretsSource source, CancellationToken cancellationToken)
    {
        try
        {
            return new SourceCall(source, chain.Entries[order.Rank], order, chain.TimeProvider).RunAsync(Request(order), cancellationToken).AsTask();
        }
        catch (Exception failure)
        {
            return Task.FromException<SecretsBatch>(failure);
        }
    }

    private async Task<LoadedSource> WaitAsync(LoadOrder order, LoadedSource loading, ISecretsSource source, Task<SecretsBatch> read, CancellationToken cancellationToken)
    {
        await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        LoadResult result = ResultOf(order, read, cancellationToken);
        loading = source is CreatingSource creating ? After(creating, order, loading) : loading;
        return order.Previous?.Batch is null
            ? Loaded(order, loading, result)
            : await ConfirmAsync(order, loading, result, cancellationToken).ConfigureAwait(false);
    }

    private async Task<LoadedSource> ConfirmAsync(LoadOrder order, LoadedSource loading, LoadResult result, CancellationToken cancellationToken)
    {
        var confirmation = new ChangeConfirmation(loading.Source as ISecretsChangeSignal, order, chain.TimeProvider);
        if (!confirmation.IsNeeded(result))
        {
            return Loaded(order, loading, result);
        }

        return order.IsRequested
            ? Loaded(order, loading, await confirmation.ReadUntilStableAsync(result, token => ReadAgainAsync(order, loading, token), cancellationToken).ConfigureAwait(false))
            : confirmation.Defer(result);
    }

    private LoadedSource Loaded(LoadOrder order, LoadedSource loading, LoadResult result) =>
        result.Failure is null ? Succeeded(order, loading, result) : Failed(order, loading, result.Failure);

    /// <summary>
    /// True where a source that is created from others does not exist yet, or those others have changed: a rotated credential must reach it.
    /// A source whose load failed is left as it was, so that the next load creates it again.
    /// </summary>
    public bool IsToBeCreated(LoadOrder order, IReadOnlyList<LoadedSource>? from) =>
        chain.Entries[order.Rank].Factory is not null
        && (from is null || HaveChanged(order.Earlier, from));

    private static bool HaveChanged(IReadOnlyList<LoadedSource> sources, IReadOnlyList<LoadedSource> before) =>
        !sources.Zip(before).All(pair => pair.First.IsEquivalentTo(pair.Second));

    /// <exception cref="SecretsSourceException">The function failed, or returned no source.</exception>
    /// <exception cref="SecretNotFoundException">It reads a secret that no source has.</exception>
    public ISecretsSource Create(LoadOrder order)
    {
        ChainEntry entry = chain.Entries[order.Rank];
        var view = new SecretsView(new Snapshot(order.Earlier, chain.Options with { Declared = DeclaredPaths.None }, new WarningLog(), chain.Reads).Root);
        try
        {
            return entry.Factory!(view) ?? throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration, $"Source '{entry.Name}' could not be created: its function returned null; let it return a source.", entry.Name);
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
            // The function got no token, so even a cancellation is its own failure.
            throw Redactor.Sanitize(failure, entry.Name);
        }
    }

    public SecretsRequest Request(LoadOrder order) =>
        new(chain.Entries[order.Rank].Name, order.Demands, chain.Options.Comparison, chain.TimeProvider)
        {
            Previous = order.Previous?.Batch,
            IsProofRequired = order.IsRequested,
            RejectedPaths = order.Rejected,
            Ledger = chain.Ledger,
        };

    private static string MissingFor(ChainEntry entry, Exception missing) => $"Source '{entry.Name}' could not be created: {missing.Message}";

    private async Task<LoadResult> ReadAgainAsync(LoadOrder order, LoadedSource loading, CancellationToken cancellationToken)
    {
        Task<SecretsBatch> read = StartReading(order, ToRead(order, loading), cancellationToken);
        await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ResultOf(order, read, cancellationToken);
    }

    private LoadResult ResultOf(LoadOrder order, Task<SecretsBatch> ended, CancellationToken cancellationToken)
    {
        try
        {
            return ResultOf(order, ended.GetAwaiter().GetResult());
        }
        catch (Exception failure)
        {
            if (ended.IsCompletedSuccessfully && order.Previous?.Batch is null)
            {
                // The batch is malformed, so nothing goes on from its state. The failure does not wait until a login is given up.
                _ = BatchStates.DisposeAsync(ended.GetAwaiter().GetResult());
            }

            // A source may turn the cancellation into a failure of its own.
            cancellationToken.ThrowIfCancellationRequested();
            return new LoadResult(Redactor.Sanitize(failure, chain.Entries[order.Rank].Name));
        }
    }

    private LoadResult ResultOf(LoadOrder order, SecretsBatch? batch)
    {
        string name = chain.Entries[order.Rank].Name;
        if (batch is null)
        {
            throw new SecretsSourceException(SecretsErrorCode.InvalidFormat, $"The source {name} returned no batch.", name);
        }

        return new LoadResult(batch, ReferenceEquals(batch, order.Previous?.Batch) ? order.Previous!.OwnLayers : LayerBuilder.Build(batch, name, chain.Options.Comparison));
    }

    private LoadedSource Succeeded(LoadOrder order, LoadedSource loading, LoadResult result)
    {
        bool isFirst = order.Previous?.Batch is null;
        LoadedSource fresh = loading with
        {
            Batch = result.Batch,
            OwnLayers = result.Layers,
            Layers = result.Layers,
            Unreadable = UnreadableIn(result.Layers),
            IsVerified = order.IsRequested || isFirst,
        };
        return isFirst ? fresh : Retention.Keep(order.Previous!, fresh, chain.Options.Keys);
    }

    private static LoadedSource Failed(LoadOrder order, LoadedSource loading, Exception failure) =>
        order.Previous?.Batch is null
            ? loading with { Failure = failure }
            : order.Previous with
            {
                Failure = failure,
                Demands = loading.Demands,
                LastAttemptFrom = loading.LastAttemptFrom,
                StartedAt = loading.StartedAt,
                UnconfirmedChange = null,
                UnconfirmedLoads = 0,
            };

    private static UnreadableSecret[] UnreadableIn(IReadOnlyList<LayerNode> layers)
    {
        List<UnreadableSecret>? found = null;
        foreach (LayerNode layer in layers)
        {
            if (layer.MayHaveUnreadable)
            {
                AddUnreadable(found ??= [], layer);
            }
        }

        return found?.ToArray() ?? [];
    }

    private static void AddUnreadable(List<UnreadableSecret> found, LayerNode layer) => found.AddRange(layer.Leaves()
        .Where(l => l.Leaf.Kind == SecretKind.Unreadable)
        .Take(MaxUnreadable - found.Count)
        .Select(l => new UnreadableSecret(l.Path.ToString(), l.Leaf.At(l.Path.ToString(), undeclaredRead: null).Unread())));
}
