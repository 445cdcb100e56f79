using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>
/// Calls the program's handlers in order, one at a time, on threads of the pool. Nothing of the store waits for them, so a handler may block, and may wait for
/// whatever the store does. A handler that never returns keeps the others from being called.
/// </summary>
internal sealed class HandlerQueue
{
    // A handler that never returns must not keep every later snapshot alive.
    private const int MaxWaiting = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<Action> _waiting = new();
    private TaskCompletionSource? _running;
    private bool _isClosed;

    /// <summary>Gets a task that ends when no call is running or waiting, for tests.</summary>
    public Task Idle
    {
        get
        {
            lock (_lock)
            {
                return _running?.Task ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>Adds a call. Where a thousand are waiting, the oldest of them is dropped.</summary>
    /// <param name="call">What to call; it does not throw.</param>
    public void Post(Action call)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            if (_waiting.Count == MaxWaiting)
            {
                _waiting.Dequeue();
            }

            _waiting.Enqueue(call);
            if (_running is not null)
            {
                return;
            }

            _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _ = Detached.Start(() => Task.Run(Run));
    }

    /// <summary>Starts no further call. A running call continues.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _waiting.Clear();
        }
    }

    private void Run()
    {
        while (true)
        {
            Action? call;
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out call))
                {
                    _running!.SetResult();
                    _running = null;
                    return;
                }
            }

            call();
        }
    }
}
