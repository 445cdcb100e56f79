using FakeSource = Secrets.Testing.FakeSource;
using ManualTimeProvider = Secrets.Tests.Fakes.ManualTimeProvider;

namespace Secrets.Tests.Timing;

public class StartupWaitTests
{
    private readonly ManualTimeProvider _clock = new();

    private SecretsBuilder Builder(ISecretsSource source, double seconds) =>
        new SecretsBuilder { TimeProvider = _clock, StartupTimeLimit = TimeSpan.FromSeconds(seconds) }.Add(source);

    private async Task<Exception?> BuildAsync(SecretsBuilder builder, Action<int>? onWait = null)
    {
        Task<SecretsStore> build = builder.BuildAsync(TestContext.Current.CancellationToken);
        for (int wait = 1; !build.IsCompleted;)
        {
            // The limit of a load is longer than any wait for the next attempt.
            if (_clock.NextDue is { } due && due <= TimeSpan.FromSeconds(5))
            {
                onWait?.Invoke(wait++);
                _clock.Advance(due);
            }

            await Task.Yield();
        }

        await ((Task)build).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (build.IsCompletedSuccessfully)
        {
            await (await build).DisposeAsync();
        }

        return build.Exception?.InnerException;
    }

    [Fact]
    public async Task A_store_that_becomes_available_within_the_limit_is_waited_for()
    {
        FakeSource source = FakeSource.Local().Set("a", "1").Fail();

        Assert.Null(await BuildAsync(Builder(source, 30), wait => _ = wait == 3 ? source.Recover() : source));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.4, 1)]
    [InlineData(0.5, 2)]
    public async Task Attempts_end_with_the_limit_and_the_failure(double limit, int loads)
    {
        FakeSource source = FakeSource.Local().Fail();

        var failure = Assert.IsType<SecretsSourceException>(await BuildAsync(Builder(source, limit)));

        Assert.Equal((SecretsErrorCode.Unavailable, loads), (failure.Code, source.Loads));
    }

    [Fact]
    public async Task Other_failures_end_the_build_at_once()
    {
        FakeSource source = FakeSource.Local().Fail(SecretsErrorCode.AccessDenied);

        var failure = Assert.IsType<SecretsSourceException>(await BuildAsync(Builder(source, 30)));

        Assert.Equal((SecretsErrorCode.AccessDenied, 1), (failure.Code, source.Loads));
    }

    [Fact]
    public async Task A_cancellation_ends_the_wait()
    {
        using var cancellation = new CancellationTokenSource();
        Task<SecretsStore> build = Builder(FakeSource.Local().Fail(), 30).BuildAsync(cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void A_limit_out_of_range_is_refused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecretsBuilder { StartupTimeLimit = TimeSpan.FromSeconds(seconds) });
}
