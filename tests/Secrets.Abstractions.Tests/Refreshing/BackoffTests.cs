using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>A failing source is tried when it is due, and not whenever something else happens.</summary>
public class BackoffTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Eleven minutes of outage: after 5, 10, 20, 40, 80, 160 and 300 seconds.
    [Fact]
    public async Task Reads_do_not_undo_it()
    {
        var vault = new LiveRemoteSource("vault", "a=1");
        SecretsBuilder builder = Engine.Builder(_clock).Add(vault);
        builder.RefreshReadsOlderThan = TimeSpan.FromSeconds(1);
        await using SecretsStore store = builder.Build();
        vault.Content = "!Unavailable";
        int loads = vault.Calls;
        for (int i = 0; i < 600; i++)
        {
            await _clock.AdvanceAsync(TimeSpan.FromSeconds(1.1), store);
            Assert.Equal("1", store.GetString("a"));
            await store.Idle;
        }

        Assert.InRange(vault.Calls - loads, 3, 10);
    }

    // With a login that was rotated wrongly it would be a login at each interval of a neighbour.
    [Fact]
    public async Task Refreshes_of_others_do_not_undo_it_for_a_made_source()
    {
        int made = 0;
        var local = new LiveSource("toml", "t=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(local)
            .Add(_ => new LiveRemoteSource("vault", ++made == 1 ? "a=1" : "!Unavailable"))
            .Add(new LiveSource("other", "o=1"), o => o.RefreshInterval = TimeSpan.FromSeconds(1)).Build();
        local.Content = "t=2";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        int before = made;
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(10), store);
        Assert.InRange(made - before, 3, 10);

        local.Content = "t=3";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        Assert.Equal("1", store.GetString("a"));
    }
}
