namespace Secrets.Remote;

/// <summary>Waits for what cannot be ended, no longer than a limit; what it throws after that concerns nobody.</summary>
internal static class LeftBehind
{
    /// <exception cref="TimeoutException">It took longer than the limit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<T> AfterAsync<T>(TimeSpan limit, Task<T> work, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await work.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(false);
        }
        catch when (!work.IsCompleted)
        {
            _ = work.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }
}
