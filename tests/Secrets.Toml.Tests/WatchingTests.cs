using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

/// <summary>Watching end to end: files and directories that change under a store, with a clock that the test moves.</summary>
public sealed class WatchingTests : IDisposable
{
    // Longer than a poll and the second look, a poll later; after a failure, longer than the wait until the next try.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(15);

    private readonly Workspace _workspace = new();

    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_file_that_is_replaced_is_read_again()
    {
        _workspace.WriteProject("a = \"1\"");
        await using SecretsStore store = Watch();
        string next = _workspace.Write("home/project/.secrets/next.toml", "a = \"2\"");
        File.Move(next, Path.Combine(_workspace.Project, ".secrets", "secrets.toml"), overwrite: true);
        await _time.AdvanceAsync(Poll, store);
        Assert.Equal("2", store.GetString("a"));
    }

    [Fact]
    public async Task A_file_that_appears_after_the_start_is_read()
    {
        await using SecretsStore store = Watch();
        Assert.False(store.ContainsKey("a"));
        _workspace.WriteProject("a = \"1\"");
        await _time.AdvanceAsync(Poll, store);
        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public async Task A_file_that_is_deleted_and_made_again_is_followed()
    {
        string file = _workspace.WriteProject("a = \"1\"");
        await using SecretsStore store = Watch();
        File.Delete(file);
        await _time.AdvanceAsync(Poll, store);
        Assert.False(store.ContainsKey("a"));
        _workspace.WriteProject("a = \"2\"");
        await _time.AdvanceAsync(Poll, store);
        Assert.Equal("2", store.GetString("a"));
    }

    [Fact]
    public async Task A_file_that_is_malformed_for_a_while_keeps_the_last_good_values_and_is_seen_to_fail()
    {
        _workspace.WriteProject("a = \"1\"");
        await using SecretsStore store = Watch();
        _workspace.WriteProject("a = \"");
        await _time.AdvanceAsync(Poll, store);
        Assert.Equal("1", store.GetString("a"));
        Assert.Equal((SecretsSourceState.Degraded, SecretsErrorCode.InvalidFormat), (store.Sources[0].State, store.Sources[0].LastErrorCode));

        _workspace.WriteProject("a = \"2\"");
        await _time.AdvanceAsync(Retry, store);
        Assert.Equal(("2", SecretsSourceState.Loaded), (store.GetString("a"), store.Sources[0].State));
    }

    [Fact]
    public async Task Two_changes_within_one_tick_of_the_file_system_are_both_seen()
    {
        string file = _workspace.WriteProject("a = \"1\"");
        DateTime written = File.GetLastWriteTimeUtc(file);
        await using SecretsStore store = Watch();
        _workspace.WriteProject("a = \"2\"");
        File.SetLastWriteTimeUtc(file, written);
        await _time.AdvanceAsync(Poll, store);
        Assert.Equal("2", store.GetString("a"));
    }

    [Fact]
    public async Task The_exported_environment_follows()
    {
        _workspace.WriteProject("a = \"1\"\nb = \"1\"");
        _workspace.Environment["b"] = "original";
        await using (SecretsStore store = Watch())
        {
            Assert.Equal("a=1 b=1", _workspace.Environment.ToString());
            _workspace.WriteProject("a = \"2\"\nc = \"1\"");
            await _time.AdvanceAsync(Poll, store);
            Assert.Equal("a=2 b=original c=1", _workspace.Environment.ToString());
        }

        Assert.Equal("b=original", _workspace.Environment.ToString());
    }

    [Fact]
    public async Task A_directory_is_watched_too()
    {
        _workspace.Write("mounted/token", "1");
        await using SecretsStore store = new SecretsBuilder { TimeProvider = _time }.AddDirectory(Path.Combine(_workspace.Root, "mounted")).Watch().Build();
        _workspace.Write("mounted/token", "2");
        await _time.AdvanceAsync(Poll, store);
        Assert.Equal("2", store.GetString("token"));
    }

    [Theory]
    // A file that is truncated, and written so many seconds later, is never seen empty: a poll is 2 seconds.
    [InlineData("a = \"1\"", "", "a = \"2\"", 0.3)]
    [InlineData("a = \"1\"", "", "a = \"2\"", 1.9)]
    [InlineData("a = \"1\"", "# a comment", "a = \"2\"", 0.3)]
    [InlineData("a = \"1\"", "a = \"", "a = \"2\"", 0.3)]
    [InlineData("a = \"1\"", "b = \"1\"", "a = \"2\"", 0.3)]
    [InlineData("a = \"1\"", null, "a = \"2\"", 0.3)]
    public async Task A_file_is_not_served_while_it_is_written(string before, string? meanwhile, string after, double seconds)
    {
        string file = _workspace.WriteProject(before);
        await using SecretsStore store = Watch();
        var seen = new List<string>();
        store.Changed += (_, e) => seen.Add(e.ToString());

        // At each moment between two looks once.
        for (int offset = 0; offset < 21; offset++)
        {
            await _time.AdvanceAsync(TimeSpan.FromSeconds(offset * 0.1), store);
            Write(file, meanwhile);
            for (int step = 0; step < seconds * 10; step++)
            {
                await _time.AdvanceAsync(TimeSpan.FromSeconds(0.1), store);
                Assert.Equal("1", store.GetString("a"));
                Assert.Equal(SecretsSourceState.Loaded, store.Sources[0].State);
            }

            Write(file, after);
            await _time.AdvanceAsync(Poll * 2, store);
            Assert.Equal("2", store.GetString("a"));
            Write(file, before);
            await _time.AdvanceAsync(Poll * 2, store);
            Assert.Equal("1", store.GetString("a"));
        }

        Assert.Equal(Enumerable.Repeat("updated a", 42), seen);
    }

    [Fact]
    public async Task A_mounted_file_is_not_served_while_it_is_written()
    {
        string file = _workspace.Write("mounted/token", "1");
        await using SecretsStore store = new SecretsBuilder { TimeProvider = _time }.AddDirectory(Path.Combine(_workspace.Root, "mounted")).Watch().Build();
        for (int step = 0; step < 40; step++)
        {
            Write(file, step % 4 == 0 ? "" : "1");
            await _time.AdvanceAsync(TimeSpan.FromSeconds(0.3), store);
            Assert.Equal("1", store.GetString("token"));
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("a = \"2\"", true)]
    public async Task A_refresh_that_the_program_asks_for_looks_twice_a_tenth_of_a_second_apart(string content, bool isServed)
    {
        string file = _workspace.WriteProject("a = \"1\"");
        SecretsBuilder builder = _workspace.Chain();
        builder.TimeProvider = _time;
        await using SecretsStore store = builder.Build();
        Write(file, content);
        Task refresh = store.RefreshAsync(TestContext.Current.CancellationToken);
        await SecondLookAsync();
        Assert.Equal("1", store.GetString("a"));
        if (!isServed)
        {
            Write(file, "a = \"2\"");
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await SecondLookAsync();
            Assert.Equal("1", store.GetString("a"));
        }

        _time.Advance(TimeSpan.FromMilliseconds(100));
        await refresh;
        Assert.Equal("2", store.GetString("a"));

        // What has not changed is looked at once.
        await store.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _time.LiveTimers);

        async Task SecondLookAsync()
        {
            while (_time.NextDue != TimeSpan.FromMilliseconds(100))
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Nothing_is_left_running_after_disposal()
    {
        _workspace.WriteProject("a = \"1\"");
        SecretsStore store = Watch();
        await store.Idle;
        Assert.True(_time.LiveTimers > 0);
        await store.DisposeAsync();
        Assert.Equal(0, _time.LiveTimers);
        _workspace.WriteProject("a = \"2\"");
        _time.Advance(Retry);
        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public async Task Nothing_is_watched_unless_told()
    {
        _workspace.WriteProject("a = \"1\"");
        SecretsBuilder builder = _workspace.Chain();
        builder.TimeProvider = _time;
        await using SecretsStore store = builder.Build();
        Assert.Equal(0, _time.LiveTimers);
    }

    private static void Write(string file, string? content)
    {
        if (content is null)
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllText(file, content);
        }
    }

    private SecretsStore Watch()
    {
        SecretsBuilder builder = _workspace.Chain().Watch();
        builder.TimeProvider = _time;
        return builder.Build();
    }
}
