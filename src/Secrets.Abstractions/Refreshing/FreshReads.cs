using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Reads sources again before a value is given: because it may be no older than the program says, or because a server refused it.</summary>
/// <param name="chain">The chain.</param>
/// <param name="live">What is served.</param>
/// <param name="refresher">Reads sources again.</param>
/// <param name="overlaid">Gives a snapshot as this flow of execution sees it, with what a test has laid over it.</param>
internal sealed class FreshReads(Chain chain, LiveSnapshot live, Refresher refresher, Func<Snapshot, Snapshot> overlaid)
{
    private readonly Rejections _rejections = new(chain.Options.Keys, chain.TimeProvider);

    /// <summary>Gives a value, after the sources at or above the one that supplies it were read where their last successful check began longer ago than an age.</summary>
    public async Task<SecretValue> GetAsync(SecretPath path, string text, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var askedTwice = new HashSet<int>();
        for (var asked = new HashSet<int>();;)
        {
            Snapshot snapshot = live.Present;
            int lowest = LowestOf(snapshot, path);
            IReadOnlyList<SourceSlot> old = refresher.OlderThan(maxAge, path, lowest);
            int[] ranks = [.. old.Select(s => s.Loaded.Rank).Where(asked.Add)];
            if (ranks.Length == 0)
            {
                // Asked just now and still old: the value itself cannot be read, and an older one is held.
                SourceFailures.ThrowIfAny(old.Select(s => s.Loaded.HeldAt(path)));
                ranks = [.. refresher.PendingRemovalsAt(path, lowest).Where(askedTwice.Add)];
            }

            if (ranks.Length == 0)
            {
                return ValueIn(snapshot, path, text);
            }

            // The answer may come from a lower source then, which may be old too.
            IReadOnlyList<SourceSlot> slots = await refresher.RequestAsync(ranks, cancellationToken: cancellationToken).ConfigureAwait(false);
            SourceFailures.ThrowIfAny(ranks.Select(rank => slots[rank].Loaded.Failure));
        }
    }

    /// <summary>Has a value that a server refused replaced, where it is still the present one. Reports of one path within a few seconds share a refresh.</summary>
    /// <returns><see langword="true"/> where there is a new value.</returns>
    public async Task<bool> ReplaceAsync(SecretPath path, Func<SecretValue, bool> isRejected, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (PresentAt(path) is { } refused && isRejected(refused))
        {
            await _rejections.Share(path, () => RefreshAsync(path)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return PresentAt(path) is { Kind: not SecretKind.Unreadable } present && !isRejected(present);
    }

    private Task<IReadOnlyList<SourceSlot>> RefreshAsync(SecretPath path) =>
        refresher.RequestAsync([.. refresher.SuppliersOf(path, LowestOf(live.Present, path)).Select(s => s.Loaded.Rank)], [path]);

    private SecretValue? PresentAt(SecretPath path) => overlaid(live.Present).Root.FindBySegments(path.Segments);

    private static int LowestOf(Snapshot snapshot, SecretPath path) => snapshot.Root.FindBySegments(path.Segments) is { Kind: not SecretKind.Section } present
        ? snapshot.RankOf(present.Origin.SourceName)
        : int.MaxValue;

    private SecretValue ValueIn(Snapshot snapshot, SecretPath path, string text)
    {
        Snapshot seen = overlaid(snapshot);

        // What is held for the program's sake is served, and is not what was asked for here.
        return ReferenceEquals(seen, snapshot) && snapshot.HeldRequiredAt(path) is { Count: > 0 } gone ? throw snapshot.NotFound(gone) : seen.Root.GetByPath(text);
    }
}
