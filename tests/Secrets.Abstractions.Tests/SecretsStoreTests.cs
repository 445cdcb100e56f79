using System.Collections.Concurrent;
using System.Globalization;
using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public sealed class SecretsStoreTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 8).Select(i => "k" + i.ToString(CultureInfo.InvariantCulture))];

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeEnvironmentBlock _block = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SecretsBuilder Builder() => Engine.Builder(_clock, _block);

    private Task PassAsync(SecretsStore store, double seconds) => _clock.AdvanceAsync(TimeSpan.FromSeconds(seconds), store);

    [Fact]
    public void Current_and_sections_are_frozen_and_the_same_object_until_a_swap()
    {
        using SecretsStore store = Stores.Of(("database.user", "u"), ("database.password", "p"));

        Assert.Same(store.Current, store.Current);
        Assert.IsNotType<SecretsStore>(store.Current);
        Assert.Same(store.Section("database"), store.Current.Section("database"));
        Assert.Same(store["database"].AsSection(), store.Section("database"));
    }

    [Fact]
    public async Task Reads_after_disposal_serve_the_last_snapshot()
    {
        SecretsStore store = Stores.Of(("database.user", "u"));
        SecretsView section = store.Section("database");
        store.Dispose();
        store.Dispose();
        await store.DisposeAsync();
        dynamic attribute = store;

        Assert.Equal("u", store.GetString("database.user"));
        Assert.Equal("u", section.GetString("user"));
        Assert.Equal("u", (string)attribute.database.user);
        Assert.Equal("u", ((IDictionary<string, object?>)store.RevealAll()["database"]!)["user"]);
        Assert.Single(store.Sources);
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public void A_source_s_warnings_are_the_store_s()
    {
        using SecretsStore store = new SecretsBuilder()
            .Add(new BatchSource("files", _ => new SecretsBatch([]) { Warnings = ["the file can be read by others", "the file can be read by others"] }))
            .Build();

        SecretsWarning warning = Assert.Single(store.Warnings);
        Assert.Equal((SecretsWarningCode.Source, "files", null), (warning.Code, warning.SourceName, warning.Path));
        Assert.Equal("the file can be read by others", warning.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposal_takes_back_what_was_exported(bool isAsync)
    {
        var block = new FakeEnvironmentBlock(("api_key", "original"));
        var builder = new SecretsBuilder { Ledger = new EnvironmentLedger(block) };
        SecretsStore store = builder.AddInMemory(new Dictionary<string, object?> { ["api_key"] = "ours" }, o => o.ExportToEnvironment = true).Build();
        Assert.Equal("ours", block["api_key"]);

        if (isAsync)
        {
            await store.DisposeAsync();
        }
        else
        {
            store.Dispose();
        }

        Assert.Equal("original", block["api_key"]);
    }

    [Fact]
    public async Task A_refresh_reads_all_sources_and_serves_what_they_have_now()
    {
        var one = new LiveSource("one", "a=1");
        var two = new LiveRemoteSource("two", "b=1");
        await using SecretsStore store = Builder().Add(one).Add(two).Build();
        SecretsView before = store.Current;
        SecretsView section = store.Current;
        (one.Content, two.Content) = ("a=2; c=1", "b=2");
        await store.RefreshAsync(Token);

        Assert.Equal("a=2@one; c=1@one; b=2@two", Chains.Show(store));
        Assert.Equal("a=1@one; b=1@two", Chains.Show(before));
        Assert.Equal("1", section.GetString("a"));
        Assert.NotSame(before, store.Current);
        Assert.Equal((2, 2), (one.Calls, two.Calls));
    }

    [Fact]
    public async Task A_load_gets_the_last_batch()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Builder().Add(source).Build();
        await store.RefreshAsync(Token);
        source.Content = "!Unavailable";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        source.Content = "a=2";
        await store.RefreshAsync(Token);

        Assert.Null(source.Requests[0].Previous);
        Assert.All(source.Requests.Skip(1), r => Assert.Equal("a=1", r.Previous!.State));
        Assert.NotSame(source.Requests[1].Previous, source.Requests[2].Previous);
        Assert.Same(source.Requests[2].Previous, source.Requests[3].Previous);
    }

    [Theory]
    // The same batch, or another one with equal content: nothing is made and nobody is told.
    [InlineData("same", "a=1; s.b=[1]; x=!AccessDenied")]
    [InlineData("equal", "a=1; s.b=[1]; x=!AccessDenied")]
    [InlineData("equal", "")]
    [InlineData("missing", "?")]
    public async Task A_refresh_that_finds_the_same_changes_nothing(string how, string content)
    {
        var source = new LiveSource("test", content);
        await using SecretsStore store = Builder().Add(source).AddEnvironment(configure: o => o.Variables = new Dictionary<string, string> { ["A_B"] = "1" }).Build();
        var events = new List<string>();
        store.Changed += (_, e) => events.Add(e.ToString());
        SecretsView before = store.Current;
        if (how == "same")
        {
            source.Answer = r => r.Previous!;
        }

        for (int i = 0; i < 3; i++)
        {
            Exception? failure = await Record.ExceptionAsync(() => store.RefreshAsync(Token));
            Assert.Same(before, store.Current);
            Assert.Equal(content.Contains('!', StringComparison.Ordinal) ? SecretsErrorCode.AccessDenied : null, (failure as ISecretsError)?.Code);
        }

        await store.HandlersIdle;
        Assert.Equal(4, source.Calls);
        Assert.Empty(events);
    }

    [Fact]
    public async Task A_hundred_calls_are_one_load_and_none_cancels_another()
    {
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Builder().Add(source).Build();
        source.Before = async token =>
        {
            begun.TrySetResult();
            await end.Task.WaitAsync(token);
        };
        source.Content = "a=2";
        using var cancellation = new CancellationTokenSource();
        Task[] calls = [.. Enumerable.Range(0, 100).AsParallel().AsOrdered().Select(i => store.RefreshAsync(i % 10 == 0 ? cancellation.Token : CancellationToken.None))];
        await begun.Task;
        await cancellation.CancelAsync();
        Task[] cancelled = [.. calls.Where((_, i) => i % 10 == 0)];
        foreach (Task call in cancelled)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        end.SetResult();
        await Task.WhenAll(calls.Except(cancelled));

        // Those that came once it had begun to read share one more.
        int loads = source.Calls;
        Assert.InRange(loads, 2, 3);
        Assert.Equal("2", store.GetString("a"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.RefreshAsync(cancellation.Token));
        Assert.Equal(loads, source.Calls);
    }

    [Fact]
    public async Task What_others_ask_for_meanwhile_is_read_next()
    {
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var slow = new LiveSource("slow", "a=1");
        var other = new LiveSource("other", "b=1");
        await using SecretsStore store = Builder().Add(slow, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Add(other).Build();
        slow.Before = async _ =>
        {
            begun.TrySetResult();
            await end.Task;
        };
        _clock.Advance(TimeSpan.FromSeconds(10));
        await begun.Task;
        other.Content = "b=2";
        Assert.Equal(1, other.Calls);
        Task all = store.RefreshAsync(Token);
        end.SetResult();
        await all;

        Assert.Equal((3, 2), (slow.Calls, other.Calls));
        Assert.Equal("2", store.GetString("b"));
    }

    [Fact]
    public async Task A_refresh_says_what_failed_anew_each_time_and_serves_what_did_not()
    {
        var one = new LiveSource("one", "a=1");
        var two = new LiveSource("two", "b=1");
        await using SecretsStore store = Builder().Add(one).Add(two).Build();
        (one.Content, two.Content) = ("!AccessDenied", "b=2");

        var first = await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        var second = await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));

        Assert.Equal((SecretsErrorCode.AccessDenied, "one", "one failed.", "r1", 503), (first.Code, first.SourceName, first.Message, first.RequestId, first.Status));
        Assert.NotSame(first, second);
        Assert.Equal(first.Message, second.Message);
        Assert.Equal("a=1@one; b=2@two", Chains.Show(store));
        two.Content = "!Unavailable";
        SecretsSourceException both = await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        Assert.Equal(SecretsErrorCode.AccessDenied, both.Code);
        Assert.Contains("two failed.", both.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(SecretsSourceException))]
    [InlineData(typeof(SecretsFormatException))]
    [InlineData(typeof(SecretNotFoundException))]
    [InlineData(typeof(SecretsFileNotFoundException))]
    public async Task Two_callers_never_get_one_exception(Type type)
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Builder().Add(source).Build();
        source.Answer = _ => throw (type.Name switch
        {
            nameof(SecretsSourceException) => new SecretsSourceException(SecretsErrorCode.Unavailable, "m", "test"),
            nameof(SecretsFormatException) => new SecretsFormatException("m", "f", 1, 2),
            nameof(SecretNotFoundException) => new SecretNotFoundException("m", ["a"]),
            _ => new SecretsFileNotFoundException("m", ["a"], ["f"]),
        });
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        source.Before = async _ =>
        {
            begun.TrySetResult();
            await end.Task;
        };
        Task under = store.RefreshAsync(Token);
        await begun.Task;

        // Both join the load that waits for the one under way.
        Task one = store.RefreshAsync(Token), two = store.RefreshAsync(Token);
        end.SetResult();

        Assert.IsType(type, await Record.ExceptionAsync(() => under));
        Exception? first = await Record.ExceptionAsync(() => one), second = await Record.ExceptionAsync(() => two);

        Assert.IsType(type, first);
        Assert.IsType(type, second);
        Assert.NotSame(first, second);
        Assert.Equal(first.Message, second.Message);
        Assert.Equal(3, source.Calls);
    }

    [Fact]
    public async Task A_secret_that_becomes_unreadable_keeps_its_last_value_and_degrades_its_source()
    {
        var source = new LiveSource("test", "a=1; b=1");
        await using SecretsStore store = Builder().Add(source).Build();
        source.Content = "a=2; b=!AccessDenied";
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        SecretsSourceStatus status = store.Sources[0];

        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.StartsWith("b (test test:b) cannot be read", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("2", "1"), (store.GetString("a"), store.GetString("b")));
        Assert.Equal((SecretsSourceState.Degraded, SecretsErrorCode.AccessDenied, 1), (status.State, status.LastErrorCode, status.ConsecutiveFailures));
        Assert.Equal(_clock.GetUtcNow(), status.LastSuccess);
        source.Content = "a=2; b=3";
        await PassAsync(store, 5);

        Assert.Equal("3", store.GetString("b"));
        Assert.Equal((SecretsSourceState.Loaded, null, 0), (store.Sources[0].State, store.Sources[0].LastErrorCode, store.Sources[0].ConsecutiveFailures));
    }

    [Theory]
    // Loads, one after the other, and what is served after each.
    [InlineData(false, "a=1 |  | ", "1 - -")]
    [InlineData(true, "a=1 |  | ", "1 1 -")]
    [InlineData(true, "a=1 |  | a=2 |  | ", "1 1 2 2 -")]
    [InlineData(true, "a=1 |  | !Unavailable | !Unavailable | ", "1 1 1 1 -")]
    [InlineData(false, "a=1 | !Unavailable | a=2", "1 1 2")]
    public async Task What_a_store_no_longer_has_leaves(bool isRemote, string loads, string expected)
    {
        string[] contents = loads.Split('|', StringSplitOptions.TrimEntries);
        LiveSource source = isRemote ? new LiveRemoteSource("test", contents[0]) : new LiveSource("test", contents[0]);
        await using SecretsStore store = Builder().Add(source).Build();
        var served = new List<string> { Chains.Read(store, "a") };
        foreach (string content in contents[1..])
        {
            source.Content = content;
            _ = await Record.ExceptionAsync(() => store.RefreshAsync(Token));
            served.Add(Chains.Read(store, "a"));
        }

        Assert.Equal(expected, string.Join(' ', served));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_required_keeps_its_last_value_and_its_source_is_degraded_until_it_is_back(bool isRemote)
    {
        LiveSource source = isRemote ? new LiveRemoteSource("test", "api-key=1; b=1") : new LiveSource("test", "api-key=1; b=1");
        await using SecretsStore store = Builder().Add(source).Require("api_key", "b").Build();
        var events = new List<string>();
        store.Changed += (_, e) => events.Add(e.ToString());
        source.Content = "b=2";
        for (int i = 0; i < 4; i++)
        {
            await store.RefreshAsync(Token);
        }

        SecretsSourceStatus status = store.Sources[0];
        Assert.Equal(("1", "2"), (store.GetString("api_key"), store.GetString("b")));
        Assert.Equal((SecretsSourceState.Degraded, SecretsErrorCode.NotFound, isRemote ? 3 : 4), (status.State, status.LastErrorCode, status.ConsecutiveFailures));
        SecretsWarning warning = Assert.Single(store.Warnings);
        Assert.Equal((SecretsWarningCode.RequiredGone, "api-key", "test"), (warning.Code, warning.Path, warning.SourceName));
        await store.HandlersIdle;
        Assert.Equal(["updated b"], events);
        source.Content = "api-key=3; b=2";
        await store.RefreshAsync(Token);

        Assert.Equal("3", store.GetString("api_key"));
        Assert.Equal((SecretsSourceState.Loaded, null, 0), (store.Sources[0].State, store.Sources[0].LastErrorCode, store.Sources[0].ConsecutiveFailures));
        Assert.Empty(store.Warnings);
        await store.HandlersIdle;
        Assert.Equal(["updated b", "updated api-key"], events);
    }

    [Fact]
    public async Task What_leaves_a_file_is_asked_of_the_store_below_before_the_swap_and_not_when_it_is_back()
    {
        var toml = new LiveSource("toml", "a=local; b=local");
        var aws = new LiveRemoteSource("aws", "a=remote; b=remote");
        await using SecretsStore store = Builder().Add(toml).Add(aws).Require("a", "b").Build();
        var events = new List<string>();
        store.Changed += (_, e) => events.Add($"{e}: {e.View.GetString("a")} {e.View.GetString("b")}");
        Assert.Equal((0, SecretsSourceState.NotAsked), (aws.Calls, store.Sources[1].State));

        toml.Content = "b=local";
        await store.RefreshAsync(Token);
        Assert.Equal("a", aws.LastAsked);
        Assert.Equal((1, SecretsSourceState.Loaded, 1), (aws.Calls, store.Sources[1].State, store.Sources[1].Count));

        toml.Content = "";
        await store.RefreshAsync(Token);
        Assert.Equal("a, b", aws.LastAsked);

        toml.Content = "a=local; b=local";
        await store.RefreshAsync(Token);
        Assert.Equal((2, SecretsSourceState.NotAsked), (aws.Calls, store.Sources[1].State));
        await store.HandlersIdle;
        Assert.Equal(["updated a: remote local", "updated b: remote remote", "updated a, b: local local"], events);
    }

    [Fact]
    public async Task A_source_that_is_made_of_others_is_made_when_it_is_needed_and_once()
    {
        int made = 0;
        var toml = new LiveSource("toml", "token=t; a=local");
        var vault = new LiveRemoteSource("vault", "a=remote");
        await using SecretsStore store = Builder().Add(toml).Add(view =>
        {
            made++;
            Assert.Equal("t", view.GetString("token"));
            return vault;
        }, o => o.Name = "vault").Require("a").Build();
        Assert.Equal(0, made);
        toml.Content = "token=t";
        await store.RefreshAsync(Token);
        await store.RefreshAsync(Token);

        Assert.Equal("remote", store.GetString("a"));
        Assert.Equal((1, 2), (made, vault.Calls));
        Assert.DoesNotContain("token", store.Unread);
    }

    [Fact]
    public async Task A_source_that_is_made_of_others_is_made_anew_where_they_changed()
    {
        var made = new List<string>();
        var toml = new LiveSource("toml", "token=t1");
        var vault = new LiveRemoteSource("vault", "a=1");
        await using SecretsStore store = Builder().Add(toml).Add(view =>
        {
            made.Add(view.GetString("token"));
            vault.Content = view.GetString("token") == "t1" ? "a=1" : "a=2";
            return vault;
        }, o => o.Name = "vault").Build();
        await store.RefreshAsync(Token);
        Assert.Equal("1", store.GetString("a"));

        toml.Content = "token=t2";
        await store.RefreshAsync(Token);
        await store.RefreshAsync(Token);

        Assert.Equal("2", store.GetString("a"));
        Assert.Equal(["t1", "t2"], made);
        Assert.NotNull(vault.Requests[^1].Previous);
    }

    [Fact]
    public async Task A_source_that_cannot_be_made_anew_serves_what_it_last_gave_until_it_can()
    {
        var toml = new LiveSource("toml", "token=t1");
        var vault = new LiveRemoteSource("vault", "a=1");
        await using SecretsStore store = Builder().Add(toml).Add(view => view.GetString("token").Length > 0 ? vault : null!, o => o.Name = "vault").Build();
        toml.Content = "";
        SecretNotFoundException failure = await Assert.ThrowsAsync<SecretNotFoundException>(() => store.RefreshAsync(Token));
        Assert.Equal(["token"], failure.Paths);
        Assert.Equal(("1", SecretsSourceState.Degraded, 1), (store.GetString("a"), store.Sources[1].State, vault.Calls));

        toml.Content = "token=t2";
        await store.RefreshAsync(Token);

        Assert.Equal((SecretsSourceState.Loaded, 2), (store.Sources[1].State, vault.Calls));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_source_holds_from_load_to_load_is_given_up_with_the_store(bool isAwaited)
    {
        var first = new HeldState();
        var second = new HeldState();
        var vault = new LiveRemoteSource("vault") { Answer = r => new SecretsBatch([]) { State = r.Previous is null ? first : second } };
        SecretsStore store = Builder().Add(vault).Add(new LiveSource("broken") { Answer = _ => new SecretsBatch([]) { State = new HeldState(fails: true) } }).Build();
        await store.RefreshAsync(Token);
        if (isAwaited)
        {
            await store.DisposeAsync();
            Assert.True(second.Disposed.IsCompleted);
        }
        else
        {
            store.Dispose();
        }

        await second.Disposed.WaitAsync(Token);
        Assert.False(first.Disposed.IsCompleted);
    }

    [Fact]
    public async Task What_a_source_holds_is_given_up_where_the_build_fails()
    {
        var held = new HeldState();
        SecretsBuilder builder = Builder().Add(new LiveRemoteSource("vault") { Answer = _ => new SecretsBatch([]) { State = held } }).Require("a");
        await Assert.ThrowsAsync<SecretNotFoundException>(() => builder.BuildAsync(Token));
        Assert.True(held.Disposed.IsCompleted);
    }

    [Fact]
    public async Task What_a_refresh_brings_that_ends_after_the_store_is_given_up()
    {
        var held = new HeldState();
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var vault = new LiveRemoteSource("vault", "!Unavailable");
        SecretsStore store = Builder().Add(vault, o => o.Tolerate(SecretsErrorCode.Unavailable)).Build();
        vault.Before = _ =>
        {
            begun.SetResult();
            return goOn.Task;
        };
        vault.Answer = _ => new SecretsBatch([]) { State = held };
        Task refresh = store.RefreshAsync(Token);
        await begun.Task;
        ValueTask disposal = store.DisposeAsync();
        goOn.SetResult();
        await disposal;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => refresh);
        Assert.True(held.Disposed.IsCompleted);
    }

    [Fact]
    public async Task Variables_are_read_again()
    {
        var block = new FakeEnvironmentBlock(("DB_PASSWORD", "1"));
        await using SecretsStore store = Engine.Builder(_clock, block).AddEnvironment().Require("db.password").Build();
        var events = new List<string>();
        store.Changed += (_, e) => events.Add(e.ToString());
        SecretsView before = store.Current;
        await store.RefreshAsync(Token);
        Assert.Same(before, store.Current);
        block["DB_PASSWORD"] = "2";
        Assert.Equal("1", store.GetString("db.password"));
        await store.RefreshAsync(Token);
        Assert.Equal("2", store.GetString("db.password"));
        block["DB_PASSWORD"] = null;
        await store.RefreshAsync(Token);

        Assert.Equal("2", store.GetString("db.password"));
        Assert.Equal(SecretsSourceState.Degraded, store.Sources[0].State);
        await store.HandlersIdle;
        Assert.Equal(["updated db.password"], events);
    }

    [Fact]
    public async Task Events_come_after_the_swap_one_for_each_state_in_order()
    {
        var source = new LiveSource("test", "n=0");
        await using SecretsStore store = Builder().Add(source).Build();
        var seen = new List<string>();
        store.Changed += (sender, e) =>
        {
            Assert.Same(store, sender);
            seen.Add("1:" + e.PreviousView!.GetString("n") + e.View.GetString("n"));
        };
        store.Changed += (_, _) => throw new InvalidOperationException("its secret");
        store.Changed += (_, e) => seen.Add("2:" + e.View.GetString("n"));
        using IDisposable subscription = store.OnChange("n", e => seen.Add("3:" + e.View.GetString("n")));
        for (int i = 1; i <= 2; i++)
        {
            source.Content = "n=" + i.ToString(CultureInfo.InvariantCulture);
            await store.RefreshAsync(Token);
            await store.RefreshAsync(Token);
        }

        await store.HandlersIdle;
        Assert.Equal(["1:01", "2:1", "3:1", "1:12", "2:2", "3:2"], seen);
        Assert.Equal(SecretsWarningCode.HandlerFailed, Assert.Single(store.Warnings).Code);
    }

    [Fact]
    public async Task A_section_hears_of_its_descendants_until_it_is_disposed()
    {
        var source = new LiveSource("test", "Data_Base.user=1; other=1");
        await using SecretsStore store = Builder().Add(source).Build();
        var seen = new List<string>();
        IDisposable subscription = store.OnChange("database", e => seen.Add($"{e}: {e.PreviousSection?.Count} {e.Section?.Count}"), fireNow: true);
        using IDisposable nothing = store.OnChange("nothing", e => seen.Add("nothing " + e), fireNow: true);
        source.Content = "Data_Base.user=2; Data_Base.password=1; other=2";
        await store.RefreshAsync(Token);
        source.Content = "other=3";
        await store.RefreshAsync(Token);
        await store.HandlersIdle;
        subscription.Dispose();
        source.Content = "database.user=3";
        await store.RefreshAsync(Token);
        await store.HandlersIdle;

        Assert.Equal(
            [
                "added Data_Base.user:  1",
                "nothing ",
                "added Data_Base.password; updated Data_Base.user: 1 2",
                "removed Data_Base.user, Data_Base.password: 2 ",
            ],
            seen);
        Assert.Throws<ArgumentException>("path", () => store.OnChange("a..b", _ => { }));
        Assert.Throws<ArgumentNullException>(() => store.OnChange("a", null!));
    }

    [Theory]
    // Three sources, of which the second supplies the path; who was read 60, 30 and 0 seconds ago; whom a limit asks.
    [InlineData("a", 100, "")]
    [InlineData("a", 60, "")]
    [InlineData("a", 45, "one")]
    [InlineData("a", 10, "one two")]
    [InlineData("one", 10, "one")]
    [InlineData("three", 10, "one two")]
    // All are asked for a section, and for what is nowhere.
    [InlineData("s", 10, "one two")]
    [InlineData("nothing", 10, "one two")]
    [InlineData("nothing", 100, "")]
    public async Task A_value_is_asked_of_the_sources_at_or_above_its_own_that_are_older(string path, int maxAge, string asked)
    {
        LiveSource[] sources = [new("one", "one=1"), new("two", "a=2; s.x=1"), new("three", "a=3; three=3; s.y=1"), new("four", "four=4")];
        int[] intervals = [1000, 30, 60, 59];
        SecretsBuilder builder = Builder();
        for (int i = 0; i < 4; i++)
        {
            TimeSpan interval = TimeSpan.FromSeconds(intervals[i]);
            builder.Add(sources[i], o => o.RefreshInterval = interval);
        }

        await using SecretsStore store = builder.Build();
        await PassAsync(store, 31);
        sources[1].Content = "!Unavailable";
        await PassAsync(store, 29);
        sources[1].Content = "a=2; s.x=1";
        int[] before = [.. sources.Select(s => s.Calls)];

        Exception? failure = await Record.ExceptionAsync(() => store.GetFreshAsync(path, TimeSpan.FromSeconds(maxAge), Token));

        Assert.Equal(path == "nothing", failure is SecretNotFoundException);
        Assert.Equal(asked, string.Join(' ', sources.Where((s, i) => s.Calls > before[i]).Select(s => s.Name)));
        Assert.All(sources.Select((s, i) => s.Calls - before[i]), n => Assert.InRange(n, 0, 1));
    }

    [Fact]
    public async Task A_value_that_moves_down_is_asked_of_the_source_that_has_it_now()
    {
        var one = new LiveSource("one", "a=1");
        var two = new LiveSource("two", "a=2");
        await using SecretsStore store = Builder().Add(one).Add(two).Build();
        await PassAsync(store, 10);
        (one.Content, two.Content) = ("", "a=3");

        Assert.Equal("3", (await store.GetFreshAsync("a", TimeSpan.FromSeconds(5), Token)).Reveal());
        Assert.Equal((2, 2), (one.Calls, two.Calls));
        Assert.Equal("3", (await store.GetFreshAsync("a", TimeSpan.Zero, Token)).Reveal());
        Assert.Equal((3, 3), (one.Calls, two.Calls));
    }

    [Fact]
    public async Task A_failure_is_said_where_an_older_value_was_not_asked_for()
    {
        var one = new LiveSource("one", "a=1; b=1");
        await using SecretsStore store = Builder().Add(one).Build();
        await PassAsync(store, 1);
        one.Content = "!Unavailable";
        Assert.Equal("1", (await store.GetFreshAsync("a", TimeSpan.FromSeconds(1), Token)).Reveal());
        Assert.Equal(SecretsErrorCode.Unavailable, (await Assert.ThrowsAsync<SecretsSourceException>(() => store.GetFreshAsync("a", TimeSpan.Zero, Token))).Code);
        Assert.Equal("1", store.GetString("a"));

        // One secret of many: only who asks for it is told.
        one.Content = "a=2; b=!AccessDenied";
        await PassAsync(store, 10);
        Assert.Equal("2", (await store.GetFreshAsync("a", TimeSpan.Zero, Token)).Reveal());
        Assert.Equal("1", (await store.GetFreshAsync("b", TimeSpan.FromSeconds(60), Token)).Reveal());
        Assert.Equal(SecretsErrorCode.AccessDenied, (await Assert.ThrowsAsync<SecretsSourceException>(() => store.GetFreshAsync("b", TimeSpan.Zero, Token))).Code);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.GetFreshAsync("a", TimeSpan.FromSeconds(-1), Token));
        await Assert.ThrowsAsync<ArgumentException>("path", () => store.GetFreshAsync("a..b", TimeSpan.Zero, Token));
        await PassAsync(store, 0.1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.GetFreshAsync("a", TimeSpan.Zero, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_source_that_was_not_asked_is_not_asked_for_a_value()
    {
        var toml = new LiveSource("toml", "a=1");
        var aws = new LiveRemoteSource("aws", "b=1");
        await using SecretsStore store = Builder().Add(toml).Add(aws).Require("a").Build();
        await PassAsync(store, 10);
        await Assert.ThrowsAsync<SecretNotFoundException>(() => store.GetFreshAsync("b", TimeSpan.Zero, Token));

        Assert.Equal((2, 0), (toml.Calls, aws.Calls));
    }

    [Fact]
    public async Task A_read_of_what_is_old_begins_one_refresh_and_does_not_wait_for_it()
    {
        var source = new LiveSource("test", "a=1");
        SecretsBuilder builder = Builder();
        builder.RefreshReadsOlderThan = TimeSpan.FromSeconds(60);
        await using SecretsStore store = builder.Add(source).Build();
        var end = new TaskCompletionSource();
        source.Before = _ => end.Task;
        source.Content = "a=2";
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("1", store.GetString("a"));
        Assert.True(store.Idle.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Parallel.For(0, 100, _ => Assert.Equal("1", store.GetString("a")));
        Task refresh = store.Idle;
        Assert.False(refresh.IsCompleted);
        end.SetResult();
        await refresh;

        Assert.Equal("2", store.GetString("a"));
        Assert.Equal(2, source.Calls);
        _ = store.Current.GetString("a");
        _clock.Advance(TimeSpan.FromSeconds(61));
        _ = store.Current.GetString("a");
        Assert.True(store.Idle.IsCompleted);
        _ = store["a"];
        await store.Idle;
        Assert.Equal(3, source.Calls);
    }

    [Theory]
    // How far the wall clock is set while 61 seconds pass.
    [InlineData(0)]
    [InlineData(-30)]
    [InlineData(-7200)]
    [InlineData(7200)]
    public async Task A_read_of_what_is_old_is_noticed_by_either_clock(int offset)
    {
        var source = new LiveSource("test", "a=1");
        SecretsBuilder builder = Builder();
        builder.RefreshReadsOlderThan = TimeSpan.FromSeconds(60);
        await using SecretsStore store = builder.Add(source).Build();
        _clock.WallClockOffset = TimeSpan.FromSeconds(offset);
        _clock.Advance(TimeSpan.FromSeconds(61));
        _ = store["a"];
        await store.Idle;

        Assert.Equal(2, source.Calls);
    }

    [Fact]
    public async Task Reads_look_at_no_age_unless_they_are_told_to_nor_at_one_that_a_refresh_has_just_ended()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Builder().Add(source).Build();
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("1", store.GetString("a"));
        Assert.True(store.Idle.IsCompleted);

        SecretsBuilder builder = Builder();
        builder.RefreshReadsOlderThan = TimeSpan.FromSeconds(60);
        await using SecretsStore looking = builder.Add(source).Build();
        _clock.Advance(TimeSpan.FromSeconds(59));
        await looking.RefreshAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("1", looking.GetString("a"));
        Assert.True(looking.Idle.IsCompleted);
        Assert.Equal(3, source.Calls);
        Assert.Throws<ArgumentOutOfRangeException>(() => Builder().RefreshReadsOlderThan = TimeSpan.Zero);
    }

    [Fact]
    public async Task Unread_names_what_nobody_has_read_whatever_the_snapshot()
    {
        var source = new LiveSource("test", "a=1; s.b=1; s.c=[x, y]; d=1; e=!AccessDenied");
        await using SecretsStore store = Builder().Add(source, o => o.ExportToEnvironment = true).Build();
        _ = store.Select(e => e.Value.ToString()).ToList();
        _ = store["a"];
        _ = store.TryGetValue("d", out _);
        _ = store.Explain("a");
        Assert.Equal(["a", "d", "e", "s.b", "s.c"], store.Unread.Order(StringComparer.Ordinal));
        _ = store.GetString("a");
        _ = store.Section("s")["c"][0].Reveal();
        source.Content = "a=2; s.b=1; s.c=[x, z]; d=1; e=!AccessDenied; f=1";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        Assert.Equal(["d", "e", "f", "s.b"], store.Unread.Order(StringComparer.Ordinal));
        _ = Record.Exception(() => store["e"].Reveal());
        _ = store["d"] == "x";
        _ = store.Section("s").Get<string>("b");
        source.Content = "a=2";
        await store.RefreshAsync(Token);

        Assert.Empty(store.Unread);

        // One that was gone and is back has not been read since.
        source.Content = "a=2; d=1";
        await store.RefreshAsync(Token);
        Assert.Equal(["d"], store.Unread);
    }

    [Fact]
    public async Task The_environment_follows_each_refresh_exactly()
    {
        _block["b"] = "original";
        var source = new LiveSource("test", "a=1; b=1; s.c=1");
        SecretsStore store = Builder().Add(source, o => o.ExportToEnvironment = true).Build();
        Assert.Equal(("1", "1", null), (_block["a"], _block["b"], _block["c"]));
        source.Content = "a=2; d=2";
        await store.RefreshAsync(Token);
        Assert.Equal(("2", "original", "2"), (_block["a"], _block["b"], _block["d"]));
        int writes = _block.Writes.Count;
        await store.RefreshAsync(Token);
        Assert.Equal(writes, _block.Writes.Count);
        source.Content = "!Unavailable";
        _ = await Record.ExceptionAsync(() => store.RefreshAsync(Token));
        Assert.Equal("2", _block["a"]);
        source.Content = "";
        await store.RefreshAsync(Token);
        Assert.Equal((null, "original", null), (_block["a"], _block["b"], _block["d"]));
        source.Content = "b=3";
        await store.RefreshAsync(Token);
        await store.DisposeAsync();

        Assert.Equal((null, "original"), (_block["a"], _block["b"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refresh_that_ends_after_disposal_serves_and_exports_nothing(bool isAsync)
    {
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var source = new LiveSource("test", "a=1");
        SecretsStore store = Builder().Add(source, o => o.ExportToEnvironment = true).Build();
        bool isTold = false;
        store.Changed += (_, _) => isTold = true;
        source.Before = _ =>
        {
            // It does not listen to its token.
            begun.SetResult();
            return end.Task;
        };
        source.Content = "a=2; b=2";
        Task refresh = store.RefreshAsync(Token);
        await begun.Task;
        Task disposal = isAsync ? store.DisposeAsync().AsTask() : Task.CompletedTask;
        store.Dispose();
        Assert.Equal(!isAsync, disposal.IsCompleted);
        Assert.Null(_block["a"]);
        end.SetResult();
        await disposal;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => refresh);

        await store.HandlersIdle;
        Assert.False(isTold);
        Assert.Equal((null, null), (_block["a"], _block["b"]));
        Assert.Equal("1", store.GetString("a"));
        Assert.Equal(0, _clock.LiveTimers);
    }

    [Fact]
    public async Task After_disposal_nothing_is_asked_and_nobody_is_told()
    {
        var source = new LiveSource("test", "a=1");
        SecretsBuilder builder = Builder();
        builder.RefreshReadsOlderThan = TimeSpan.FromSeconds(1);
        SecretsStore store = builder.Add(source, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Build();
        bool isTold = false;
        using IDisposable subscription = store.OnChange("a", _ => isTold = true);
        store.Dispose();
        source.Content = "a=2";
        _clock.Advance(TimeSpan.FromDays(1));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.RefreshAsync(Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.GetFreshAsync("a", TimeSpan.FromDays(2), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ReportRejectedAsync("a", "1", Token));
        Assert.Throws<ObjectDisposedException>(() => store.OnChange("a", _ => { }));
        await store.HandlersIdle;
        Assert.False(isTold);
        Assert.Equal("1", store.GetString("a"));
        Assert.True(store.Idle.IsCompleted);
        Assert.Equal((1, 0), (source.Calls, _clock.LiveTimers));
        Assert.Equal(SecretsSourceState.Loaded, store.Sources[0].State);
    }

    [Fact]
    public async Task Many_readers_see_no_section_that_is_torn()
    {
        var source = new LiveSource("test", "db.user=0; db.password=0");
        await using SecretsStore store = Builder().Add(source).Build();
        using var stopping = new CancellationTokenSource();
        var torn = new ConcurrentBag<string>();
        long reads = 0;
        using var ready = new CountdownEvent(4);
        Task[] readers =
        [
            .. Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(
                () =>
                {
                    ready.Signal();
                    for (long last = 0; !stopping.IsCancellationRequested;)
                    {
                        SecretsView view = i % 2 == 0 ? store.Section("db") : store.Current.Section("db");
                        (string user, string password) = (view.GetString("user"), view["password"].Reveal());
                        long now = long.Parse(user, CultureInfo.InvariantCulture);
                        if (user != password || now < last)
                        {
                            torn.Add($"{last} {user} {password}");
                        }

                        last = now;
                        Interlocked.Increment(ref reads);
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)),
        ];
        ready.Wait(Token);
        for (int i = 1; i <= 1000; i++)
        {
            source.Content = string.Create(CultureInfo.InvariantCulture, $"db.user={i}; db.password={i}");
            await store.RefreshAsync(Token);
        }

        await stopping.CancelAsync();
        await Task.WhenAll(readers);

        Assert.Empty(torn);
        Assert.True(reads > 0);
        Assert.Equal("1000", store.GetString("db.user"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_the_end_is_what_the_sources_have(int seed)
    {
        var random = new Random(seed);
        LiveSource[] sources = [new LiveSource("toml"), new LiveRemoteSource("aws"), new LiveSignal("files"), new LiveRemoteSource("vault")];
        SecretsBuilder builder = Builder().AddVariables("K0_X=env");
        foreach (LiveSource source in sources)
        {
            source.Content = RandomContent(random, source.Name, 0);
            builder.Add(source, o =>
            {
                o.RefreshInterval = TimeSpan.FromSeconds(1 + random.Next(5));
                o.MaxStaleness = TimeSpan.FromSeconds(20);
                o.WhenStale = (StalePolicy)random.Next(2);
                o.ExportToEnvironment = source.Name == "toml";
            });
        }

        await using SecretsStore store = builder.Watch().Build();
        SecretsView? last = null;
        var states = new ConcurrentDictionary<SecretsView, int>(ReferenceEqualityComparer.Instance);
        store.Changed += (_, e) =>
        {
            states.AddOrUpdate(e.View, 1, (_, n) => n + 1);
            last = e.View;
        };
        using var stopping = new CancellationTokenSource();
        Task readers = Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Factory.StartNew(
            () =>
            {
                while (!stopping.IsCancellationRequested)
                {
                    SecretsView view = store.Current;
                    foreach (string key in Keys)
                    {
                        // The two parts of each value were written together, and belong together whoever supplies them.
                        if (view.TryGetValue(key, out SecretValue? value) && value.Kind == SecretKind.Array)
                        {
                            Assert.Equal(value[0].Reveal(), value[1].Reveal());
                        }
                    }

                    _ = store.Sources.ToString();
                    _ = store.Warnings.Count + store.Unread.Count;
                }
            },
            stopping.Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        for (int step = 1; step <= 300; step++)
        {
            LiveSource source = sources[random.Next(sources.Length)];
            source.Content = random.Next(4) == 0 ? "!" + (SecretsErrorCode)random.Next(6) : RandomContent(random, source.Name, step);
            switch (random.Next(5))
            {
                case 0:
                    _ = await Record.ExceptionAsync(() => store.RefreshAsync(Token));
                    break;
                case 1:
                    _ = Record.ExceptionAsync(() => store.RefreshAsync(Token)).AsTask();
                    break;
                case 2:
                    ((LiveSignal)sources[2]).Signal();
                    break;
                case 3:
                    await _clock.AdvanceAsync(TimeSpan.FromSeconds(random.Next(10)), store);
                    break;
                default:
                    _ = await Record.ExceptionAsync(async () => await store.GetFreshAsync(Keys[random.Next(Keys.Length)], TimeSpan.FromSeconds(1), Token));
                    break;
            }
        }

        foreach (LiveSource source in sources)
        {
            source.Content = RandomContent(random, source.Name, 1000);
        }

        // What remote stores no longer have leaves with the second load.
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(10), store);
        await store.RefreshAsync(Token);
        await store.HandlersIdle;
        await stopping.CancelAsync();
        await readers;
        Assert.Equal(Anew(sources), Sorted(store));
        Assert.All(store.Sources, s => Assert.Equal((SecretsSourceState.Loaded, 0, null), (s.State, s.ConsecutiveFailures, s.LastErrorCode)));
        Assert.Equal(Sorted(last!), Sorted(store));
        Assert.All(states, s => Assert.Equal(1, s.Value));
        Assert.DoesNotContain(store.Warnings, w => w.Code == SecretsWarningCode.HandlerFailed);
        foreach (string key in Keys.Append("name"))
        {
            SecretValue? value = store.TryGetValue(key, out SecretValue? found) ? found : null;
            Assert.Equal(value is { Kind: SecretKind.String, Origin.SourceName: "toml" } ? value.Reveal() : null, _block[key]);
        }

        await store.DisposeAsync();
        Assert.Equal(0, _clock.LiveTimers);
    }

    private static string Sorted(SecretsView view) => string.Join("; ", Chains.Show(view).Split("; ").Order(StringComparer.Ordinal));

    private static string Anew(LiveSource[] sources)
    {
        SecretsBuilder builder = Engine.Builder(new ManualTimeProvider()).AddVariables("K0_X=env");
        foreach (LiveSource source in sources)
        {
            builder.Add(source);
        }

        using SecretsStore store = builder.Build();
        return Sorted(store);
    }

    private static string RandomContent(Random random, string name, int step) => string.Create(CultureInfo.InvariantCulture, $"name={name}{step}; ")
        + string.Join("; ", Keys.Where(_ => random.Next(3) > 0).Select(key => step < 1000 && random.Next(8) == 0
            ? key + "=!AccessDenied"
            : string.Create(CultureInfo.InvariantCulture, $"{key}=[{name}{step}, {name}{step}]")));
}
