namespace Secrets.Tests.Fakes;

/// <summary>
/// Moves a clock for loads of remote sources, whose waits it skips. What a load does has happened when the clock has moved, over a real connection as well: a load that makes a
/// call is waited for, and the clock moves only where it waits for the clock.
/// </summary>
/// <param name="clock">The clock of the store.</param>
/// <param name="loadTimeLimit">The time limit of the loads. No call may have a shorter one: a timer that ends before the load's own limit counts as a wait.</param>
internal sealed class ClockDriver(ManualTimeProvider clock, TimeSpan loadTimeLimit)
{
    private int _timersAtRest;
    private TimeSpan _restedAt;

    /// <summary>Moves the clock from timer to timer, and lets what each one started come to its end, or to its next wait.</summary>
    public async Task AdvanceAsync(TimeSpan time, SecretsStore store)
    {
        TimeSpan end = clock.Elapsed + time;
        while (clock.NextDue is { } due && clock.Elapsed + due <= end)
        {
            if (store.Idle.IsCompleted)
            {
                (_timersAtRest, _restedAt) = (clock.LiveTimers, clock.Elapsed);
            }

            clock.Advance(due);
            await SettleAsync(() => store.Idle).ConfigureAwait(false);
        }

        clock.Advance(end - clock.Elapsed);
        await SettleAsync(() => store.Idle).ConfigureAwait(false);
    }

    /// <summary>Awaits work that waits for the clock, and moves it.</summary>
    public async Task<T> CompleteAsync<T>(Task<T> task)
    {
        await CompleteAsync((Task)task).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="CompleteAsync{T}(Task{T})"/>
    public async Task CompleteAsync(Task task)
    {
        (_timersAtRest, _restedAt) = (0, clock.Elapsed);
        await SettleAsync(() => task).ConfigureAwait(false);
        while (!task.IsCompleted)
        {
            clock.Advance(clock.NextDue ?? TimeSpan.Zero);
            await SettleAsync(() => task).ConfigureAwait(false);
        }

        await task.ConfigureAwait(false);
    }

    // A load that waits has set a timer beside its own limit of time, and before that.
    private async Task SettleAsync(Func<Task> work)
    {
        while (!work().IsCompleted && !(clock.LiveTimers > _timersAtRest + 1 && clock.NextDue < loadTimeLimit - (clock.Elapsed - _restedAt)))
        {
            await Task.Yield();
        }
    }
}
