using Secrets.Telemetry;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class DeferredRefresherTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SecretsBuilder Builder() => Engine.Builder(_clock);

    [Fact]
    public async Task A_store_that_nothing_refreshes_by_itself_is_refreshed_when_the_program_asks()
    {
        var source = new LiveSource("live", "a=1");
        await using SecretsStore store = Builder().Add(source).Build();
        _clock.Advance(TimeSpan.FromSeconds(30));
        source.Content = "a=2";
        Assert.Equal(("1", 1), (store.GetString("a"), source.Calls));
        Assert.Equal(0, _clock.LiveTimers);

        // What is told of it counts from the build, although nothing was there to tell it until now.
        SecretsSourceStatus status = Assert.Single(store.Sources);
        Assert.Equal((SecretsSourceState.Loaded, TimeSpan.FromSeconds(30), 0), (status.State, status.Age, status.ConsecutiveFailures));

        await store.RefreshAsync(Token);
        Assert.Equal(("2", 2), (store.GetString("a"), source.Calls));
        Assert.Equal(TimeSpan.Zero, Assert.Single(store.Sources).Age);
    }

    [Fact]
    public async Task A_value_that_must_be_fresh_is_read_again()
    {
        var source = new LiveSource("live", "a=1");
        await using SecretsStore store = Builder().Add(source).Build();
        _clock.Advance(TimeSpan.FromSeconds(30));
        source.Content = "a=2";

        Assert.Equal("1", (await store.GetFreshAsync("a", TimeSpan.FromMinutes(1), Token)).Reveal());
        Assert.Equal("2", (await store.GetFreshAsync("a", TimeSpan.FromSeconds(29), Token)).Reveal());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_refreshed_after_disposal(bool isCreatedBefore)
    {
        var source = new LiveSource("live", "a=1");
        SecretsStore store = Builder().Add(source).Build();
        if (isCreatedBefore)
        {
            await store.RefreshAsync(Token);
        }

        int calls = source.Calls;
        store.Dispose();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.RefreshAsync(Token));
        Assert.Equal((calls, 0, "1"), (source.Calls, _clock.LiveTimers, store.GetString("a")));
        Assert.Single(store.Sources);
    }

    [Fact]
    public void It_is_created_at_once_where_there_is_something_to_do()
    {
        Assert.False(IsNeeded(Builder().Add(new LiveSource("live", "a=1"))));
        Assert.False(IsNeeded(Builder().Add(new LiveSignal("live", "a=1"))));
        Assert.True(IsNeeded(Builder().Add(new LiveSignal("live", "a=1")).Watch()));
        Assert.True(IsNeeded(Builder().Add(new LiveSource("live", "a=1"), o => o.RefreshInterval = TimeSpan.FromHours(1))));
        Assert.True(IsNeeded(Builder().Add(new LiveSource("live", "a=1"), o => o.MaxStaleness = TimeSpan.FromHours(1))));
        Assert.True(IsNeeded(Builder().Add(new LiveSource("live", "a=1") { RefreshAfter = TimeSpan.FromHours(1) })));
        Assert.True(IsNeeded(Builder().Add(new LiveSource("live", "!Unavailable"), o => o.Tolerate(SecretsErrorCode.Unavailable))));
        Assert.True(IsNeeded(Builder().Add(new LiveSource("live", "a=!AccessDenied"))));
        Assert.True(IsNeeded(Builder().Add(new LiveSource("live") { Answer = _ => new SecretsBatch([]) { State = new HeldState() } })));
        Assert.True(IsNeeded(Builder().Add(new LiveRemoteSource("remote", "a=1"))));
        Assert.True(IsNeeded(Builder().Add(_ => new LiveSource("live", "a=1"))));
        SecretsBuilder reading = Builder().Add(new LiveSource("live", "a=1"));
        reading.RefreshReadsOlderThan = TimeSpan.FromHours(1);
        Assert.True(IsNeeded(reading));

        // Only a process that has loaded the assembly of meters can listen.
        using var meter = new System.Diagnostics.Metrics.Meter("listener");
        SecretsBuilder heard = Builder().Add(new LiveSource("live", "a=1"));
        heard.Telemetry = ChainTelemetry.OfProcess;
        Assert.True(IsNeeded(heard));
    }

    private static bool IsNeeded(SecretsBuilder builder)
    {
        using SecretsStore store = builder.Build();
        return store.IsRefreshing;
    }
}
