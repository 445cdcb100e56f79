namespace Secrets.Timing;

/// <summary>One timer for all due times of a store. It polls the wall clock, because on some systems a timer does not count the time for which the machine sleeps.</summary>
internal sealed class DueTimer(TimeProvider timeProvider, Action onDue) : IDisposable, IAsyncDisposable
{
    // Timers accept no longer delay. One that fires early is set again.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);

    private static readonly TimeSpan PollDelay = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Sets the timer.</summary>
    /// <param name="nextWait">Gives how long it is until something is due; <see langword="null"/> where nothing is.</param>
    public void Set(Func<Moment, TimeSpan?> nextWait)
    {
        // All under the lock, so that the last caller has seen the newest times.
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            if (nextWait(Moment.Now(timeProvider)) is { } wait)
            {
                Start(wait);
            }
            else
            {
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Start(TimeSpan wait)
    {
        // Created when it is first needed: most stores of local files never need it.
        _timer ??= Detached.Start(() => timeProvider.CreateTimer(_ => onDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));

        // Timers count whole milliseconds: one that is rounded down fires before anything is due.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Shorten(wait).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_timer is { } timer)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Once a minute, or once per hundredth of a wait of more than 100 minutes.
    private static TimeSpan Shorten(TimeSpan wait)
    {
        TimeSpan poll = wait / 100 > PollDelay ? wait / 100 : PollDelay;
        TimeSpan shorter = wait < poll ? wait : poll;
        return shorter > MaxDelay ? MaxDelay : shorter;
    }
}
