using Secrets.Timing;

namespace Secrets.Loading;

/// <summary>One call of a source. It ends at its time limit, even if the source ignores its cancellation token.</summary>
internal sealed class SourceCall(ISecretsSource source, ChainEntry entry, LoadOrder order, TimeProvider timeProvider)
{
    // A source that never ends must not accumulate a task per attempt.
    private const int MaxAbandoned = 3;

    /// <summary>How long a source that ignores its cancellation is waited for.</summary>
    public static readonly TimeSpan StopTimeLimit = TimeSpan.FromSeconds(5);

    /// <exception cref="SecretsSourceException">The time limit is over: <see cref="SecretsErrorCode.Unavailable"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<SecretsBatch> RunAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        if (entry.AbandonedLoads >= MaxAbandoned)
        {
            throw Abandoned();
        }

        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // A source that blocks its thread must not block a caller that can cancel, so it gets a thread of its own. A build without a cancellation token stays on its thread.
        ValueTask<SecretsBatch> load = cancellationToken.CanBeCanceled
            ? new ValueTask<SecretsBatch>(StartOnThread(request, stop.Token))
            : source.LoadAsync(request, stop.Token);
        if (load.IsCompleted)
        {
            stop.Dispose();
            return load;
        }

        return WaitAsync(load.AsTask(), stop, cancellationToken);
    }

    private Task<SecretsBatch> StartOnThread(SecretsRequest request, CancellationToken stop) =>
        Task.Run(() => source.LoadAsync(request, stop).AsTask(), CancellationToken.None);

    private SecretsSourceException Abandoned() => new(
        SecretsErrorCode.Unavailable, $"The source {entry.Name} is not asked: {MaxAbandoned} earlier loads of it ignore their cancellation and still run.", entry.Name);

    private async ValueTask<SecretsBatch> WaitAsync(Task<SecretsBatch> task, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        bool hasEnded = await TimeLimit.WaitAsync(task, entry.CallTimeLimit, timeProvider, cancellationToken).ConfigureAwait(false);
        if (!hasEnded && cancellationToken.IsCancellationRequested && !order.EndsAtCancellation)
        {
            // When the store is disposed, sources get this time to finish.
            hasEnded = await TimeLimit.WaitAsync(task, StopTimeLimit, timeProvider, CancellationToken.None).ConfigureAwait(false);
        }

        if (hasEnded)
        {
            stop.Dispose();
            return await task.ConfigureAwait(false);
        }

        Abandon(task, stop);
        cancellationToken.ThrowIfCancellationRequested();
        throw new SecretsSourceException(
            SecretsErrorCode.Unavailable,
            FormattableString.Invariant($"The source {entry.Name} did not finish within {entry.LoadTimeLimit.TotalSeconds} s (LoadTimeLimit)."),
            entry.Name);
    }

    /// <summary>Cancels the load without waiting for it, and disposes a result that arrives later.</summary>
    private void Abandon(Task<SecretsBatch> task, CancellationTokenSource stop)
    {
        entry.CountAbandoned(1);
        _ = Task.Run(
            async () =>
            {
                await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                entry.CountAbandoned(-1);
                stop.Dispose();
                if (task.IsCompletedSuccessfully && order.Previous?.Batch is null)
                {
                    // Where there is an earlier batch, the state continues from it and is disposed with the store.
                    await BatchStates.DisposeAsync(await task.ConfigureAwait(false)).ConfigureAwait(false);
                }
            },
            CancellationToken.None);
    }
}
