using System.Collections.Concurrent;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>Deadlines beat backoff: what is served lives or fails by itself.</summary>
public class DeadlineTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<double> _loads = [];

    [Fact]
    public async Task A_held_secret_does_not_put_off_its_neighbours()
    {
        LiveRemoteSource vault = Vault("shop=1; lease=1", refreshAfter: null);
        await using SecretsStore store = Engine.Builder(_clock).Add(vault, o => o.RefreshInterval = TimeSpan.FromSeconds(2)).Build();
        vault.Content = "shop=!AccessDenied; lease=1";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(240), store);

        Assert.Equal(120, _loads.Count - 1);
        Assert.All(_loads.Zip(_loads.Skip(1)), pair => Assert.InRange(Math.Round(pair.Second - pair.First, 3), 1, 2));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    public async Task A_lease_is_renewed_in_time_beside_a_secret_that_is_denied(int refreshAfter)
    {
        LiveRemoteSource vault = Vault("shop=1; lease=1", TimeSpan.FromSeconds(refreshAfter));
        await using SecretsStore store = Engine.Builder(_clock).Add(vault).Build();
        vault.Content = "shop=!AccessDenied; lease=1";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(600), store);

        Assert.All(_loads.Zip(_loads.Skip(1)), pair => Assert.InRange(Math.Round(pair.Second - pair.First, 3), 1, refreshAfter));
    }

    [Theory]
    // How long the store is out, and what the last batch asked for: a lease of 6 seconds, of a minute, and none.
    [InlineData(45, 4.0, 30)]
    [InlineData(45, 40.0, 30)]
    [InlineData(3600, 4.0, 30)]
    [InlineData(3600, null, 300)]
    public async Task After_an_outage_it_is_live_again_soon_and_was_asked_once_a_second_at_most(int outage, double? refreshAfter, int soon)
    {
        TimeSpan? after = refreshAfter is null ? null : TimeSpan.FromSeconds(refreshAfter.Value);
        LiveRemoteSource vault = Vault("lease=1", after);
        await using SecretsStore store = Engine.Builder(_clock).Add(vault, o => o.RefreshInterval = after is null ? TimeSpan.FromHours(1) : null).Build();
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(refreshAfter is null ? 3600 : 4), store);
        vault.Content = "!Unavailable";
        _ = await Record.ExceptionAsync(() => store.RefreshAsync(TestContext.Current.CancellationToken));
        double begun = _clock.Elapsed.TotalSeconds;
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(outage), store);
        vault.Content = "lease=2";
        while (store.GetString("lease") == "1" && _clock.Elapsed.TotalSeconds < begun + outage + 400)
        {
            await _clock.AdvanceAsync(TimeSpan.FromSeconds(1), store);
        }

        Assert.InRange(_clock.Elapsed.TotalSeconds - begun - outage, 0, soon);
        Assert.All(_loads.Where(l => l > begun).Zip(_loads.Where(l => l > begun).Skip(1)), pair => Assert.InRange(Math.Round(pair.Second - pair.First, 3), 1, 330));
    }

    [Fact]
    public async Task Fifty_stores_are_healthy_within_half_a_minute_after_an_outage()
    {
        bool isOut = false;
        var calls = new ConcurrentQueue<(int Store, double At)>();
        var random = new Random(1);
        var randomLock = new Lock();
        SecretsStore[] stores = new SecretsStore[50];
        for (int i = 0; i < stores.Length; i++)
        {
            int number = i;
            var vault = new LiveRemoteSource("vault")
            {
                Answer = request =>
                {
                    calls.Enqueue((number, _clock.Elapsed.TotalSeconds));
                    return isOut
                        ? throw new SecretsSourceException(SecretsErrorCode.Unavailable, "it is out", "vault")
                        : new SecretsBatch(FakeContent.Read("lease=1", request)) { RefreshAfter = TimeSpan.FromSeconds(4) };
                },
            };
            SecretsBuilder builder = Engine.Builder(_clock).Add(vault, o => o.RefreshInterval = TimeSpan.FromMilliseconds(100));
            builder.Random = NextRandom;
            stores[i] = builder.Build();
        }

        isOut = true;
        await PassAsync(45);
        Assert.All(stores, s => Assert.Equal(SecretsSourceState.Degraded, s.Sources[0].State));
        isOut = false;
        double back = _clock.Elapsed.TotalSeconds;
        await PassAsync(30);

        Assert.All(stores, s => Assert.Equal(SecretsSourceState.Loaded, s.Sources[0].State));
        foreach (IGrouping<int, (int Store, double At)> store in calls.Where(c => c.At is > 1 && c.At <= back).GroupBy(c => c.Store))
        {
            Assert.All(store.Zip(store.Skip(1)), pair => Assert.True(Math.Round(pair.Second.At - pair.First.At, 3) >= 1));
        }

        foreach (SecretsStore store in stores)
        {
            await store.DisposeAsync();
        }

        double NextRandom()
        {
            lock (randomLock)
            {
                return random.NextDouble();
            }
        }

        async Task PassAsync(int seconds)
        {
            for (int step = 0; step < seconds * 5; step++)
            {
                _clock.Advance(TimeSpan.FromSeconds(0.2));
                foreach (SecretsStore store in stores)
                {
                    await store.Idle;
                }
            }
        }
    }

    [Fact]
    public async Task Only_a_server_s_own_wait_is_longer()
    {
        LiveRemoteSource vault = Vault("lease=1", TimeSpan.FromSeconds(4));
        await using SecretsStore store = Engine.Builder(_clock).Add(vault, o => o.RefreshInterval = TimeSpan.FromSeconds(1)).Build();
        vault.Answer = _ => throw new SecretsSourceException(SecretsErrorCode.Unavailable, "too many calls", "vault") { RetryAfter = TimeSpan.FromSeconds(120) };
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(300), store);

        Assert.Equal([0, 1, 121, 241], _loads);
    }

    [Theory]
    // The wall clock is set by so many hours; a lease of 6 seconds is renewed after 4.
    [InlineData(-2)]
    [InlineData(2)]
    public async Task A_clock_that_is_set_keeps_nothing_from_being_renewed(int hours)
    {
        LiveRemoteSource vault = Vault("lease=1", TimeSpan.FromSeconds(4));
        await using SecretsStore store = Engine.Builder(_clock).Add(vault).Build();
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(10), store);
        _clock.WallClockOffset = TimeSpan.FromHours(hours);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(100), store);

        Assert.InRange(_loads.Count, 27, 29);
        Assert.All(_loads.Zip(_loads.Skip(1)), pair => Assert.InRange(Math.Round(pair.Second - pair.First, 3), 0, 4));
        Assert.InRange(store.Sources[0].Age!.Value.TotalSeconds, 0, 4);
        Assert.DoesNotContain("-", store.Sources.ToString()!.Split('\n')[1].Replace("  -", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_slept_reads_again_within_a_minute()
    {
        LiveRemoteSource vault = Vault("lease=1", TimeSpan.FromHours(1));
        await using SecretsStore store = Engine.Builder(_clock).Add(vault).Build();
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(10), store);

        // Timers and timestamps stood still for two hours.
        _clock.WallClockOffset = TimeSpan.FromHours(2);
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(1), store);

        Assert.Equal(2, _loads.Count);
    }

    private LiveRemoteSource Vault(string content, TimeSpan? refreshAfter) => new("vault", content)
    {
        RefreshAfter = refreshAfter,
        Before = _ =>
        {
            _loads.Add(_clock.Elapsed.TotalSeconds);
            return Task.CompletedTask;
        },
    };
}
