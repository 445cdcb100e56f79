using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Secrets.Remote.Calls;

/// <summary>
/// Limits how fast one client calls its store. The limits hold for all calls of all its loads together.
/// <list type="number">
/// <item>At most <see cref="RemoteSourceOptions.MaxConcurrentCalls"/> calls run at once.</item>
/// <item>A call that is throttled halves that number and sets the rate to the answers of the last second. No call is sent during the wait that the server asks for, nor during
/// a backoff of a quarter of a second, which doubles with each further throttling up to four seconds. Answers raise the number and the rate again.</item>
/// <item>While the store is out, one call a second is sent.</item>
/// </list>
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore holds nothing unless its wait handle is asked for.")]
internal sealed class CallPace(int maxConcurrentCalls)
{
    private const double SlowestRate = 4;
    private const double FastestRate = 1000;
    private const double GrowthPerAnswer = 0.5;

    private static readonly TimeSpan _firstBackoff = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longestBackoff = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _pauseWhileOut = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _door = new(1);
    private readonly Queue<TimeSpan> _recent = new();
    private TaskCompletionSource? _freed;
    private Exception? _cause;
    private TimeSpan _notBefore;
    private double _atOnce = maxConcurrentCalls;
    private double _rate = double.PositiveInfinity;
    private int _running;
    private int _throttles;
    private int _losses;
    private long _era;
    private long _answers;

    /// <summary>Gives the wait after a number of failures in a row. It doubles each time, and up to half of it is random, so that many programs do not call at once.</summary>
    public static TimeSpan Backoff(int failures)
    {
        double whole = Math.Min(_firstBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 20)), _longestBackoff.TotalMilliseconds);
        return TimeSpan.FromMilliseconds((whole / 2) + (whole / 2 * Random.Shared.NextDouble()));
    }

    /// <summary>Waits for the permit to send a call.</summary>
    /// <param name="time">The time limit of the load. If the wait is longer than what is left, the failure that caused the wait is thrown at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<CallPermit> EnterAsync(LoadTime time, CancellationToken cancellationToken)
    {
        // One caller at a time waits for its permit, so that calls start in the order in which they came.
        await _door.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                Task wait;
                lock (_lock)
                {
                    TimeSpan pause = _notBefore - time.Now;
                    if (_running >= (_losses > 0 ? 1 : (int)_atOnce))
                    {
                        _freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                        wait = _freed.Task.WaitAsync(cancellationToken);
                    }
                    else if (pause <= TimeSpan.Zero)
                    {
                        return Start(time);
                    }
                    else
                    {
                        ThrowIfLonger(pause, time);
                        // Timers count whole milliseconds: a shorter wait would end at once.
                        wait = Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), time.Clock, cancellationToken);
                    }
                }

                await wait.ConfigureAwait(false);
            }
        }
        finally
        {
            _door.Release();
        }
    }

    /// <summary>Ends a call that the server answered.</summary>
    public void Answered(LoadTime time)
    {
        lock (_lock)
        {
            _answers++;
            _recent.Enqueue(time.Now);
            Forget(time);
            _throttles = 0;
            _losses = 0;
            _atOnce = Math.Min(maxConcurrentCalls, _atOnce + (1 / _atOnce));
            _rate = _rate + GrowthPerAnswer > FastestRate ? double.PositiveInfinity : _rate + GrowthPerAnswer;
            Leave();
        }
    }

    /// <summary>Ends a call that says nothing about the server, such as one that was cancelled.</summary>
    public void Abandoned()
    {
        lock (_lock)
        {
            Leave();
        }
    }

    /// <summary>Ends a call that was throttled.</summary>
    /// <param name="permit">The call's permit: calls that began before the last change of the pace were throttled by the same event.</param>
    /// <param name="asked">How long the server asks to wait, or <see langword="null"/>.</param>
    /// <param name="cause">The failure.</param>
    /// <param name="time">The time of the load.</param>
    /// <returns>How long the next call waits.</returns>
    public TimeSpan Throttled(CallPermit permit, TimeSpan? asked, Exception cause, LoadTime time)
    {
        lock (_lock)
        {
            if (permit.Era == _era)
            {
                _era++;
                _throttles++;
                _losses = 0;
                _atOnce = Math.Max(1, Math.Floor(_atOnce / 2));
                Forget(time);
                _rate = Math.Max(SlowestRate, _recent.Count > 0 ? _recent.Count : Math.Min(_rate, 4 * SlowestRate) / 2);
                Wait(Backoff(_throttles), time);
            }

            Wait(asked ?? TimeSpan.Zero, time);
            _cause = cause;
            Leave();
            return _notBefore - time.Now;
        }
    }

    /// <summary>Ends a call that found the store unavailable.</summary>
    /// <param name="permit">The call's permit: calls that began before the last change of the pace failed by the same event.</param>
    /// <param name="asked">How long the server asks to wait, or <see langword="null"/>.</param>
    /// <param name="cause">The failure.</param>
    /// <param name="time">The time of the load.</param>
    /// <returns>How many calls in a row found the store unavailable.</returns>
    public int Lost(CallPermit permit, TimeSpan? asked, Exception cause, LoadTime time)
    {
        lock (_lock)
        {
            if (permit.Era == _era)
            {
                _era++;
                _losses++;
            }

            Wait(asked > _pauseWhileOut ? asked.Value : _pauseWhileOut, time);
            _cause = cause;
            Leave();
            return Math.Max(_losses, 1);
        }
    }

    /// <summary>Says whether the server answered another call since one began.</summary>
    public bool AnsweredSince(CallPermit permit)
    {
        lock (_lock)
        {
            return _answers > permit.Answers;
        }
    }

    private CallPermit Start(LoadTime time)
    {
        _running++;

        // A call may begin, so the wait that a failure caused is over. What follows spaces the calls alone.
        _cause = null;
        _notBefore = double.IsInfinity(_rate) ? TimeSpan.Zero : time.Now + TimeSpan.FromSeconds(1 / _rate);
        return new CallPermit(_era, _answers);
    }

    private void Wait(TimeSpan pause, LoadTime time)
    {
        TimeSpan until = time.Now + pause;
        _notBefore = until > _notBefore ? until : _notBefore;
    }

    // The rate counts the answers of one second.
    private void Forget(LoadTime time)
    {
        TimeSpan oldest = time.Now - _second;
        while (_recent.TryPeek(out TimeSpan first) && first < oldest)
        {
            _recent.Dequeue();
        }
    }

    private void Leave()
    {
        _running--;
        _freed?.TrySetResult();
        _freed = null;
    }

    private void ThrowIfLonger(TimeSpan pause, LoadTime time)
    {
        if (_cause is { } cause && pause >= time.Left)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }
}
