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

    private LiveRemoteSource Holding(string content) => new("vault") { Answer = r => new SecretsBatch(FakeContent.Read(content, r)) { State = _held } };
}
