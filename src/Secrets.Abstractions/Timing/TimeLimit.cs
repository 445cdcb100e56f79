namespace Secrets.Timing;

/// <summary>Waits that end at a limit, whatever becomes of what is waited for, and leave no timer.</summary>
internal static class TimeLimit
{
    /// <returns><see langword="true"/> where the task has ended; <see langword="false"/> where the limit is over or the token was cancelled.</returns>
    public static async Task<bool> WaitAsync(Task task, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted)
        {
            // Task.WaitAsync ends before its timer is disposed.
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(task, Task.Delay(limit, timeProvider, end.Token)).ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
        }

        return task.IsCompleted;
    }
}
