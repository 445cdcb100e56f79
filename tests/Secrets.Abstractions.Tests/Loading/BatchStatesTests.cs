using Secrets.Tests.Fakes;

namespace Secrets.Tests.Loading;

/// <summary>What a source holds from load to load, such as a login, is given up wherever nothing goes on from it.</summary>
public sealed class BatchStatesTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly HeldState _held = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _held.DisposeAsync();

    [Fact]
    public async Task Where_the_source_is_not_asked_any_more()
    {
        var local = new LiveSource("toml", "x=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(local).Add(Holding("token=1")).Require("token").Build();
        local.Content = "x=1; token=2";
        await store.RefreshAsync(Token);
        Assert.Equal((SecretsSourceState.NotAsked, "2"), (store.Sources[1].State, store.GetString("token")));
        Assert.True(_held.Disposed.IsCompleted);
    }

    [Fact]
    public async Task Where_disposal_ends_the_refresh_that_brought_it()
    {
        var local = new LiveSource("toml", "a=1; b=1");
        var begun = new TaskCompletionSource();
        var slow = new LiveRemoteSource("slow")
        {
            Before = async t =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, t);
            },
        };
        SecretsStore store = Engine.Builder(_clock).Add(local).Add(Holding("a=2")).Add(slow).Require("a", "b").Build();
        local.Content = "x=1";
        Task refresh = store.RefreshAsync(Token);
        await begun.Task;
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => refresh);
        Assert.True(_held.Disposed.IsCompleted);
    }

    [Fact]
    public async Task Where_the_build_that_brought_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var slow = new LiveRemoteSource("slow") { Before = t => Task.Delay(Timeout.Infinite, t) };
        Task build = Engine.Builder(_clock).Add(slow).Add(Holding("")).BuildAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        await _held.Disposed.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Where_what_came_with_it_is_malformed()
    {
        var malformed = new LiveSource("test") { Answer = _ => new SecretsBatch([new SecretEntry(SecretPath.Root, SecretValue.FromText("1", new SecretOrigin("test", "x", version: null, default)))]) { State = _held } };
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => Engine.Builder(_clock).Add(malformed).BuildAsync(Token));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
        await _held.Disposed.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task But_not_where_the_last_good_batch_may_go_on_from_it()
    {
        var source = new LiveSource("test") { Answer = r => new SecretsBatch(FakeContent.Read("a=1", r)) { State = _held } };
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        source.Answer = _ => new SecretsBatch([new SecretEntry(SecretPath.Root, SecretValue.FromText("1", new SecretOrigin("test", "x", version: null, default)))]) { State = _held };
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));

        Assert.False(_held.Disposed.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_a_plan_brought_it(bool succeeds)
    {
        var local = new LiveSource("local") { Answer = r => new SecretsBatch(FakeContent.Read("a=1", r)) { State = _held } };
        SecretsBuilder builder = Engine.Builder(_clock).Add(local).Add(new LiveSource("other", succeeds ? "" : "!Unavailable"));
        Exception? failure = await Record.ExceptionAsync(() => builder.PlanAsync(Token));

        Assert.Equal(succeeds, failure is null);
        Assert.True(_held.Disposed.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_a_poll_brought_it_and_no_load(bool isOwn)
    {
        var loaded = new SecretsBatch([]) { State = isOwn ? null : _held };
        var source = new LiveSource("local") { Answer = _ => new SecretsBatch([]) { State = _held } };
        using var stop = new CancellationTokenSource();
        Task poll = SecretsPolling.WaitForChangeAsync(source, loaded, TimeSpan.FromSeconds(1), _clock, stop.Token);
        Assert.Equal((isOwn, 1), (_held.Disposed.IsCompleted, source.Calls));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    private LiveRemoteSource Holding(string content) => new("vault") { Answer = r => new SecretsBatch(FakeContent.Read(content, r)) { State = _held } };
}
