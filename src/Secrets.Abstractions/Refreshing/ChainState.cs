using Secrets.Loading;
using Secrets.Merging;
using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>
/// What is known of all sources, and which part of it is served. A result is known at once, so that the next load continues from it; it is served together with what other sources
/// must be asked for because of it. Its owner commits one result at a time.
/// </summary>
internal sealed class ChainState
{
    private readonly Chain _chain;
    private readonly SourceLoader _loader;
    private readonly Schedule _schedule;
    private readonly long[] _sequences;
    private long _sequence;
    private volatile SourceSlot[] _known;
    private volatile SourceSlot[] _served;

    public ChainState(Chain chain, SourceLoader loader, Schedule schedule, IReadOnlyList<LoadedSource> loaded, Moment now)
    {
        _chain = chain;
        _loader = loader;
        _schedule = schedule;
        _sequences = new long[loaded.Count];
        var slots = new SourceSlot[loaded.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            ChainEntry entry = chain.Entries[loaded[i].Rank];
            slots[i] = new SourceSlot(entry, entry.NotAsked(loaded[i].Rank)).After(loaded[i], now, schedule);
        }

        _known = slots;
        _served = slots;
    }

    /// <summary>Gets the sources as their last loads left them.</summary>
    public IReadOnlyList<SourceSlot> Known => _known;

    /// <summary>Gets the sources as they are served.</summary>
    public IReadOnlyList<SourceSlot> Served => _served;

    /// <summary>Gives what a load asks for that begins now.</summary>
    public LoadOrder OrderFor(RefreshRun run)
    {
        SourceSlot[] known = _known;
        return OrderFor(run.Rank, known, run.IsRequested, [.. run.Rejected]);
    }

    /// <summary>Commits the result of a load to what is known.</summary>
    /// <returns>What remote sources must be asked for because of it: what its source no longer has, or all, where a source is to be created again.</returns>
    public IReadOnlyList<LoadOrder> Commit(RefreshRun run, LoadedSource loaded, Moment now, Func<int, bool> isBusy)
    {
        SourceSlot[] known = [.. _known];
        var changed = new HashSet<int>();
        var left = new List<LoadedSource>();
        var needed = new List<LoadOrder>();
        Set(run.Rank, loaded);
        foreach (LoadOrder order in RemoteOrders(known, run.IsRequested))
        {
            LoadedSource present = known[order.Rank].Loaded;
            if (order.Demands is { Count: 0 })
            {
                // A load that is under way finds that out itself.
                if (!present.IsNotAsked && (order.Rank == run.Rank || !isBusy(order.Rank)))
                {
                    Set(order.Rank, NotAsked(order.Rank, present));
                }
            }
            else if (!DemandRules.IsCovered(order.Demands, present) || _loader.IsToBeCreated(order, present.LastAttemptFrom))
            {
                needed.Add(order);
            }
        }

        _known = known;
        run.Sequence = ++_sequence;
        run.Results = [.. changed.Select(rank => known[rank])];
        run.NoLongerAsked = left;
        return needed;

        void Set(int rank, LoadedSource next)
        {
            if (known[rank].Loaded.Batch is not null && next.Batch is null)
            {
                left.Add(known[rank].Loaded);
            }

            known[rank] = known[rank].After(next, now, _schedule);
            changed.Add(rank);
        }
    }

    /// <summary>Marks results as served.</summary>
    /// <returns>The sources that have another slot now, as they were before.</returns>
    public IReadOnlyList<SourceSlot> Release(IEnumerable<RefreshRun> runs)
    {
        SourceSlot[] served = [.. _served];
        var before = new Dictionary<int, SourceSlot>();
        foreach (RefreshRun run in runs)
        {
            run.IsReleased = true;
            foreach (SourceSlot slot in run.Results.Where(s => _sequences[s.Loaded.Rank] < run.Sequence))
            {
                int rank = slot.Loaded.Rank;
                _sequences[rank] = run.Sequence;
                before.TryAdd(rank, served[rank]);
                served[rank] = slot;
            }
        }

        _served = served;
        return [.. before.Values];
    }

    /// <summary>Gives the source that a load of nothing leaves.</summary>
    public LoadedSource NotAsked(int rank, LoadedSource present) =>
        _chain.Entries[rank].NotAsked(rank, present);

    /// <summary>Notes which sources hold a required value that is gone; they are tried again as a source that failed.</summary>
    public void NoteHeldRequired(int rank, bool isHeld, Moment now)
    {
        SourceSlot before = _served[rank], after = before.WithHeldRequired(isHeld, now, _schedule);
        Replace(before, after);
    }

    /// <summary>Puts off the next load of a source after a failure that is not the source's own.</summary>
    public void Postpone(int rank, Moment now) => Replace(_known[rank], _known[rank].Postponed(now, _schedule));

    /// <summary>True where a load that is under way asks for all that an order asks for.</summary>
    public bool Covers(LoadOrder underWay, LoadOrder order) =>
        DemandRules.AreCovered(order.Demands, underWay.Demands) && !_loader.IsToBeCreated(order, underWay.Earlier);

    private void Replace(SourceSlot before, SourceSlot after)
    {
        if (!ReferenceEquals(before, after))
        {
            _known = [.. _known.Select(s => ReferenceEquals(s, before) ? after : s)];
            _served = [.. _served.Select(s => ReferenceEquals(s, before) ? after : s)];
        }
    }

    /// <summary>Gives what a load of each remote source would ask for. Each order counts with what became of the sources before it meanwhile.</summary>
    private IEnumerable<LoadOrder> RemoteOrders(SourceSlot[] known, bool isRequested)
    {
        for (int rank = 0; rank < known.Length; rank++)
        {
            if (!known[rank].Entry.IsLocal)
            {
                yield return OrderFor(rank, known, isRequested, []);
            }
        }
    }

    private LoadOrder OrderFor(int rank, SourceSlot[] known, bool isRequested, IReadOnlyList<SecretPath> rejected)
    {
        ChainEntry entry = _chain.Entries[rank];
        return new LoadOrder
        {
            Rank = rank,
            Previous = known[rank].Loaded,
            Earlier = [.. known.Where(s => s.Entry.Position < entry.Position).Select(s => s.Loaded)],
            Demands = entry.IsLocal ? null : DemandRules.For(entry.Name, [.. known.Take(rank).Select(s => s.Loaded)], _chain),
            IsRequested = isRequested,
            Rejected = rejected,
        };
    }
}
