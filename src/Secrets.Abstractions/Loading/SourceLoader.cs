using Secrets.Merging;
using Secrets.Refreshing;

namespace Secrets.Loading;

/// <summary>
/// Loads one source: creates it where it is created from others, asks it within its time limit, and joins the answer with what is kept from earlier loads.
/// Only cancellation leaves as an exception; every other failure is part of the result.
/// </summary>
internal sealed class SourceLoader(Chain chain)
{
    private const int MaxUnreadable = 100;

    /// <exception cref="OperationCanceledException">The token was cancelled, whatever the source made of that.</exception>
    public Task<LoadedSource> LoadAsync(LoadOrder order, CancellationToken cancellationToken) =>
        chain.Telemetry.MeasureAsync(chain.Entries[order.Rank], order, chain.TimeProvider, () => LoadOneAsync(order, cancellationToken));

    private async Task<LoadedSource> LoadOneAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        ChainEntry entry = chain.Entries[order.Rank];
        LoadedSource? previous = order.Previous;
        ISecretsSource? source = entry.Source ?? previous?.Source;
        IReadOnlyList<LoadedSource>? createdFrom = previous?.MadeOf;
        IReadOnlyList<LoadedSource>? triedOf = entry.Factory is null ? null : order.Earlier;
        Moment begun = Moment.Now(chain.TimeProvider);
        SourceLook look;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (IsToBeCreated(order, previous?.MadeOf))
            {
                source = Create(order);
                createdFrom = order.Earlier;
            }

            look = await LookAsync(source!, order, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // A source may turn the cancellation into a failure of its own.
            cancellationToken.ThrowIfCancellationRequested();
            look = new SourceLook(Redaction.Redaction.Foreign(failure, entry.Name));
        }

        var settling = new Settling(source as ISecretsChangeSignal, order, chain.TimeProvider);
        if (settling.IsOpen(look))
        {
            if (!order.IsRequested)
            {
                return settling.Postpone(look);
            }

            look = await settling.RepeatAsync(look, token => LookOrFailAsync(source!, order, token), cancellationToken).ConfigureAwait(false);
        }

        return look.Failure is { } reported
            ? Failed(order, source, reported, createdFrom, triedOf, begun)
            : Fresh(order, source!, look, createdFrom, triedOf, begun);
    }

    /// <summary>
    /// True where a source is created from others and was not yet, or what it was created from has changed: a credential that was rotated reaches it.
    /// One that could not be loaded stays as it was, so that it is created again, and not from what is older.
    /// </summary>
    public bool IsToBeCreated(LoadOrder order, IReadOnlyList<LoadedSource>? from) =>
        chain.Entries[order.Rank].Factory is not null
        && (from is not { } earlier || !order.Earlier.Zip(earlier).All(pair => pair.First.IsServedAs(pair.Second)));

    /// <exception cref="SecretsSourceException">The function failed, or gave no source.</exception>
    /// <exception cref="SecretNotFoundException">It reads a secret that is nowhere.</exception>
    public ISecretsSource Create(LoadOrder order)
    {
        ChainEntry entry = chain.Entries[order.Rank];
        var view = new SecretsView(new Snapshot(order.Earlier, [], chain.Options, new WarningLog(), chain.Reads).Root);
        try
        {
            return entry.Factory!(view) ?? throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration, $"The function that creates the source {entry.Name} returned null; let it return a source.", entry.Name);
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

    public SecretsRequest Request(LoadOrder order) =>
        new(chain.Entries[order.Rank].Name, order.Demands, chain.Options.Comparison, chain.TimeProvider)
        {
            Previous = order.Previous?.Batch,
            IsProofRequired = order.IsRequested,
            RejectedPaths = order.Rejected,
            Ledger = chain.Ledger,
        };

    private static string MissingFor(ChainEntry entry, Exception missing) => $"Source '{entry.Name}' could not be created: {missing.Message}";

    private async Task<SourceLook> LookOrFailAsync(ISecretsSource source, LoadOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(source, order, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new SourceLook(Redaction.Redaction.Foreign(failure, chain.Entries[order.Rank].Name));
        }
    }

    private async ValueTask<SourceLook> LookAsync(ISecretsSource source, LoadOrder order, CancellationToken cancellationToken)
    {
        ChainEntry entry = chain.Entries[order.Rank];
        var call = new SourceCall(source, entry, order, chain.TimeProvider);
        SecretsBatch batch = await call.RunAsync(Request(order), cancellationToken).ConfigureAwait(false)
            ?? throw new SecretsSourceException(SecretsErrorCode.InvalidFormat, $"The source {entry.Name} returned no batch.", entry.Name);
        return new SourceLook(batch, ReferenceEquals(batch, order.Previous?.Batch)
            ? order.Previous!.Own
            : LayerBuilder.Build(batch, entry.Name, chain.Options.Comparison));
    }

    private LoadedSource Fresh(
        LoadOrder order,
        ISecretsSource source,
        SourceLook look,
        IReadOnlyList<LoadedSource>? createdFrom,
        IReadOnlyList<LoadedSource>? triedOf,
        Moment begun)
    {
        ChainEntry entry = chain.Entries[order.Rank];
        var fresh = new LoadedSource(entry.Name, order.Rank, source)
        {
            Batch = look.Batch,
            Own = look.Layers,
            Layers = look.Layers,
            Unreadable = UnreadableIn(look.Layers),
            Demands = order.Demands,
            MadeOf = createdFrom,
            TriedOf = triedOf,
            IsExported = entry.Policy.IsExported,
            Begun = begun,
            IsProven = order.IsRequested || order.Previous?.Batch is null,
        };
        return order.Previous?.Batch is null ? fresh : Retention.Keep(order.Previous, fresh, chain.Options.Keys);
    }

    private LoadedSource Failed(
        LoadOrder order,
        ISecretsSource? source,
        Exception failure,
        IReadOnlyList<LoadedSource>? createdFrom,
        IReadOnlyList<LoadedSource>? triedOf,
        Moment begun)
    {
        ChainEntry entry = chain.Entries[order.Rank];
        return order.Previous?.Batch is null
            ? new LoadedSource(entry.Name, order.Rank, source)
            {
                Demands = order.Demands, Failure = failure, MadeOf = createdFrom, TriedOf = triedOf, IsExported = entry.Policy.IsExported, Begun = begun,
            }
            : new LoadedSource(order.Previous) { Failure = failure, Demands = order.Demands, TriedOf = triedOf, Begun = begun, Unsettled = null, Looks = 0 };
    }

    private static UnreadableSecret[] UnreadableIn(IReadOnlyList<LayerNode> layers)
    {
        List<UnreadableSecret>? found = null;
        foreach (LayerNode layer in layers)
        {
            if (HasUnreadable(layer))
            {
                (found ??= []).AddRange(layer.Leaves()
                    .Where(l => l.Leaf.Kind == SecretKind.Unreadable)
                    .Take(MaxUnreadable - found.Count)
                    .Select(l => new UnreadableSecret(l.Path.ToString(), l.Leaf.At(l.Path.ToString(), undeclaredRead: null).Unread())));
            }
        }

        return found?.ToArray() ?? [];
    }

    // Almost always there is none: looked for without making a path for each leaf.
    private static bool HasUnreadable(LayerNode node) =>
        node.Children is null ? node.Leaf!.Kind == SecretKind.Unreadable : node.Children.Any(c => HasUnreadable(c.Value));
}
