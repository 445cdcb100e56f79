namespace Secrets.Soak;

/// <summary>The system's clock, run faster, which counts the timers that are alive.</summary>
internal sealed class CountingTimeProvider(double speed) : TimeProvider
{
    private int _timers;

    public int LiveTimers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Timer(this, callback, state, Scale(dueTime), Scale(period));
    }

    private TimeSpan Scale(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / speed;

    private sealed class Timer : ITimer
    {
        private readonly CountingTimeProvider _owner;
        private readonly ITimer _timer;
        private int _isDisposed;

        public Timer(CountingTimeProvider owner, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _owner = owner;
            _timer = System.CreateTimer(callback, state, dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => _timer.Change(_owner.Scale(dueTime), _owner.Scale(period));

        public void Dispose()
        {
            Release();
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Release();
            return _timer.DisposeAsync();
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                Interlocked.Decrement(ref _owner._timers);
            }
        }
    }
}
