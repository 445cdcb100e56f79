namespace Secrets.Tests.Fakes;

/// <summary>A local source that signals when <see cref="Signal"/> is called, and as long as its content is not what the last load saw.</summary>
internal sealed class LiveSignal(string name, string content = "") : LiveSource(name, content), ISecretsChangeSignal
{
    private readonly List<SecretsBatch?> _waits = [];
    private TaskCompletionSource _signal = new();

    /// <summary>Gets what each wait was told to be known.</summary>
    public IReadOnlyList<SecretsBatch?> Waits
    {
        get
        {
            lock (_waits)
            {
                return [.. _waits];
            }
        }
    }

    /// <summary>Gets or sets what a wait does; by default it ends at a signal or where the content differs.</summary>
    public Func<CancellationToken, Task>? Waiting { get; set; }

    /// <summary>Gets or sets how long changed content must stay the same.</summary>
    public TimeSpan SettleTime { get; set; }

    public Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        lock (_waits)
        {
            _waits.Add(loaded);
        }

        if (Waiting is not null)
        {
            return Waiting(cancellationToken);
        }

        if (loaded?.State is string seen && seen != Content)
        {
            return Task.CompletedTask;
        }

        var signal = new TaskCompletionSource();
        Volatile.Write(ref _signal, signal);
        return signal.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the wait, on this thread up to where a load begins, as a timer of the system would.</summary>
    public void Signal()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Volatile.Read(ref _signal).TrySetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
