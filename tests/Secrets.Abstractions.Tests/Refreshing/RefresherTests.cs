using System.Globalization;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class RefresherTests
{
    private readonly ManualTimeProvider _clock = new();

    private static void Every(SecretsSourceOptions options, double seconds) => options.RefreshInterval = TimeSpan.FromSeconds(seconds);

    private SecretsBuilder Builder() => Engine.Builder(_clock);

    private Task PassAsync(SecretsStore store, double seconds) => _clock.AdvanceAsync(TimeSpan.FromSeconds(seconds), store);

    /// <summary>Notes the time of each load, and what it ends in: as the script says, a sign for each load.</summary>
    private LiveSource Scripted(string script, List<double> loads) => new("test")
    {
        Answer = request =>
        {
            loads.Add(_clock.Elapsed.TotalSeconds);
            return script[Math.Min(loads.Count, script.Length) - 1] == '+'
                ? new SecretsBatch(FakeContent.Read("a=1", request))
                : throw new SecretsSourceException(SecretsErrorCode.Unavailable, "test failed.", "test");
        },
    };

    [Theory]
    // Loads that succeed and fail, and the seconds at which they happen.
    [InlineData("+", 60.0, null, 300, "0 60 120 180 240 300")]
    [InlineData("+", null, null, 86400, "0")]
    [InlineData("+", null, 100.0, 300, "0 95 190 285")]
    [InlineData("+", 60.0, 100.0, 130, "0 60 120")]
    [InlineData("+----+", 60.0, null, 300, "0 60 65 75 95 135 195 255")]
    [InlineData("+-+-+", 60.0, null, 200, "0 60 65 125 130 190")]
    // Without an interval the waits grow up to five minutes.
    [InlineData("+-", null, 100.0, 1600, "0 95 100 110 130 170 250 410 710 1010 1310")]
    [InlineData("+-", 60.0, null, 1600, "0 60 65 75 95 135 195 255 315 375 435 495 555 615 675 735 795 855 915 975 1035 1095 1155 1215 1275 1335 1395 1455 1515 1575")]
    public async Task Sources_are_read_when_they_are_due(string script, double? interval, double? maxStaleness, int seconds, string expected)
    {
        var loads = new List<double>();
        await using SecretsStore store = Builder().Add(Scripted(script, loads), o =>
        {
            o.RefreshInterval = interval is null ? null : TimeSpan.FromSeconds(interval.Value);
            o.MaxStaleness = maxStaleness is null ? null : TimeSpan.FromSeconds(maxStaleness.Value);
        }).Build();

        await PassAsync(store, seconds);

        Assert.Equal(expected, string.Join(' ', loads));
        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public async Task What_a_batch_says_is_a_due_time()
    {
        var source = new LiveSource("test", "a=1") { RefreshAfter = TimeSpan.FromSeconds(30) };
        await using SecretsStore store = Builder().Add(source).Build();

        await PassAsync(store, 31);
        source.RefreshAfter = null;
        await PassAsync(store, 10_000);

        Assert.Equal(3, source.Calls);
        Assert.Null(store.Sources[0].NextRefresh);
    }

    [Theory]
    [InlineData(0.0, 54)]
    [InlineData(0.5, 60)]
    [InlineData(1.0, 66)]
    public async Task Each_wait_varies_by_a_tenth(double random, int seconds)
    {
        var source = new LiveSource("test", "a=1");
        SecretsBuilder builder = Builder();
        builder.Random = () => random;
        await using SecretsStore store = builder.Add(source, o => Every(o, 60)).Build();

        Assert.Equal(TimeSpan.FromSeconds(seconds), store.Sources[0].NextRefresh - _clock.GetUtcNow());
        await PassAsync(store, seconds - 0.5);
        Assert.Equal(1, source.Calls);
        await PassAsync(store, 0.5);
        Assert.Equal(2, source.Calls);
    }

    [Fact]
    public async Task Each_source_has_its_own_times()
    {
        var fast = new LiveSource("fast", "a=1");
        var slow = new LiveSource("slow", "b=1");
        var still = new LiveSource("still", "c=1");
        await using SecretsStore store = Builder().Add(fast, o => Every(o, 10)).Add(slow, o => Every(o, 35)).Add(still).Build();

        await PassAsync(store, 100);

        Assert.Equal((11, 3, 1), (fast.Calls, slow.Calls, still.Calls));
        Assert.Equal(1, _clock.LiveTimers);
    }

    [Fact]
    public async Task Longer_than_a_timer_can_wait_is_waited_for()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Builder().Add(source, o => o.RefreshInterval = TimeSpan.FromDays(100)).Build();

        await PassAsync(store, TimeSpan.FromDays(99.9).TotalSeconds);
        Assert.Equal(1, source.Calls);
        await PassAsync(store, TimeSpan.FromDays(0.1).TotalSeconds);
        Assert.Equal(2, source.Calls);
    }

    [Fact]
    public async Task Never_is_an_interval()
    {
        await using SecretsStore store = Builder().Add(new LiveSource("test", "a=1"), o =>
        {
            o.RefreshInterval = TimeSpan.MaxValue;
            o.MaxStaleness = TimeSpan.MaxValue;
            o.WhenStale = StalePolicy.Fail;
        }).Build();

        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public async Task A_lease_of_no_length_is_no_loop()
    {
        var source = new LiveSource("test", "a=1") { RefreshAfter = TimeSpan.Zero };
        await using SecretsStore store = Builder().Add(source).Build();

        await PassAsync(store, 10);

        Assert.Equal(11, source.Calls);
    }

    [Fact]
    public async Task A_remote_source_that_is_not_asked_any_more_is_not_due_any_more()
    {
        var toml = new LiveSource("toml", "");
        var aws = new LiveRemoteSource("aws", "a=remote");
        await using SecretsStore store = Builder().Add(toml, o => Every(o, 10)).Add(aws, o => Every(o, 15)).Require("a").Build();
        toml.Content = "a=local";
        await PassAsync(store, 1000);

        Assert.Equal((101, 1), (toml.Calls, aws.Calls));
        Assert.Equal((SecretsSourceState.NotAsked, null, 0), (store.Sources[1].State, store.Sources[1].NextRefresh, store.Sources[1].ConsecutiveFailures));
        Assert.Null(store.Sources[1].LastSuccess);
    }

    [Fact]
    public async Task A_refresh_of_others_does_not_try_a_failing_source_again()
    {
        var fast = new LiveRemoteSource("fast", "a=1");
        var broken = new LiveRemoteSource("broken", "!Unavailable");
        await using SecretsStore store = Builder()
            .Add(fast, o => Every(o, 1))
            .Add(broken, o => o.Tolerate(SecretsErrorCode.Unavailable))
            .Require("a")
            .Require<Optional>("x")
            .Build();
        Assert.Equal((1, 0), (fast.Calls, broken.Calls));
        fast.Content = "";
        await PassAsync(store, 60);

        // "a" is asked of it once it has left the other after two loads; then it fails at 2, 7, 17 and 37 seconds.
        Assert.Equal((61, 4), (fast.Calls, broken.Calls));
        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public async Task Failures_are_reported_once_for_each_state_and_the_log_does_not_grow()
    {
        var source = new LiveSource("test", "a=1");
        int number = 0;
        var heard = new List<SecretsWarning>();
        await using SecretsStore store = Builder().OnWarning(heard.Add).Add(source, o => Every(o, 10)).Build();
        for (int outage = 0; outage < 20; outage++)
        {
            source.Answer = _ => throw new SecretsSourceException(SecretsErrorCode.Unavailable, string.Create(CultureInfo.InvariantCulture, $"request {++number}"), "test");
            await PassAsync(store, 100);
            source.Answer = null;
            await PassAsync(store, 500);
        }

        Assert.Empty(store.Warnings);
        Assert.Equal(SecretsSourceState.Loaded, store.Sources[0].State);

        // Once for each change of state, although each failure has a text of its own.
        Assert.True(number >= 80);
        Assert.Equal(string.Join(' ', Enumerable.Repeat("RefreshFailed Recovered", 20)), string.Join(' ', heard.Select(w => w.Code)));
        Assert.All(heard, w => Assert.Equal(("test", null), (w.SourceName, w.Path)));
        Assert.All(heard, w => Assert.Equal(w.Code == SecretsWarningCode.Recovered ? null : SecretsErrorCode.Unavailable, w.ErrorCode));
    }

    [Theory]
    [InlineData("io")]
    [InlineData("cancelled")]
    [InlineData("null")]
    [InlineData("duplicates")]
    [InlineData("lookup")]
    public async Task Nothing_that_a_source_does_ends_the_loop(string how)
    {
        var source = new LiveSource("test", "a=1");
        var lookup = new ThrowingLookup();
        await using SecretsStore store = Builder().Add(lookup).Add(source, o => Every(o, 10)).Require("a").Build();
        (source.Answer, lookup.IsThrowing) = how switch
        {
            "io" => (_ => throw new IOException("x"), false),
            "cancelled" => (_ => throw new OperationCanceledException(), false),
            "null" => (_ => null!, false),
            "duplicates" => (r => new SecretsBatch(FakeContent.Read("a=1; A=2", r, "file")), false),
            _ => ((Func<SecretsRequest, SecretsBatch>?)null, true),
        };
        await PassAsync(store, 100);
        (source.Answer, lookup.IsThrowing) = (null, false);
        source.Content = "a=2";
        await PassAsync(store, 300);

        Assert.Equal("2", store.GetString("a"));
        Assert.Equal(SecretsSourceState.Loaded, store.Sources[1].State);
    }

    [Fact]
    public async Task An_environment_that_refuses_a_variable_ends_neither_the_loop_nor_the_event()
    {
        var block = new FakeEnvironmentBlock { Refused = "odd" };
        var source = new LiveSource("test", "a=1");
        var heard = new List<SecretsWarning>();
        await using SecretsStore store = Engine.Builder(_clock, block).OnWarning(heard.Add).Add(source, o =>
        {
            Every(o, 10);
            o.ExportToEnvironment = true;
        }).Build();
        var events = new List<string>();
        store.Changed += (_, e) => events.Add(e.ToString());
        source.Content = "a=1; odd=1";
        await PassAsync(store, 10);
        source.Content = "a=2";
        await PassAsync(store, 10);

        Assert.Equal(["added odd", "updated a; removed odd"], events);
        Assert.Equal("2", block["a"]);
        Assert.Empty(store.Warnings);
        Assert.Equal([SecretsWarningCode.NotExported], heard.Select(w => w.Code));
    }

    [Fact]
    public async Task Stale_values_fail_at_their_time_though_a_load_hangs_and_heal()
    {
        var source = new LiveSource("test", "a=1; b=1");
        await using SecretsStore store = Builder().Add(new LiveSource("other", "c=1")).Add(source, o =>
        {
            o.MaxStaleness = TimeSpan.FromSeconds(100);
            o.WhenStale = StalePolicy.Fail;
        }).Build();
        var events = new List<string>();
        store.Changed += (_, e) => events.Add($"{_clock.Elapsed.TotalSeconds}: {e}");
        source.Content = "!Unavailable";
        await PassAsync(store, 99);
        Assert.Equal("c=1@other; a=1@test; b=1@test", Chains.Show(store));
        Assert.Equal(SecretsSourceState.Degraded, store.Sources[1].State);

        // The retry at 99.5 seconds does not end.
        var hang = new TaskCompletionSource();
        var failed = new TaskCompletionSource();
        source.Before = async _ =>
        {
            failed.SetResult();
            await hang.Task;
        };
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        await failed.Task;
        Assert.Equal("1", store.GetString("a"));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("!Unavailable", Chains.Read(store, "a"));
        Assert.Equal(SecretsSourceState.Stale, store.Sources[1].State);
        await store.HandlersIdle;
        hang.SetResult();
        await store.Idle;
        Assert.Equal("c=1@other; a=!Unavailable; b=!Unavailable", Chains.Show(store));

        source.Before = _ => Task.CompletedTask;
        source.Content = "a=1; b=2";
        await PassAsync(store, 60);
        Assert.Equal("c=1@other; a=1@test; b=2@test", Chains.Show(store));
        Assert.Equal(SecretsSourceState.Loaded, store.Sources[1].State);
        Assert.Equal(["100: updated a, b", "109: updated a, b"], events);
    }

    [Fact]
    public async Task Stale_values_serve_where_the_option_says_so()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Builder().Add(source, o => o.MaxStaleness = TimeSpan.FromSeconds(100)).Build();
        source.Content = "!Unavailable";
        SecretsView before = store.Current;
        await PassAsync(store, 1000);

        Assert.Equal("1", store.GetString("a"));
        Assert.Same(before, store.Current);
        Assert.Equal(SecretsSourceState.Stale, store.Sources[0].State);
    }

    [Fact]
    public async Task One_secret_that_cannot_be_read_does_not_make_the_others_stale()
    {
        var source = new LiveSource("test", "a=1; b=1");
        await using SecretsStore store = Builder().Add(source, o =>
        {
            o.MaxStaleness = TimeSpan.FromSeconds(100);
            o.WhenStale = StalePolicy.Fail;
        }).Build();
        source.Content = "a=2; b=!AccessDenied";
        await PassAsync(store, 99);
        Assert.Equal("b=1@test; a=2@test", Chains.Show(store));
        Assert.Equal((SecretsSourceState.Degraded, SecretsErrorCode.AccessDenied), (store.Sources[0].State, store.Sources[0].LastErrorCode));

        await PassAsync(store, 10_000);
        Assert.Equal("a=2@test; b=!AccessDenied", Chains.Show(store));
        Assert.Equal(SecretsSourceState.Stale, store.Sources[0].State);

        source.Content = "a=3; b=3";
        await PassAsync(store, 400);
        Assert.Equal("a=3@test; b=3@test", Chains.Show(store));
    }

    [Fact]
    public async Task A_signal_is_followed_by_a_load_and_a_swap()
    {
        var files = new LiveSignal("files", "a=1");
        var others = new LiveSource("others", "b=1");
        await using SecretsStore store = Builder().Add(files).Add(others).Watch().Build();
        await store.Idle;
        files.Content = "a=2";
        files.Signal();
        await store.Idle;

        Assert.Equal("2", store.GetString("a"));
        Assert.Equal((2, 1), (files.Calls, others.Calls));
        Assert.Equal("a=1|a=2", string.Join('|', files.Waits.Select(w => w!.State)));
    }

    [Fact]
    public async Task A_change_between_a_load_and_the_wait_is_not_lost()
    {
        var files = new LiveSignal("files", "a=1");
        await using SecretsStore store = Builder().Add(files).Watch().Build();
        var hang = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        files.Before = async _ =>
        {
            begun.TrySetResult();
            await hang.Task;
        };
        files.Answer = r =>
        {
            // It changes again once it has been read.
            var seen = new SecretsBatch(FakeContent.Read(files.Content, r)) { State = files.Content };
            files.Content = "a=3";
            return seen;
        };
        files.Content = "a=2";
        files.Signal();
        await begun.Task;
        hang.SetResult();
        await store.Idle;

        Assert.Equal("3", store.GetString("a"));
    }

    [Fact]
    public async Task A_signal_whose_load_fails_is_tried_again_soon()
    {
        var files = new LiveSignal("files", "a=1");
        await using SecretsStore store = Builder().Add(files).Watch().Build();
        files.Content = "!InvalidFormat";
        files.Signal();
        await store.Idle;
        Assert.Equal("1", store.GetString("a"));
        Assert.Equal((SecretsSourceState.Degraded, SecretsErrorCode.InvalidFormat), (store.Sources[0].State, store.Sources[0].LastErrorCode));
        files.Content = "a=2";
        await PassAsync(store, 5);

        Assert.Equal("2", store.GetString("a"));
        Assert.Equal(SecretsSourceState.Loaded, store.Sources[0].State);
    }

    [Fact]
    public async Task A_signal_that_throws_is_a_warning_and_the_source_is_still_read()
    {
        var files = new LiveSignal("files", "a=1") { Waiting = _ => throw new IOException("its secret") };
        await using SecretsStore store = Builder().Add(files, o => Every(o, 10)).Watch().Build();
        files.Content = "a=2";
        await PassAsync(store, 10_000);

        Assert.Equal("2", store.GetString("a"));
        SecretsWarning warning = Assert.Single(store.Warnings);
        Assert.Contains("System.IO.IOException", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("its secret", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Watch_nothing_waits_for_signals()
    {
        var files = new LiveSignal("files", "a=1");
        await using SecretsStore store = Builder().Add(files).Build();

        Assert.Empty(files.Waits);
    }

    [Fact]
    public async Task One_source_in_two_places_is_watched_in_both()
    {
        var files = new LiveSignal("files", "a=1");
        await using SecretsStore store = Builder().Add(files).Add(files).Watch().Build();
        files.Content = "a=2";
        files.Signal();
        await store.Idle;

        Assert.Equal(2, store.Sources.Count);
        Assert.Equal("files#2", store.Sources[1].Name);
        Assert.Contains(files.Requests, r => r.SourceName == "files#2" && r.Previous is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposal_leaves_nothing_running(bool isAsync)
    {
        var files = new LiveSignal("files", "a=1");
        var broken = new LiveSignal("broken", "b=1") { Waiting = _ => throw new IOException() };
        SecretsStore store = Builder().Add(files, o => Every(o, 10)).Add(broken).Watch().Build();
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        files.Before = async token =>
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            }
            finally
            {
                ended.SetResult();
            }
        };
        _clock.Advance(TimeSpan.FromSeconds(10));
        await begun.Task;
        Assert.True(_clock.LiveTimers > 0);
        Task refresh = store.RefreshAsync(TestContext.Current.CancellationToken);
        if (isAsync)
        {
            await store.DisposeAsync();
        }
        else
        {
            store.Dispose();
        }

        await ended.Task;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => refresh);
        await store.DisposeAsync();
        Assert.Equal(0, _clock.LiveTimers);
        int waits = files.Waits.Count + broken.Waits.Count;

        // The other source has a lane of its own, in which the refresh may or may not have begun before the disposal.
        int calls = broken.Calls;
        Assert.InRange(calls, 1, 2);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((2, calls, waits), (files.Calls, broken.Calls, files.Waits.Count + broken.Waits.Count));
    }

    [Fact]
    public async Task A_token_whose_callbacks_throw_does_not_keep_disposal_from_ending()
    {
        var block = new FakeEnvironmentBlock();
        var files = new LiveSignal("files", "a=1");
        files.Waiting = token =>
        {
            token.Register(() => throw new InvalidOperationException());
            return new TaskCompletionSource().Task.WaitAsync(token);
        };
        SecretsStore store = Engine.Builder(_clock, block).Add(files, o => o.ExportToEnvironment = true).Watch().Build();
        Assert.Equal("1", block["a"]);

        store.Dispose();
        await store.DisposeAsync();

        Assert.Null(block["a"]);
        Assert.Equal(0, _clock.LiveTimers);
    }

    [Fact]
    public void Nothing_is_started_by_a_build_that_fails()
    {
        Assert.Throws<SecretNotFoundException>(() => Builder().Add(new LiveSource("test", "a=1"), o => Every(o, 1)).Require("b").Build());
        Assert.Throws<SecretsSourceException>(() => Builder().Add(new LiveSource("test", "!AccessDenied"), o => Every(o, 1)).Build());

        Assert.Equal(0, _clock.LiveTimers);
    }

    [Fact]
    public async Task Timers_and_watches_do_not_keep_who_built_the_store()
    {
        var request = new AsyncLocal<string?> { Value = "a request" };
        var seen = new List<string?>();
        var files = new LiveSignal("files", "a=1");
        files.Before = _ =>
        {
            seen.Add(request.Value);
            return Task.CompletedTask;
        };
        await using SecretsStore store = Builder().Add(files, o => Every(o, 10)).Watch().Build();
        await PassAsync(store, 10);
        files.Signal();
        await store.Idle;
        await store.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a request", null, null, null], seen);
    }

    private sealed record Optional(SecretValue? Value = null);

    private sealed class ThrowingLookup : ISecretsLookup
    {
        public string Name => "lookup";

        public bool IsThrowing { get; set; }

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => new(new SecretsBatch([]));

        public SecretValue? Find(SecretPath path, SecretsBatch loaded, bool isElsewhere) => IsThrowing ? throw new InvalidOperationException("secret") : null;

        public SecretOrigin? FindSection(SecretPath path, SecretsBatch loaded, bool isCertain) => IsThrowing ? throw new InvalidOperationException("secret") : null;

        public IReadOnlyList<string> PlacesOf(SecretPath path, SecretsBatch loaded) => [];
    }
}
