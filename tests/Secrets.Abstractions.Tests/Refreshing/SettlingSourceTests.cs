using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>Changed content of a source that settles is served once a second look finds the same.</summary>
public class SettlingSourceTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly LiveSignal _files = new("files", "a=1") { SettleTime = TimeSpan.FromSeconds(2) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_look_comes_after_a_day_at_most()
    {
        _files.SettleTime = TimeSpan.MaxValue;
        await using SecretsStore store = Engine.Builder(_clock).Add(_files, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Watch().Build();
        await store.Idle;
        _files.Content = "a=2";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(10), store);
        Assert.Equal(TimeSpan.FromDays(1), store.Sources[0].NextRefresh - _clock.GetUtcNow());
        await _clock.AdvanceAsync(TimeSpan.FromDays(1), store);

        Assert.Equal("2", store.GetString("a"));
        Assert.Empty(store.Warnings);
    }

    [Theory]
    // What is written, two seconds apart, and what is served then. Each is signalled, which leads to a look at once unless a second look is still to come.
    [InlineData("a=2 | a=2", "1 2")]
    [InlineData("a=2 | a=3 | a=3", "1 1 3")]
    [InlineData(" | a=2 | a=2", "1 1 2")]
    [InlineData(" | ", "1 -")]
    [InlineData("? | a=1 | ?", "1 1 -")]
    [InlineData("? | ?", "1 -")]
    [InlineData("!InvalidFormat | a=2 | a=2", "1 1 2")]
    [InlineData("a=2 | a=1 | a=2 | a=3", "1 1 2 2")]
    public async Task In_the_background_a_second_look_comes_a_settle_time_later(string looks, string served)
    {
        await using SecretsStore store = Engine.Builder(_clock).Add(_files).Watch().Build();
        var seen = new List<string>();
        await store.Idle;
        foreach (string look in looks.Split('|', StringSplitOptions.TrimEntries))
        {
            _files.Content = look;
            _files.Signal();
            await store.Idle;
            await _clock.AdvanceAsync(TimeSpan.FromSeconds(seen.Count == 0 ? 0 : 2), store);
            seen.Add(Chains.Read(store, "a"));
            Assert.Equal(SecretsSourceState.Loaded.ToString(), seen[^1] == "-" ? "Loaded" : store.Sources[0].State.ToString());
        }

        Assert.Equal(served, string.Join(' ', seen));
    }

    [Fact]
    public async Task A_failure_is_told_once_it_is_seen_twice()
    {
        await using SecretsStore store = Engine.Builder(_clock).Add(_files, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Build();
        _files.Content = "!InvalidFormat";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(10), store);
        Assert.Equal((SecretsSourceState.Loaded, 0), (store.Sources[0].State, store.Warnings.Count));
        Assert.Equal(TimeSpan.FromSeconds(2), store.Sources[0].NextRefresh - _clock.GetUtcNow());
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(2), store);

        Assert.Equal((SecretsSourceState.Degraded, 1, "1"), (store.Sources[0].State, store.Warnings.Count, store.GetString("a")));
    }

    [Fact]
    public async Task Content_that_never_rests_is_served_after_twenty_looks()
    {
        await using SecretsStore store = Engine.Builder(_clock).Add(_files, o => o.RefreshInterval = TimeSpan.FromSeconds(2)).Build();
        int number = 1;
        _files.Before = _ =>
        {
            _files.Content = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a={++number}");
            return Task.CompletedTask;
        };
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(40), store);
        Assert.Equal("1", store.GetString("a"));
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(2), store);

        Assert.Equal("22", store.GetString("a"));
    }

    [Fact]
    public async Task A_request_of_the_program_does_not_wait_for_a_settle_time()
    {
        await using SecretsStore store = Engine.Builder(_clock).Add(_files, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Build();
        _files.Content = "a=2";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(10), store);
        Assert.Equal("1", store.GetString("a"));

        // The look before counts: what it saw is there still.
        await store.RefreshAsync(Token);
        Assert.Equal("2", store.GetString("a"));
        _files.Content = "a=3";
        Task refresh = store.RefreshAsync(Token);
        while (!refresh.IsCompleted)
        {
            Assert.True(_clock.Elapsed < TimeSpan.FromSeconds(10.3));
            await Task.Delay(1, Token);
            if (_clock.NextDue <= TimeSpan.FromMilliseconds(100))
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        Assert.Equal("3", store.GetString("a"));
    }
}
