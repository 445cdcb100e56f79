namespace Secrets.Remote.Calls;

public sealed class ParallelWorkTests
{
    [Fact]
    public async Task Results_come_in_the_order_of_the_items() => Assert.Equal(
        Enumerable.Range(0, 50).Select(i => i * 2),
        await ParallelWork.RunAsync(Enumerable.Range(0, 50).ToArray(), async (i, _) =>
        {
            await Task.Yield();
            return i * 2;
        }, TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_first_failure_ends_the_others_and_is_thrown_when_none_is_left()
    {
        int ended = 0;
        var started = new TaskCompletionSource();
        FormatException failure = await Assert.ThrowsAsync<FormatException>(() => ParallelWork.RunAsync<int, int>([0, 1, 2], async (i, token) =>
        {
            if (i == 0)
            {
                await started.Task;
                throw new FormatException("first");
            }

            if (i == 2)
            {
                started.SetResult();
            }

            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }

            return i;
        }, TestContext.Current.CancellationToken));
        Assert.Equal(("first", 2), (failure.Message, ended));
    }

    [Fact]
    public async Task The_caller_s_cancellation_carries_the_caller_s_token()
    {
        using var cancellation = new CancellationTokenSource();
        Task<int[]> all = ParallelWork.RunAsync([1], async (i, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return i;
        }, cancellation.Token);
        await cancellation.CancelAsync();
        Assert.Equal(cancellation.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all)).CancellationToken);
    }
}
