namespace Secrets.Tests.Fakes;

/// <summary>
/// A <see cref="FakeTimeProvider"/> that knows its live timers, moves from timer to timer, and whose wall clock can be set apart from its timers.
/// Where a test needs none of these, use <see cref="FakeTimeProvider"/>.
/// </summary>
internal sealed class ManualTimeProvider : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<TrackedTimer> _timers = [];
    private readonly List<int> _firingThreads = [];
    private long _elapsedTicks;

    public ManualTimeProvider()
        : base(DateTimeOffset.UnixEpoch) => WithoutOffset = new SteadyClock(this);

    /// <summary>Gets a clock for a test server: the same time, whatever <see cref="WallClockOffset"/> says.</summary>
    public TimeProvider WithoutOffset { get; }

    /// <summary>Gets or sets how far the wall clock is from the time that timers and timestamps follow; below zero, it went back.</summary>
    public TimeSpan WallClockOffset { get; set; }

    /// <summary>Gets the number of timers that were created and not disposed.</summary>
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

    /// <summary>Gets the time until the next timer fires; <see langword="null"/> where none is set.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_lock)
            {
                return _timers.Min(t => t.Due) - Elapsed;
            }
        }
    }

    /// <summary>Gets the time since the clock began. The base class would fire timers in whoever reads it, under the locks of that thread.</summary>
    public TimeSpan Elapsed => new(Volatile.Read(ref _elapsedTicks));

    public override DateTimeOffset GetUtcNow() => Start + Elapsed + WallClockOffset;

    // The base class takes timestamps from the wall clock.
    public override long GetTimestamp() => (Start + Elapsed).UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TrackedTimer(this);
        timer.Start(base.CreateTimer(_ => timer.Fire(() => callback(state)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);

        // A test that sees a timer moves the clock: one that is not set yet would count from there.
        lock (_lock)
        {
            if (!timer.IsDisposed)
            {
                _timers.Add(timer);
            }
        }

        return timer;
    }

    /// <summary>Moves the clock, and fires each timer at its own time; also those that are set meanwhile. The base class moves the clock first.</summary>
    public new void Advance(TimeSpan delta)
    {
        TimeSpan end = Elapsed + delta;
        SynchronizationContext? context = SynchronizationContext.Current;

        // As on a thread of the pool: what waits for a timer continues at once.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (NextDue is { } due && Elapsed + due <= end)
            {
                Move(due < TimeSpan.Zero ? TimeSpan.Zero : due);
                ForgetPassed();
            }

            Move(end - Elapsed);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Moves the clock from timer to timer, and lets a store come to rest after each.</summary>
    public async Task AdvanceAsync(TimeSpan time, SecretsStore store)
    {
        TimeSpan end = Elapsed + time;

        // What watches begins on the pool.
        await store.Idle;
        for (int steps = 0; NextDue is { } due && Elapsed + due <= end; steps++)
        {
            if (steps == 10_000)
            {
                throw new InvalidOperationException("Timers fire without end.");
            }

            Advance(due);
            await store.Idle;
            await store.HandlersIdle;
        }

        Advance(end - Elapsed);
        await store.Idle;
        await store.HandlersIdle;
    }

    /// <summary>Refreshes a store, and lets a source of files take its second look, a tenth of a second after the first.</summary>
    public async Task RefreshAsync(SecretsStore store, CancellationToken cancellationToken)
    {
        TimeSpan look = TimeSpan.FromMilliseconds(100);
        Task refresh = store.RefreshAsync(cancellationToken);
        while (!refresh.IsCompleted)
        {
            if (NextDue <= look)
            {
                Advance(NextDue.Value);
            }

            await Task.WhenAny(refresh, Task.Delay(1, cancellationToken));
        }

        await refresh;
    }

    private void Move(TimeSpan delta)
    {
        // What fires reads the new time.
        Interlocked.Add(ref _elapsedTicks, delta.Ticks);
        base.Advance(delta);

        // A thread that sets a timer just now fires for this one.
        _ = SpinWait.SpinUntil(HasFired, TimeSpan.FromSeconds(1));
    }

    private bool HasFired()
    {
        lock (_lock)
        {
            return _firingThreads.Contains(Environment.CurrentManagedThreadId) || (_firingThreads.Count == 0 && !_timers.Any(t => t.Due <= Elapsed));
        }
    }

    // Two threads that set one timer at once can leave a time here that the base class does not have.
    private void ForgetPassed()
    {
        lock (_lock)
        {
            foreach (TrackedTimer timer in _timers)
            {
                timer.Forget(Elapsed);
            }
        }
    }

    private sealed class SteadyClock(ManualTimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.Start + clock.Elapsed;
    }

    private sealed class TrackedTimer(ManualTimeProvider clock) : ITimer
    {
        private ITimer? _timer;
        private TimeSpan _period;
        private int _changes;

        /// <summary>When it fires, counted from the start of the clock.</summary>
        public TimeSpan? Due { get; private set; }

        public bool IsDisposed { get; private set; }

        public void Forget(TimeSpan passed) => Due = Due <= passed ? null : Due;

        public void Start(ITimer timer) => _timer = timer;

        public void Fire(Action callback)
        {
            lock (clock._lock)
            {
                _changes++;
                Due = _period > TimeSpan.Zero ? clock.Elapsed + _period : null;
                clock._firingThreads.Add(Environment.CurrentManagedThreadId);
            }

            try
            {
                callback();
            }
            finally
            {
                lock (clock._lock)
                {
                    clock._firingThreads.Remove(Environment.CurrentManagedThreadId);
                }
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int change;
            lock (clock._lock)
            {
                Due = null;
                _period = period;
                change = ++_changes;
            }

            bool isSet = _timer!.Change(dueTime, period);
            lock (clock._lock)
            {
                // The base class counts from its own reading of the clock. Another thread may have moved the clock in between, and a time that is too early would be forgotten.
                if (change == _changes && dueTime >= TimeSpan.Zero && !IsDisposed)
                {
                    Due = clock.Elapsed + dueTime;
                }
            }

            return isSet;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                Due = null;
                IsDisposed = true;
                clock._timers.Remove(this);
            }

            _timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
