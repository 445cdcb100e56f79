using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>A handler may do what it likes: it delays other handlers at most.</summary>
public class HandlerTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string kind in new[] { "changed", "path", "now", "warning" })
            {
                foreach (string act in new[] { "refresh", "fresh", "report", "dispose", "dispose-async", "block", "throw", "subscribe" })
                {
                    all.Add(kind, act);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Nothing_of_the_store_waits_for_a_handler(string kind, string act)
    {
        var called = new TaskCompletionSource();
        using var end = new ManualResetEventSlim();
        var source = new LiveSource("test", "a=1");
        var watched = new LiveSignal("files", "b=1");
        SecretsStore? store = null;
        SecretsBuilder builder = Engine.Builder(_clock).Add(source, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Add(watched).Watch();
        if (kind == "warning")
        {
            builder.OnWarning(_ => Handle());
        }

        store = builder.Build();
        if (kind == "changed")
        {
            store.Changed += (_, _) => Handle();
        }
        else if (kind != "warning")
        {
            store.OnChange("a", _ => Handle(), fireNow: kind == "now");
        }

        // A failure for the warning, a change for the others.
        source.Content = kind == "warning" ? "!Unavailable" : "a=2";
        _ = await Record.ExceptionAsync(() => store.RefreshAsync(Token));
        await called.Task;
        if (!act.StartsWith("dispose", StringComparison.Ordinal))
        {
            await GoesOnAsync(store, source, watched);
        }

        await store.DisposeAsync();
        end.Set();
        await store.HandlersIdle;
        Assert.Equal(0, _clock.LiveTimers);

        void Handle()
        {
            called.TrySetResult();
            switch (act)
            {
                case "refresh":
                    Swallow(() => store!.RefreshAsync(Token).Wait(Token));
                    break;
                case "fresh":
                    Swallow(() => store!.GetFreshAsync("a", TimeSpan.Zero, Token).Wait(Token));
                    break;
                case "report":
                    Swallow(() => store!.ReportRejectedAsync("a", "2", Token).Wait(Token));
                    break;
                case "dispose":
                    store!.Dispose();
                    break;
                case "dispose-async":
                    store!.DisposeAsync().AsTask().Wait(Token);
                    break;
                case "block":
                    end.Wait(Token);
                    break;
                case "subscribe":
                    Swallow(() => store!.OnChange("a", _ => { }, fireNow: true).Dispose());
                    break;
                default:
                    throw new InvalidOperationException("its secret");
            }
        }
    }

    [Fact]
    public async Task A_handler_that_is_removed_leaves_no_warning()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        EventHandler<SecretsChangedEventArgs> twice = (_, _) => throw new InvalidOperationException(), once = (_, _) => throw new InvalidOperationException();
        store.Changed += twice;
        store.Changed += twice;
        store.Changed += once;
        source.Content = "a=2";
        await store.RefreshAsync(Token);
        await store.HandlersIdle;
        Assert.Equal(2, store.Warnings.Count);

        store.Changed -= once;
        await store.HandlersIdle;
        Assert.Single(store.Warnings);

        // One of two equal handlers is still called.
        store.Changed -= twice;
        await store.HandlersIdle;
        Assert.Single(store.Warnings);
        store.Changed -= twice;
        store.Changed -= null;
        await store.HandlersIdle;
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public async Task A_cache_can_be_cleared_at_the_swap_before_a_refresh_returns()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        var swaps = new List<string>();
        store.Swapped += (_, _) => swaps.Add(store.GetString("a"));
        source.Content = "a=2";
        await store.RefreshAsync(Token);
        Assert.Equal(["2"], swaps);
        await store.RefreshAsync(Token);

        Assert.Single(swaps);
    }

    // Refreshes, reads, timers and watching.
    private async Task GoesOnAsync(SecretsStore store, LiveSource source, LiveSignal watched)
    {
        source.Content = "a=3";
        await store.RefreshAsync(Token);
        Assert.Equal("3", store.GetString("a"));
        source.Content = "a=4";

        // Where a load of the handler is under way, the next one by schedule comes an interval later.
        for (int intervals = 0; intervals < 10 && store.GetString("a") != "4"; intervals++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            await store.Idle;
        }

        Assert.Equal("4", store.GetString("a"));
        watched.Content = "b=2";
        watched.Signal();
        await store.Idle;
        Assert.Equal("2", store.GetString("b"));
        Assert.Equal("4", (await store.GetFreshAsync("a", TimeSpan.Zero, Token)).Reveal());
    }

    private static void Swallow(Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure) when (failure is ObjectDisposedException or AggregateException)
        {
            // The store is disposed meanwhile, or its source fails.
        }
    }
}
