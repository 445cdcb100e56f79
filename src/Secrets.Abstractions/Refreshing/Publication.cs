using Secrets.Merging;
using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>Decides what becomes visible: results that are released, and values that have become too old. Its owner calls it for one change at a time.</summary>
internal sealed class Publication(ChainState state, LiveSnapshot live, Func<SourceSlot, bool> isStale, IReadOnlyList<LoadedSource> loaded)
{
    private IReadOnlyList<LoadedSource> _published = loaded;
    private volatile HashSet<string> _failing = new(StringComparer.Ordinal);

    /// <summary>True where values of a source are served that have become too old.</summary>
    public bool IsOverdue(SourceSlot slot) => slot.Entry.FailsWhenStale && !IsFailing(slot) && isStale(slot);

    /// <summary>True where a source's values are too old to be live.</summary>
    public bool IsFailing(SourceSlot slot) => _failing.Contains(slot.Entry.Name);

    /// <summary>Serves the results of the loads of a request that have come, and tells of them.</summary>
    public void Release(RefreshGroup group, Func<Moment> now)
    {
        IReadOnlyList<SourceSlot> before = state.Release(
            group.Runs.Where(r => !r.IsReleased && r.Committed.IsCompleted && r.Dependents.All(d => d.Committed.IsCompleted)));
        Publish();
        foreach (SourceSlot old in before)
        {
            int rank = old.Loaded.Rank;
            state.NoteHeldRequired(rank, live.HoldsRequired(rank), now());
            live.OnServed(old, state.Served[rank]);
        }
    }

    /// <summary>Serves what differs from what is live.</summary>
    public void Publish()
    {
        IReadOnlyList<SourceSlot> slots = state.Served;
        LoadedSource[] present = [.. slots.Select(s => s.Loaded)];
        var failing = new HashSet<string>(slots.Where(s => s.Entry.FailsWhenStale && isStale(s)).Select(s => s.Entry.Name), StringComparer.Ordinal);
        if (!failing.SetEquals(_failing) || present.Zip(_published).Any(pair => !pair.First.IsEquivalentTo(pair.Second)))
        {
            live.Publish(present, failing);
            _published = present;
            _failing = failing;
        }
    }
}
