using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public sealed class SecretsPollingTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ManualTimeProvider _time = new();

    private string _content = "a = 1";

    private Exception? _failure;

    private int _loads;

    private FakeSource Source => new("fake", Load);

    public static TheoryData<string, string, bool> Changes => new()
    {
        { "a = 1", "a = 1", false },
        { "a = 1", "a = 2", true },
        { "a = 1", "b = 1", true },
        { "a = 1", "a = 1; b = 1", true },
        { "a = 1; b = 1", "a = 1", true },
        { "s = {}", "", true },
        { "l = [x]", "l = [x, y]", true },
        { "a = !AccessDenied", "a = !Unavailable", true },
        { "a = !AccessDenied", "a = !AccessDenied", false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_wait_ends_where_a_load_gives_something_else(string before, string after, bool isChange)
    {
        _content = before;
        Task wait = await WaitAsync();
        _content = after;
        _time.Advance(Interval);
        _time.Advance(Interval);
        Assert.Equal(isChange, wait.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_changed_between_the_load_and_the_wait_is_not_missed()
    {
        SecretsBatch loaded = await Source.LoadAsync(new SecretsRequest("fake#2"), TestContext.Current.CancellationToken);
        _content = "a = 2";
        Task wait = SecretsPolling.WaitForChangeAsync(Source, loaded, Interval, _time, TestContext.Current.CancellationToken);
        _time.Advance(Interval);
        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Another_name_in_the_chain_is_no_change()
    {
        SecretsBatch loaded = await Source.LoadAsync(new SecretsRequest("fake#2"), TestContext.Current.CancellationToken);
        Task wait = SecretsPolling.WaitForChangeAsync(Source, loaded, Interval, _time, TestContext.Current.CancellationToken);
        _time.Advance(Interval * 10);
        Assert.False(wait.IsCompleted);
    }

    [Fact]
    public async Task A_change_counts_once_it_has_come_to_rest()
    {
        Task wait = await WaitAsync();
        _content = "a = 2";
        _time.Advance(Interval);
        _content = "a = 3";
        _time.Advance(Interval);
        Assert.False(wait.IsCompleted);
        _time.Advance(Interval);
        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Where_the_store_confirms_a_change_the_first_look_that_differs_counts()
    {
        var source = new LiveSignal("files", "a = 1") { SettleTime = Interval };
        SecretsBatch loaded = await source.LoadAsync(new SecretsRequest("files"), TestContext.Current.CancellationToken);
        Task wait = SecretsPolling.WaitForChangeAsync(source, loaded, Interval, _time, TestContext.Current.CancellationToken);
        source.Content = "a = 2";
        _time.Advance(Interval);

        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_never_rests_counts_after_twenty_looks()
    {
        Task wait = await WaitAsync();
        for (int i = 0; i < 21; i++)
        {
            Assert.False(wait.IsCompleted);
            _content = $"a = x{i}";
            _time.Advance(Interval);
        }

        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_failure_is_a_change_and_so_is_its_end()
    {
        Task broken = await WaitAsync();
        _failure = new SecretsSourceException(SecretsErrorCode.Unavailable, "down", "fake");
        _time.Advance(Interval);
        _time.Advance(Interval);
        Assert.True(broken.IsCompletedSuccessfully);

        Task mended = SecretsPolling.WaitForChangeAsync(Source, loaded: null, Interval, _time, TestContext.Current.CancellationToken);
        _time.Advance(Interval);
        Assert.False(mended.IsCompleted);
        _failure = null;
        _time.Advance(Interval);
        _time.Advance(Interval);
        Assert.True(mended.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task It_looks_once_for_each_interval_and_leaves_no_timer()
    {
        using var stop = new CancellationTokenSource();
        SecretsBatch loaded = await Source.LoadAsync(new SecretsRequest("fake"), TestContext.Current.CancellationToken);
        _loads = 0;
        Task wait = SecretsPolling.WaitForChangeAsync(Source, loaded, Interval, _time, stop.Token);
        _time.Advance(Interval * 5);
        Assert.Equal(6, _loads);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(0, _time.LiveTimers);
    }

    [Fact]
    public async Task An_interval_is_more_than_zero_and_at_most_a_day()
    {
        foreach (TimeSpan interval in new[] { TimeSpan.Zero, TimeSpan.FromDays(1) + TimeSpan.FromTicks(1), TimeSpan.MaxValue })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                () => SecretsPolling.WaitForChangeAsync(Source, null, interval, _time, TestContext.Current.CancellationToken));
        }
    }

    private async Task<Task> WaitAsync()
    {
        SecretsBatch loaded = await Source.LoadAsync(new SecretsRequest("fake"), TestContext.Current.CancellationToken);
        return SecretsPolling.WaitForChangeAsync(Source, loaded, Interval, _time, TestContext.Current.CancellationToken);
    }

    private SecretsBatch Load(SecretsRequest request)
    {
        _loads++;
        return _failure is null ? new SecretsBatch(FakeContent.Read(_content, request, file: null)) : throw _failure;
    }
}
