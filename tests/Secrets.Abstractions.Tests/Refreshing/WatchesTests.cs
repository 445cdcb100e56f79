using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>A source that is created from others is watched from its creation on, and after each further one.</summary>
public class WatchesTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly LiveSource _names = new("names");
    private readonly Dictionary<string, LiveSource> _created = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_that_is_created_by_a_refresh_is_watched()
    {
        LiveSignal files = Signal("files", "a=1");
        await using SecretsStore store = Build();
        Assert.Equal(SecretsSourceState.Failed, store.Sources[1].State);
        _names.Content = "name=files";
        await store.RefreshAsync(Token);
        await store.Idle;
        Assert.Equal("1", store.GetString("a"));
        files.Content = "a=2";
        files.Signal();
        await store.Idle;

        Assert.Equal("2", store.GetString("a"));
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public async Task A_source_that_is_asked_for_the_first_time_by_a_refresh_is_watched()
    {
        LiveSignal files = Signal("files", "a=1");
        _names.Content = "name=files; a=0";
        await using SecretsStore store = Build("a");
        Assert.Equal(SecretsSourceState.NotAsked, store.Sources[1].State);
        _names.Content = "name=files";
        await store.RefreshAsync(Token);
        await store.Idle;
        files.Content = "a=2";
        files.Signal();
        await store.Idle;

        Assert.Equal("2", store.GetString("a"));
    }

    [Fact]
    public async Task A_source_that_is_created_again_is_watched_in_place_of_the_one_before()
    {
        LiveSignal first = Signal("first", "a=1"), second = Signal("second", "a=2");
        _names.Content = "name=first";
        await using SecretsStore store = Build();
        await store.Idle;
        _names.Content = "name=second";
        await store.RefreshAsync(Token);
        await store.Idle;
        Assert.Equal("2", store.GetString("a"));
        second.Content = "a=3";
        second.Signal();
        await store.Idle;
        Assert.Equal("3", store.GetString("a"));

        // The first is left alone.
        int calls = second.Calls;
        first.Signal();
        await store.Idle;
        Assert.Equal((1, calls), (first.Waits.Count, second.Calls));
    }

    [Fact]
    public async Task A_source_without_signals_takes_the_place_of_one_with_them_and_back()
    {
        Signal("first", "a=1").Waiting = _ => throw new IOException("It cannot be watched.");
        _created["second"] = new LiveSource("second", "a=2");
        LiveSignal third = Signal("third", "a=3");
        third.SettleTime = TimeSpan.FromSeconds(2);
        _names.Content = "name=first";
        await using SecretsStore store = Build();
        await store.Idle;
        Assert.Equal(SecretsWarningCode.RefreshFailed, Assert.Single(store.Warnings).Code);
        _names.Content = "name=second";
        await store.RefreshAsync(Token);
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(1), store);
        Assert.Equal("2", store.GetString("a"));
        Assert.Empty(store.Warnings);
        _names.Content = "name=third";
        await _clock.RefreshAsync(store, Token);
        await store.Idle;
        Assert.Equal("3", store.GetString("a"));
        third.Content = "a=4";
        third.Signal();
        await store.Idle;
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(2), store);

        Assert.Equal("4", store.GetString("a"));
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public async Task A_change_that_must_settle_replaces_a_source_that_has_no_signals()
    {
        _created["first"] = new LiveSource("first", "a=1");
        Signal("second", "a=2").SettleTime = TimeSpan.FromSeconds(2);
        _names.Content = "name=first";
        await using SecretsStore store = Engine.Builder(_clock)
            .Add(_names, o => o.RefreshInterval = TimeSpan.FromSeconds(10))
            .Add(view => _created[view.GetString("name")], o => o.RefreshInterval = TimeSpan.FromSeconds(10))
            .Build();
        _names.Content = "name=second";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(30), store);

        Assert.Equal("2", store.GetString("a"));
    }

    [Fact]
    public async Task Disposal_ends_the_watches_of_all_sources_that_were_created()
    {
        LiveSignal first = Signal("first", "a=1"), second = Signal("second", "a=2");
        _names.Content = "name=first";
        SecretsStore store = Build();
        await store.Idle;
        _names.Content = "name=second";
        await store.RefreshAsync(Token);
        await store.Idle;
        await store.DisposeAsync();

        Assert.Equal(0, _clock.LiveTimers);
        (first.Content, second.Content) = ("a=3", "a=4");
        first.Signal();
        second.Signal();
        Assert.Equal((1, 1), (first.Calls, second.Calls));
    }

    private LiveSignal Signal(string name, string content)
    {
        var signal = new LiveSignal(name, content);
        _created[name] = signal;
        return signal;
    }

    private SecretsStore Build(params string[] required) => Engine.Builder(_clock)
        .Add(_names)
        .Add(view => _created[view.GetString("name")], o => o.Tolerate(SecretsErrorCode.NotFound))
        .Require(required)
        .Watch()
        .Build();
}
