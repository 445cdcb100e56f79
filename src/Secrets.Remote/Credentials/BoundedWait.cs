namespace Secrets.Remote.Credentials;

/// <summary>Awaits work that cannot be cancelled, up to a time limit. A failure after the limit is observed and ignored.</summary>
internal static class BoundedWait
{
    /// <exception cref="TimeoutException">The work took longer than the limit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<T> WaitAsync<T>(Task<T> work, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
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
