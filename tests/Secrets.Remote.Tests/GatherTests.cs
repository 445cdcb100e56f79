namespace Secrets.Remote;

public sealed class GatherTests
{
    [Fact]
    public async Task Results_come_in_the_order_of_the_items() => Assert.Equal(
        Enumerable.Range(0, 50).Select(i => i * 2),
        await Gather.AllAsync(Enumerable.Range(0, 50).ToArray(), 4, async (i, _) =>
        {
            await Task.Yield();
            return i * 2;
        }, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task So_many_run_at_once_and_no_more(int most)
    {
        int now = 0;
        int peak = 0;
        await Gather.AllAsync(Enumerable.Range(0, 30).ToArray(), most, async (i, _) =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref peak, running);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return i;
        }, TestContext.Current.CancellationToken);
        Assert.InRange(peak, 1, most);
    }

    [Fact]
    public async Task The_first_failure_ends_the_others_and_is_thrown_when_none_is_left()
    {
        int ended = 0;
        var started = new TaskCompletionSource();
        FormatException failure = await Assert.ThrowsAsync<FormatException>(() => Gather.AllAsync<int, int>([0, 1, 2], 3, async (i, token) =>
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
        Task<int[]> all = Gather.AllAsync([1], 1, async (i, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return i;
        }, cancellation.Token);
        await cancellation.CancelAsync();
        Assert.Equal(cancellation.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all)).CancellationToken);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
