using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>A source that hangs harms nobody but those who wait for it, and these only up to its time limit.</summary>
public class HangingSourceTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);
    private readonly ManualTimeProvider _clock = new();
    private readonly TaskCompletionSource _hang = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "ignores")]
    [InlineData(true, "ignores")]
    [InlineData(false, "blocks")]
    [InlineData(true, "blocks")]
    [InlineData(false, "wraps")]
    [InlineData(true, "wraps")]
    public async Task A_build_that_is_cancelled_ends_as_such_whatever_the_source_does(bool isRemote, string how)
    {
        using var cancellation = new CancellationTokenSource();
        using var block = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        LiveSource source = isRemote ? new LiveRemoteSource("test") : new LiveSource("test");
        source.Before = async token =>
        {
            begun.TrySetResult();
            if (how == "blocks")
            {
                block.Wait(CancellationToken.None);
            }
            else if (how == "ignores")
            {
                await _hang.Task;
            }
            else
            {
                await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, TaskScheduler.Default);
                throw new IOException("the connection was closed");
            }
        };
        Task<SecretsStore> build = Engine.Builder(_clock).Add(source).BuildAsync(cancellation.Token);
        await begun.Task;
        await cancellation.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal(0, _clock.LiveTimers);
        block.Set();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_build_fails_with_unavailable_at_the_time_limit(bool isRemote)
    {
        var held = new HeldState();
        var begun = new TaskCompletionSource();
        LiveSource source = isRemote ? new LiveRemoteSource("test") : new LiveSource("test");
        source.Before = Hanging(begun);
        source.Answer = _ => new SecretsBatch([]) { State = held };
        Task<SecretsStore> build = Engine.Builder(_clock).Add(source, o => o.LoadTimeLimit = TimeSpan.FromSeconds(2)).BuildAsync(Token);
        await begun.Task;
        await TimerAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));

        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => build);
        Assert.Equal((SecretsErrorCode.Unavailable, "test"), (failure.Code, failure.SourceName));
        Assert.Equal("The source test did not finish within 2 s (LoadTimeLimit).", failure.Message);

        // What comes too late is given up.
        _hang.SetResult();
        await held.Disposed.WaitAsync(Token);
        Assert.Equal(0, _clock.LiveTimers);
    }

    [Fact]
    public async Task A_refresh_ends_at_the_time_limit_and_the_source_can_recover()
    {
        (SecretsStore store, LiveSource hanging, LiveSource healthy) = Build();
        await using SecretsStore disposed = store;
        var begun = new TaskCompletionSource();
        hanging.Before = Hanging(begun);
        healthy.Content = "b=2";
        Task refresh = store.RefreshAsync(Token);
        await begun.Task;

        // The others are served when they have waited a second.
        await UntilAsync(() => store.GetString("b") == "2");
        Assert.False(refresh.IsCompleted);
        await MoveUntilEndAsync(refresh);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => refresh);
        Assert.Equal((SecretsErrorCode.Unavailable, "hanging"), (failure.Code, failure.SourceName));
        Assert.Equal(SecretsSourceState.Degraded, store.Sources[0].State);

        // It is asked again although the load that was given up still runs.
        hanging.Before = _ => Task.CompletedTask;
        hanging.Content = "a=3";
        await store.RefreshAsync(Token);
        Assert.Equal("3", store.GetString("a"));
        _hang.SetResult();
    }

    [Fact]
    public async Task Disposal_waits_five_seconds_for_a_source_that_ignores_its_cancellation()
    {
        (SecretsStore store, LiveSource hanging, _) = Build();
        var begun = new TaskCompletionSource();
        hanging.Before = Hanging(begun);
        Task refresh = store.RefreshAsync(Token);
        await begun.Task;
        Task disposal = store.DisposeAsync().AsTask();
        await UntilAsync(() => _clock.NextDue == TimeSpan.FromSeconds(5), isMoved: false);
        Assert.False(disposal.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(5));

        await disposal;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => refresh);
        Assert.Equal(0, _clock.LiveTimers);
        _hang.SetResult();
    }

    [Fact]
    public async Task Disposal_waits_five_seconds_for_a_signal_that_ignores_its_cancellation()
    {
        var held = new HeldState();
        var waited = new TaskCompletionSource();
        var hanging = new LiveSignal("hanging", "a=1");
        hanging.Waiting = Hanging(waited);
        SecretsStore store = Engine.Builder(_clock)
            .Add(hanging)
            .Add(new LiveSource("other") { Answer = _ => new SecretsBatch([]) { State = held } })
            .Watch()
            .Build();
        await waited.Task;
        var begun = new TaskCompletionSource();
        hanging.Before = Hanging(begun);
        Task refresh = store.RefreshAsync(Token);
        await begun.Task;
        Task disposal = store.DisposeAsync().AsTask();

        // One load and one watch of it, at the same time.
        await UntilAsync(() => _clock.LiveTimers == 2, isMoved: false);
        Assert.False(disposal.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(5));

        // What other sources hold is given up nevertheless.
        await disposal.WaitAsync(TimeSpan.FromSeconds(20), Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => refresh);
        Assert.True(held.Disposed.IsCompleted);
        Assert.Equal(0, _clock.LiveTimers);
        _hang.SetResult();
    }

    [Fact]
    public async Task A_signal_that_blocks_its_thread_blocks_neither_the_build_nor_the_disposal()
    {
        using var block = new ManualResetEventSlim();
        var waited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocking = new LiveSignal("blocking", "a=1")
        {
            Waiting = _ =>
            {
                waited.SetResult();
                block.Wait(CancellationToken.None);
                return Task.CompletedTask;
            },
        };
        var other = new LiveSignal("other", "b=1");
        SecretsStore store = await Task.Run(() => Engine.Builder(_clock).Add(blocking).Add(other).Watch().Build(), Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        await waited.Task;

        // Nor those that watch other sources.
        await UntilAsync(() => other.Waits.Count == 1);
        other.Content = "b=2";
        other.Signal();
        await UntilAsync(() => store.GetString("b") == "2");
        Task disposal = store.DisposeAsync().AsTask();
        await UntilAsync(() => _clock.NextDue == TimeSpan.FromSeconds(5), isMoved: false);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await disposal;
        block.Set();
    }

    [Fact]
    public async Task A_source_that_never_ends_is_left_alone_until_a_load_of_it_ends()
    {
        (SecretsStore store, LiveSource hanging, _) = Build();
        await using SecretsStore disposed = store;
        for (int load = 1; load <= 3; load++)
        {
            var begun = new TaskCompletionSource();
            hanging.Before = Hanging(begun);
            Task refresh = store.RefreshAsync(Token);
            await begun.Task;
            await MoveUntilEndAsync(refresh);
            Assert.Contains("LoadTimeLimit", (await Assert.ThrowsAsync<SecretsSourceException>(() => refresh)).Message, StringComparison.Ordinal);
        }

        int calls = hanging.Calls;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        Assert.Contains("3 earlier loads", failure.Message, StringComparison.Ordinal);
        Assert.Equal((SecretsErrorCode.Unavailable, calls), (failure.Code, hanging.Calls));
        hanging.Before = _ => Task.CompletedTask;
        hanging.Content = "a=2";
        _hang.SetResult();
        while (await Record.ExceptionAsync(() => store.RefreshAsync(Token)) is not null)
        {
            await Task.Delay(1, Token);
        }

        Assert.Equal("2", store.GetString("a"));
    }

    [Fact]
    public async Task A_build_that_tries_again_leaves_a_source_that_never_ends_alone()
    {
        var hanging = new LiveSource("hanging") { Before = _ => _hang.Task };
        SecretsBuilder builder = Engine.Builder(_clock).Add(hanging, o => o.LoadTimeLimit = TimeSpan.FromSeconds(1));
        builder.StartupTimeLimit = TimeSpan.FromMinutes(5);
        Task<SecretsStore> build = builder.BuildAsync(Token);
        await MoveUntilEndAsync(build);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => build);
        Assert.Contains("3 earlier loads", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, hanging.Calls);
        _hang.SetResult();
    }

    [Fact]
    public async Task Others_are_refreshed_by_their_intervals_and_signals_and_when_the_program_asks()
    {
        (SecretsStore store, LiveSource hanging, LiveSource healthy) = Build();
        await using SecretsStore disposed = store;
        var begun = new TaskCompletionSource();
        hanging.Before = Hanging(begun);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await begun.Task;
        healthy.Content = "b=2";
        _clock.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => store.GetString("b") == "2");
        var signal = (LiveSignal)healthy;
        signal.Content = "b=4";
        signal.Signal();
        await UntilAsync(() => store.GetString("b") == "4");
        Assert.Equal(1, hanging.Calls - 1);
        _hang.SetResult();
    }

    [Fact]
    public async Task Values_become_stale_at_their_time_though_the_load_hangs()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source, o =>
        {
            o.MaxStaleness = TimeSpan.FromSeconds(30);
            o.WhenStale = StalePolicy.Fail;
        }).Build();
        var begun = new TaskCompletionSource();
        source.Before = Hanging(begun);

        // It is read again before they are stale.
        _clock.Advance(TimeSpan.FromSeconds(29));
        await begun.Task;
        await UntilAsync(() => _clock.NextDue == TimeSpan.FromSeconds(1), isMoved: false);
        Assert.Equal("1", store.GetString("a"));
        Assert.Equal(SecretsSourceState.Loaded, store.Sources[0].State);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("!Unavailable", Chains.Read(store, "a"));
        Assert.Equal(SecretsSourceState.Stale, store.Sources[0].State);
        _hang.SetResult();
        await store.Idle;
        Assert.Equal("1", store.GetString("a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_build_ends_though_the_function_that_creates_a_source_blocks(bool isCancelled)
    {
        using var cancellation = new CancellationTokenSource();
        using var block = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        SecretsBuilder builder = Engine.Builder(_clock).Add(_ => Blocking(begun, block), o => o.LoadTimeLimit = TimeSpan.FromSeconds(2));
        Task<SecretsStore> build = Task.Run(() => builder.BuildAsync(cancellation.Token), Token);
        await begun.Task;
        await TimerAsync();
        if (isCancelled)
        {
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build).WaitAsync(_patience, Token);
        }
        else
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => build).WaitAsync(_patience, Token);
            Assert.Equal("The source created did not finish within 2 s (LoadTimeLimit).", failure.Message);
        }

        block.Set();
    }

    [Fact]
    public async Task A_source_that_hangs_once_it_is_created_again_delays_others_by_a_second()
    {
        var local = new LiveSource("local", "token=1; b=1");
        var vault = new LiveRemoteSource("vault") { Content = "c=1" };
        await using SecretsStore store = Engine.Builder(_clock)
            .Add(local, o => o.RefreshInterval = TimeSpan.FromSeconds(5))
            .Add(view => view.GetString("token").Length > 0 ? vault : null!)
            .Build();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        vault.Before = Hanging(begun);
        local.Content = "token=2; b=2";
        _clock.Advance(TimeSpan.FromSeconds(6));
        await begun.Task;
        await UntilAsync(() => store.GetString("b") == "2");

        // Who asks for both waits for both.
        Task refresh = store.RefreshAsync(Token);
        vault.Before = _ => Task.CompletedTask;
        vault.Content = "c=2";
        Task<SecretValue> fresh = store.GetFreshAsync("b", TimeSpan.Zero, Token);
        await UntilAsync(() => fresh.IsCompleted);
        Assert.Equal("2", (await fresh).Reveal());
        Assert.False(refresh.IsCompleted);
        _hang.SetResult();
        await UntilAsync(() => refresh.IsCompleted);
        await refresh;
        Assert.Equal("2", store.GetString("c"));
    }

    [Fact]
    public async Task A_function_that_blocks_when_it_creates_a_source_again_blocks_nothing_else()
    {
        using var block = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var local = new LiveSource("local", "token=1; b=1");
        SecretsStore store = Engine.Builder(_clock)
            .Add(local, o => o.RefreshInterval = TimeSpan.FromSeconds(5))
            .Add(view => view.GetString("token") == "1" ? new LiveRemoteSource("vault") : Blocking(begun, block))
            .Build();
        local.Content = "token=2; b=2";
        _clock.Advance(TimeSpan.FromSeconds(6));
        await begun.Task;
        await UntilAsync(() => store.GetString("b") == "2");
        Task disposal = store.DisposeAsync().AsTask();
        await UntilAsync(() => _clock.NextDue == TimeSpan.FromSeconds(5), isMoved: false);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await disposal.WaitAsync(_patience, Token);
        block.Set();
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(86_401.0)]
    public void A_time_limit_is_more_than_zero_and_at_most_a_day(double seconds)
    {
        SecretsSourceException invalid = Assert.Throws<SecretsSourceException>(
            () => Engine.Builder(_clock).Add(new LiveSource("test"), o => o.LoadTimeLimit = TimeSpan.FromSeconds(seconds)));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, invalid.Code);
        Assert.Contains("LoadTimeLimit must be greater than zero and at most one day", invalid.Message, StringComparison.Ordinal);
    }

    private (SecretsStore Store, LiveSource Hanging, LiveSource Healthy) Build()
    {
        var hanging = new LiveSource("hanging", "a=1");
        var healthy = new LiveSignal("healthy", "b=1");
        SecretsStore store = Engine.Builder(_clock)
            .Add(hanging, o => o.RefreshInterval = TimeSpan.FromSeconds(5))
            .Add(healthy, o => o.RefreshInterval = TimeSpan.FromSeconds(10))
            .Watch()
            .Build();
        return (store, hanging, healthy);
    }

    private static LiveRemoteSource Blocking(TaskCompletionSource begun, ManualResetEventSlim block)
    {
        begun.TrySetResult();
        block.Wait(CancellationToken.None);
        return new LiveRemoteSource("blocked");
    }

    // It does not listen to its token.
    private Func<CancellationToken, Task> Hanging(TaskCompletionSource begun) => async _ =>
    {
        begun.TrySetResult();
        await _hang.Task;
    };

    private Task TimerAsync() => UntilAsync(() => _clock.LiveTimers > 0, isMoved: false);

    // The limit may be set long after the source has begun to hang.
    private async Task MoveUntilEndAsync(Task task)
    {
        for (int seconds = 0; !task.IsCompleted; seconds++)
        {
            Assert.True(seconds < 10_000, "It does not end.");
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Token);
        }
    }

    // What runs on the pool gets the time that it needs; a wait of up to a second on the clock is moved on.
    private async Task UntilAsync(Func<bool> condition, bool isMoved = true)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "It does not come.");
            await Task.Delay(1, Token);
            if (isMoved && _clock.NextDue <= TimeSpan.FromSeconds(1))
            {
                _clock.Advance(_clock.NextDue.Value);
            }
        }
    }
}
