namespace Secrets.TestServers.Hosting;

/// <summary>Holds calls until so many are there at once, and then lets all pass: what is concurrent is seen without a clock.</summary>
internal sealed class CallGate(int needed, Func<ServerCall, bool>? when)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _here;

    public Task PassAsync(ServerCall call, CancellationToken cancellationToken)
    {
        if (when?.Invoke(call) == false)
        {
            return Task.CompletedTask;
        }

        if (Interlocked.Increment(ref _here) >= needed)
        {
            _opened.TrySetResult();
        }

        return _opened.Task.WaitAsync(cancellationToken);
    }
}
