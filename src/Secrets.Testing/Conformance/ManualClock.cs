namespace Secrets.Testing.Conformance;

/// <summary>A clock that stands still until it is told otherwise, and knows which of its timers are left.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2001, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Gets the number of timers that were made and not disposed.</summary>
    public int Timers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>True where a timer fires within a time.</summary>
    public bool FiresWithin(TimeSpan time)
    {
        lock (_lock)
        {
            return _timers.Exists(t => t.Due != DateTimeOffset.MaxValue && t.Due <= _now + time);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

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

    /// <summary>Lets time pass, and runs what is due on the calling thread.</summary>
    public void Advance(TimeSpan time)
    {
        Timer[] due;
        lock (_lock)
        {
            _now += time;
            due = [.. _timers.Where(t => t.Due <= _now).OrderBy(t => t.Due)];
            foreach (Timer timer in due)
            {
                timer.Due = timer.Period > TimeSpan.Zero ? _now + timer.Period : DateTimeOffset.MaxValue;
            }
        }

        foreach (Timer timer in due)
        {
            timer.Run();
        }
    }

    private sealed class Timer(ManualClock clock, Action run) : ITimer
    {
        public Action Run { get; } = run;

        public DateTimeOffset Due { get; set; } = DateTimeOffset.MaxValue;

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : clock._now + dueTime;
                Period = period;
                if (dueTime != TimeSpan.Zero || !clock._timers.Contains(this))
                {
                    return clock._timers.Contains(this);
                }

                Due = DateTimeOffset.MaxValue;
            }

            _ = Task.Run(Run);
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
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
