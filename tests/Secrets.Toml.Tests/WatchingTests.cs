using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

/// <summary>Watching end to end: files and directories that change under a store, with a clock that the test moves.</summary>
public sealed class WatchingTests : IDisposable
{
    // Longer than a poll and the rest after it; after a failure, longer than the wait until the next try.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

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

    [Fact]
    public async Task Nothing_is_left_running_after_disposal()
    {
        _workspace.WriteProject("a = \"1\"");
        SecretsStore store = Watch();
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

    private SecretsStore Watch()
    {
        SecretsBuilder builder = _workspace.Chain().Watch();
        builder.TimeProvider = _time;
        return builder.Build();
    }
}
