namespace Secrets.Refreshing;

/// <summary>One timer for all times of a store. It looks at the wall clock now and then, since timers do not count the sleep of a machine on every system.</summary>
internal sealed class DueTimer(TimeProvider timeProvider, Action onDue) : IDisposable, IAsyncDisposable
{
    // Timers take no longer waits; one that fires early is set again.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Sets the timer to the first of the times.</summary>
    public void Set(Func<Moment, IEnumerable<Due>> times)
    {
        // All of it under the lock, so that who comes last has seen the newest times.
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            Moment now = Moment.Now(timeProvider);
            TimeSpan? wait = null;
            foreach (Due due in times(now))
            {
                TimeSpan left = due.LeftAt(now);
                wait = left < wait || wait is null ? left : wait;
            }

            if (wait is null)
            {
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }

            // Created when it is first needed: most stores of local files never need it.
            _timer ??= Detached.Start(() => timeProvider.CreateTimer(_ => onDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));

            // Timers count whole milliseconds: one that is rounded down fires before anything is due.
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Shorten(wait.Value).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
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

    // Once a minute, or after a hundredth of a wait that is longer than an hour and a half.
    private static TimeSpan Shorten(TimeSpan wait)
    {
        TimeSpan look = wait / 100 > Look ? wait / 100 : Look;
        TimeSpan shorter = wait < look ? wait : look;
        return shorter > Longest ? Longest : shorter;
    }
}
