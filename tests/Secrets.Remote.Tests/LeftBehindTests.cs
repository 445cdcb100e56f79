namespace Secrets.Remote;

public class LeftBehindTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_ends_in_time_is_given_or_thrown()
    {
        Assert.Equal(1, await LeftBehind.AfterAsync(TimeSpan.FromMinutes(1), Task.FromResult(1), TimeProvider.System, Token));
        await Assert.ThrowsAsync<IOException>(() => LeftBehind.AfterAsync(TimeSpan.FromMinutes(1), Task.FromException<int>(new IOException()), TimeProvider.System, Token));
    }

    [Fact]
    public async Task Nobody_waits_beyond_the_limit_or_a_cancellation()
    {
        var work = new TaskCompletionSource<int>();
        await Assert.ThrowsAsync<TimeoutException>(() => LeftBehind.AfterAsync(TimeSpan.Zero, work.Task, TimeProvider.System, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LeftBehind.AfterAsync(TimeSpan.FromMinutes(1), work.Task, TimeProvider.System, new CancellationToken(canceled: true)));
        work.SetException(new IOException());
    }
}
