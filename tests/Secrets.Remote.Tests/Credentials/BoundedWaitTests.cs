namespace Secrets.Remote.Credentials;

public class BoundedWaitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_ends_in_time_is_given_or_thrown()
    {
        Assert.Equal(1, await BoundedWait.WaitAsync(Task.FromResult(1), TimeSpan.FromMinutes(1), TimeProvider.System, Token));
        await Assert.ThrowsAsync<IOException>(() => BoundedWait.WaitAsync(Task.FromException<int>(new IOException()), TimeSpan.FromMinutes(1), TimeProvider.System, Token));
    }

    [Fact]
    public async Task Nobody_waits_beyond_the_limit_or_a_cancellation()
    {
        var work = new TaskCompletionSource<int>();
        await Assert.ThrowsAsync<TimeoutException>(() => BoundedWait.WaitAsync(work.Task, TimeSpan.Zero, TimeProvider.System, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BoundedWait.WaitAsync(work.Task, TimeSpan.FromMinutes(1), TimeProvider.System, new CancellationToken(canceled: true)));
        work.SetException(new IOException());
    }
}
