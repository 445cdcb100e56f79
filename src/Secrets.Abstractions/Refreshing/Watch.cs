using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>Has one source read again whenever it signals a change. No failure of the source ends it; cancellation does.</summary>
/// <param name="signal">The source.</param>
/// <param name="slot">Gives what is known of it.</param>
/// <param name="present">Gives the end of the load of it that is under way, if any.</param>
/// <param name="refresh">Has it read again.</param>
/// <param name="report">Called with a failure, and with <see langword="null"/> at each signal.</param>
/// <param name="schedule">The lengths of pauses.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Watch(
    ISecretsChangeSignal signal, Func<SourceSlot> slot, Func<Task> present, Func<Task> refresh, Action<Exception?> report, Schedule schedule, TimeProvider timeProvider)
{
    // A signal within this time that brought no change counts as fruitless. Without a pause after such signals, a source that signals all the time would be loaded all the time.
    private static readonly TimeSpan MinTimeBetweenSignals = TimeSpan.FromSeconds(1);

    private volatile TaskCompletionSource _waiting = NotYet();

    /// <summary>Gets a task that ends when it waits for the next signal, for tests.</summary>
    public Task Idle => _waiting.Task;

    public async Task RunAsync(CancellationToken stopping)
    {
        int pauses = 0, futile = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (slot().Loaded.UnconfirmedChange is not null)
                {
                    // The schedule has the changed content seen once more; until then there is nothing to compare with.
                    await WaitAsync(Task.Delay(slot().Loaded.ConfirmationDelay, timeProvider, stopping)).ConfigureAwait(false);
                    await present().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    continue;
                }

                if (pauses > 0)
                {
                    await WaitAsync(Task.Delay(schedule.RetryDelay(pauses), timeProvider, stopping)).ConfigureAwait(false);
                }

                SourceSlot before = slot();
                long begun = timeProvider.GetTimestamp();
                await WaitAsync(signal.WaitForChangeAsync(before.Loaded.Batch, timeProvider, stopping)).ConfigureAwait(false);
                report(null);
                bool isSoon = timeProvider.GetElapsedTime(begun) < MinTimeBetweenSignals;
                await refresh().ConfigureAwait(false);

                SourceSlot after = slot();
                futile = isSoon && after.Loaded.UnconfirmedChange is null && after.Loaded.IsEquivalentTo(before.Loaded) ? futile + 1 : 0;
                pauses = after.Loaded.Failure is null ? Math.Max(futile - 1, 0) : PausesOf(after);
            }
            catch (Exception failure)
            {
                if (!stopping.IsCancellationRequested)
                {
                    pauses++;
                    report(failure);
                }
            }
        }

        _waiting.TrySetResult();
    }

    // A file that cannot be read now may be whole at any moment: the wait for it stays short, however often it failed.
    private static int PausesOf(SourceSlot slot) => slot.Loaded.IsRemote ? slot.ConsecutiveFailures : 1;

    private static TaskCompletionSource NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task WaitAsync(Task wait)
    {
        // A signal that is already complete is followed at once and does not count as waiting.
        if (wait.IsCompleted)
        {
            return wait;
        }

        // Its end is followed before it counts as waiting: whoever waits for that may end it at once.
        TaskCompletionSource waiting = _waiting;
        Task end = FollowAsync(wait);
        waiting.TrySetResult();
        return end;
    }

    private async Task FollowAsync(Task wait)
    {
        try
        {
            await wait.ConfigureAwait(false);
        }
        finally
        {
            _waiting = NotYet();
        }
    }
}
