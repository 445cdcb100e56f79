namespace Secrets.Tests.Fakes;

/// <summary>A clock that a test moves. Timers fire in the order in which they are due, on the thread that moves it, before <see cref="Advance"/> returns.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private long _settings;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Gets the number of timers that were made and not disposed.</summary>
    public int LiveTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>Gets how long it is until the next timer fires; <see langword="null"/> where none is set.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_lock)
            {
                return _timers.Min(t => t.Due) - _now;
            }
        }
    }

    /// <summary>Gets how long ago the clock began.</summary>
    public TimeSpan Elapsed => GetUtcNow() - DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and fires each timer at its time; also those that are set meanwhile.</summary>
    public void Advance(TimeSpan time)
    {
        DateTimeOffset end = GetUtcNow() + time;
        SynchronizationContext? context = SynchronizationContext.Current;

        // As on a thread of the pool: what waits for a timer goes on at once.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (TakeDue(end) is { } fire)
            {
                fire();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Moves the clock from timer to timer, and lets a store come to rest after each.</summary>
    public async Task AdvanceAsync(TimeSpan time, SecretsStore store)
    {
        DateTimeOffset end = GetUtcNow() + time;
        for (int steps = 0; NextDue is { } due && GetUtcNow() + due <= end; steps++)
        {
            Assert.True(steps < 10_000, "Timers fire without end.");
            Advance(due);
            await store.Idle;
        }

        Advance(end - GetUtcNow());
        await store.Idle;
    }

    private Action? TakeDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            if (_timers.Where(t => t.Due <= end).OrderBy(t => t.Due).ThenBy(t => t.Setting).FirstOrDefault() is not { } timer)
            {
                _now = end;
                return null;
            }

            _now = timer.Due!.Value > _now ? timer.Due.Value : _now;
            timer.Due = timer.Period > TimeSpan.Zero ? _now + timer.Period : null;
            timer.Setting = ++_settings;
            return timer.Fire;
        }
    }

    private sealed class Timer(ManualTimeProvider clock, Action fire) : ITimer
    {
        public Action Fire { get; } = fire;

        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public long Setting { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // As the system's timers do.
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, TimeSpan.FromMilliseconds(uint.MaxValue - 1L));
            lock (clock._lock)
            {
                Due = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
                Period = period;
                Setting = ++clock._settings;
                return clock._timers.Contains(this);
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
