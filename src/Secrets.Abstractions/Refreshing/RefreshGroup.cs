using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>
/// The loads of one request. What they give is served in one snapshot, unless one of them takes longer than a second: then the others are served without it, each as it ends.
/// </summary>
internal sealed class RefreshGroup(TimeProvider timeProvider, CancellationToken stopping = default)
{
    /// <summary>How long loads of one request wait for each other.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<RefreshRun> _runs = [];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;
    private Task<bool>? _wait;

    public IReadOnlyList<RefreshRun> Runs
    {
        get
        {
            lock (_lock)
            {
                return [.. _runs];
            }
        }
    }

    public void Add(RefreshRun run)
    {
        lock (_lock)
        {
            _runs.Add(run);
            _open++;
        }
    }

    /// <summary>Notes that the result of a run is known.</summary>
    public void OnCommitted(RefreshRun run)
    {
        run.Commit();
        lock (_lock)
        {
            if (--_open > 0)
            {
                return;
            }
        }

        _all.TrySetResult();
    }

    /// <summary>Waits until the results of all runs are known, or until this has taken longer than they wait for each other.</summary>
    public Task WaitForAllAsync()
    {
        lock (_lock)
        {
            // One wait for all, so that a run which ends late does not wait again.
            return _wait ??= WaitAsync(_all.Task);
        }
    }

    /// <summary>Waits until the results of some runs are known, or until this has taken longer than they wait for each other.</summary>
    public Task WaitForAsync(Func<RefreshRun, bool> which) => WaitAsync(Task.WhenAll(Runs.Where(which).Select(r => r.Committed)));

    private Task<bool> WaitAsync(Task committed) => TimeLimit.WaitAsync(committed, MaxWait, timeProvider, stopping);
}
