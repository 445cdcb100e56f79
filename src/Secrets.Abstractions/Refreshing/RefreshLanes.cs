using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>
/// One load at a time for each source; sources do not wait for each other. A request joins a load that has not begun to read: one that has may have read what was
/// there before. Requests that arrive meanwhile share the next load.
/// </summary>
internal sealed class RefreshLanes(int count, Action<RefreshRun> start)
{
    private readonly Lock _lock = new();
    private readonly (RefreshRun? Current, RefreshRun? Next)[] _lanes = new (RefreshRun?, RefreshRun?)[count];
    private readonly HashSet<RefreshRun> _open = [];

    /// <summary>Gets a task that ends when all loads that are under way or waiting have been served.</summary>
    public Task Idle
    {
        get
        {
            lock (_lock)
            {
                return Task.WhenAll(_open.Select(r => r.Done));
            }
        }
    }

    /// <summary>Gets a value indicating whether no load is under way or waiting.</summary>
    public bool AreIdle
    {
        get
        {
            lock (_lock)
            {
                return _open.Count == 0;
            }
        }
    }

    /// <summary>Asks for a load of each of some sources.</summary>
    public IReadOnlyList<RefreshRun> Request(IReadOnlyCollection<int> ranks, RefreshGroup group, bool isRequested, IReadOnlyCollection<SecretPath> rejected)
    {
        var starting = new List<RefreshRun>();
        RefreshRun[] runs;
        lock (_lock)
        {
            runs = [.. ranks.Select(rank => Join(rank, group, isRequested, rejected, starting))];
        }

        starting.ForEach(start);
        return runs;
    }

    /// <summary>Marks a load as begun: later requests do not join it.</summary>
    public void Begin(RefreshRun run, Moment now)
    {
        lock (_lock)
        {
            run.StartedAt = now;
        }
    }

    /// <summary>Marks a load as ended, and starts the one that waits.</summary>
    public void End(RefreshRun run)
    {
        RefreshRun? next;
        lock (_lock)
        {
            next = _lanes[run.Rank].Next;
            _lanes[run.Rank] = (next, null);
        }

        if (next is not null)
        {
            start(next);
        }
    }

    /// <summary>Notes that the result of a load is served.</summary>
    public void Close(RefreshRun run)
    {
        lock (_lock)
        {
            _open.Remove(run);
        }
    }

    /// <summary>Gives the load of a source that has begun to read; <see langword="null"/> for none.</summary>
    public RefreshRun? UnderWay(int rank)
    {
        lock (_lock)
        {
            return _lanes[rank].Current is { StartedAt: not null } run ? run : null;
        }
    }

    /// <summary>Gives a task that ends when the load of a source which is under way has been served, however it ends; a completed one where there is none.</summary>
    public Task Present(int rank)
    {
        lock (_lock)
        {
            return _lanes[rank].Current?.Done ?? Task.CompletedTask;
        }
    }

    public bool IsBusy(int rank)
    {
        lock (_lock)
        {
            return _lanes[rank].Current is not null;
        }
    }

    private RefreshRun Join(int rank, RefreshGroup group, bool isRequested, IReadOnlyCollection<SecretPath> rejected, List<RefreshRun> starting)
    {
        (RefreshRun? current, RefreshRun? next) = _lanes[rank];
        RefreshRun? run = current is { StartedAt: null } ? current : next;
        if (run is null)
        {
            run = new RefreshRun(rank, group);
            group.Add(run);
            _open.Add(run);
            _lanes[rank] = current is null ? (run, null) : (current, run);
            if (current is null)
            {
                starting.Add(run);
            }
        }

        run.IsRequested |= isRequested;
        run.Rejected.UnionWith(rejected);
        return run;
    }
}
