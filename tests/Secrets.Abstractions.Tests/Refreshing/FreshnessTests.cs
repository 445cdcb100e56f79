using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>Who asks after a rotation never gets what was read before it asked.</summary>
public class FreshnessTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("refresh")]
    [InlineData("fresh")]
    [InlineData("report")]
    public async Task A_call_does_not_join_a_load_that_has_begun_to_read(string door)
    {
        var read = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        string seen = "";
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        source.Before = async _ =>
        {
            seen = source.Content;
            read.TrySetResult();
            await goOn.Task;
        };
        source.Answer = request => new SecretsBatch(FakeContent.Read(seen, request));
        Task first = store.RefreshAsync(Token);
        await read.Task;
        source.Content = "a=2";
        Task second = door switch
        {
            "refresh" => store.RefreshAsync(Token),
            "fresh" => store.GetFreshAsync("a", TimeSpan.Zero, Token),
            _ => store.ReportRejectedAsync("a", "1", Token),
        };
        goOn.SetResult();
        await first;
        Assert.Equal("1", store.GetString("a"));
        await second;

        Assert.Equal("2", store.GetString("a"));
        Assert.Equal(3, source.Calls);
    }

    [Fact]
    public async Task Age_counts_from_the_beginning_of_the_load()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        source.Before = _ =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1004));
            return Task.CompletedTask;
        };
        await store.RefreshAsync(Token);
        Assert.Equal(TimeSpan.FromMilliseconds(1004), store.Sources[0].Age);
        source.Before = _ => Task.CompletedTask;
        source.Content = "a=2";

        Assert.Equal("1", (await store.GetFreshAsync("a", TimeSpan.FromMilliseconds(1004), Token)).Reveal());
        Assert.Equal("2", (await store.GetFreshAsync("a", TimeSpan.FromMilliseconds(500), Token)).Reveal());
    }

    [Theory]
    [InlineData("a", "a=1; b=1", "b=1")]
    [InlineData("s", "s.x=1; b=1", "b=1")]
    [InlineData("s.x", "s.x=1; s.y=1", "s.y=1")]
    public async Task What_a_remote_store_no_longer_has_is_looked_for_twice_and_is_not_found(string path, string before, string after)
    {
        var source = new LiveRemoteSource("test", before);
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        source.Content = after;
        await store.RefreshAsync(Token);
        Assert.True(store.TryGetValue(path, out _));

        await Assert.ThrowsAsync<SecretNotFoundException>(() => store.GetFreshAsync(path, TimeSpan.FromHours(1), Token));
        Assert.Equal(3, source.Calls);
        await Assert.ThrowsAsync<SecretNotFoundException>(() => store.GetFreshAsync(path, TimeSpan.Zero, Token));
        Assert.Equal("1", (await store.GetFreshAsync(after.Split('=')[0], TimeSpan.Zero, Token)).Reveal());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_required_and_held_is_served_and_is_not_fresh(bool isRemote)
    {
        LiveSource source = isRemote ? new LiveRemoteSource("test", "a=1; b=1") : new LiveSource("test", "a=1; b=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Require("a", "b").Build();
        source.Content = "b=2";

        SecretNotFoundException missing = await Assert.ThrowsAsync<SecretNotFoundException>(() => store.GetFreshAsync("a", TimeSpan.Zero, Token));
        Assert.Equal(["a"], missing.Paths);
        Assert.Equal("1", store.GetString("a"));
        Assert.Equal("2", (await store.GetFreshAsync("b", TimeSpan.Zero, Token)).Reveal());
    }

    [Theory]
    // A source that takes a lease on trust is asked for proof; what it gave at its interval is no check of it.
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task What_was_taken_on_trust_was_not_checked(bool hasLease, int loads)
    {
        var vault = new LiveRemoteSource("vault", "a=1") { RefreshAfter = hasLease ? TimeSpan.FromMinutes(40) : null };
        await using SecretsStore store = Engine.Builder(_clock).Add(vault, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Build();
        await store.GetFreshAsync("a", TimeSpan.FromSeconds(15), Token);
        Assert.Equal(1, vault.Calls);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(25), store);
        int before = vault.Calls;
        await store.GetFreshAsync("a", TimeSpan.FromSeconds(15), Token);
        await store.GetFreshAsync("a", TimeSpan.FromSeconds(15), Token);

        Assert.Equal(loads - 1, vault.Calls - before);
        Assert.Equal(hasLease, vault.Requests[^1].IsProofRequired);
    }

    [Fact]
    public async Task A_source_is_told_who_asks()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Build();
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(10), store);
        await store.RefreshAsync(Token);
        await store.GetFreshAsync("a", TimeSpan.Zero, Token);
        await store.ReportRejectedAsync("a", "1", Token);

        Assert.Equal([false, false, true, true, true], source.Requests.Select(r => r.IsProofRequired));
        Assert.Equal(["", "", "", "", "a"], source.Requests.Select(r => string.Join(", ", r.RejectedPaths)));
    }

    [Theory]
    // What is there, what is reported, what the source has then, the result, and the loads.
    [InlineData("a=1", "1", "a=2", true, 1)]
    [InlineData("a=1", "1", "a=1", false, 1)]
    [InlineData("a=1", "1", "!Unavailable", false, 1)]
    [InlineData("a=1", "1", "", false, 1)]
    [InlineData("a=1", "0", "a=2", true, 0)]
    [InlineData("", "1", "a=2", false, 0)]
    [InlineData("a=!AccessDenied", "1", "a=2", false, 0)]
    public async Task A_refused_value_is_read_again_where_it_is_still_the_present_one(string before, string refused, string after, bool isNew, int loads)
    {
        var source = new LiveSource("test", before);
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        source.Content = after;

        Assert.Equal(isNew, await store.ReportRejectedAsync("a", refused, Token));
        Assert.Equal(loads, source.Calls - 1);
    }

    [Fact]
    public async Task A_refused_section_is_read_again_and_reports_of_five_seconds_share_a_load()
    {
        var source = new LiveSource("test", "db.user=u; db.password=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        SecretValue refused = store["db"];
        bool[] results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => store.ReportRejectedAsync("db", refused, Token)));
        Assert.DoesNotContain(true, results);
        Assert.Equal(2, source.Calls);
        source.Content = "db.user=u; db.password=2";
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(await store.ReportRejectedAsync("DB", refused, Token));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await store.ReportRejectedAsync("DB", refused, Token));

        Assert.Equal(3, source.Calls);
        Assert.True(await store.ReportRejectedAsync("db", refused, Token));
        Assert.Equal(3, source.Calls);
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReportRejectedAsync("a..b", "1", Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReportRejectedAsync("db", refused, new CancellationToken(canceled: true)));
    }
}
