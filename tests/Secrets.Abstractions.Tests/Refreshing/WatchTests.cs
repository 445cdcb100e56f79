using Secrets.Loading;
using Secrets.Merging;
using Secrets.Refreshing;
using Secrets.Tests.Fakes;
using Secrets.Timing;

namespace Secrets.Tests.Refreshing;

public sealed class WatchTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly LiveSignal _signal = new("files", "a=1");
    private readonly List<string> _reports = [];
    private readonly List<TimeSpan> _loads = [];
    private readonly CancellationTokenSource _stopping = new();
    private LoadedSource _loaded = Engine.Loaded("a=1");
    private SourceSlot _slot = null!;
    private Task _present = Task.CompletedTask;
    private Func<Task> _refresh = () => Task.CompletedTask;
    private Action _onLoad = () => { };

    public void Dispose() => _stopping.Dispose();

    private (Watch Watch, Task Running) Start()
    {
        var entry = new ChainEntry("files", Engine.SourceOptions(), _signal);
        var schedule = new Schedule(() => 0.5);
        _slot = new SourceSlot(entry, new LoadedSource("files", 0, _signal)).After(_loaded, Moment.Now(_clock), schedule);
        var watch = new Watch(
            _signal,
            () => _slot,
            () => _present,
            () =>
            {
                _loads.Add(_clock.Elapsed);
                _onLoad();
                _slot = _slot.After(_loaded, Moment.Now(_clock), schedule);
                return _refresh();
            },
            failure => _reports.AddRange(failure is null ? [] : [failure.GetType().Name]),
            schedule,
            _clock);
        return (watch, watch.RunAsync(_stopping.Token));
    }

    private string Loads => string.Join(' ', _loads.Select(l => l.TotalSeconds));

    [Fact]
    public async Task A_signal_leads_to_a_load_and_a_new_wait_with_what_it_gave()
    {
        (Watch watch, Task running) = Start();
        Assert.True(watch.Idle.IsCompletedSuccessfully);
        Assert.Equal([_loaded.Batch], _signal.Waits);
        SecretsBatch first = _loaded.Batch!;
        _loaded = Engine.Loaded("a=2");
        _signal.Signal();
        await watch.Idle;

        Assert.Equal([first, _loaded.Batch], _signal.Waits);
        Assert.Equal("0", Loads);
        await _stopping.CancelAsync();
        await running;
        Assert.Equal(0, _clock.LiveTimers);
    }

    [Fact]
    public async Task After_a_failed_load_it_tries_again_soon_however_often()
    {
        (Watch watch, Task running) = Start();
        LoadedSource good = _loaded;
        _loaded = good with { Failure = Engine.Failure() };
        _signal.Waiting = _ => Task.CompletedTask;
        _signal.Signal();
        for (int i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal("0 5 10 15 20 25", Loads);
        _loaded = Engine.Loaded("a=2");
        _signal.Waiting = null;
        _clock.Advance(TimeSpan.FromSeconds(5));
        _signal.Signal();
        await watch.Idle;

        Assert.Equal("0 5 10 15 20 25 30", Loads);
        Assert.Equal(0, _clock.LiveTimers);
        await _stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_signal_that_throws_is_reported_and_asked_again_ever_later()
    {
        _signal.Waiting = _ => throw new IOException("secret");
        (_, Task running) = Start();
        Assert.Equal(["IOException"], _reports);
        for (int i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // At 0, 5, 15 and 35 seconds.
        Assert.Equal(4, _reports.Count);
        Assert.Equal("", Loads);
        _signal.Waiting = null;
        _clock.Advance(TimeSpan.FromMinutes(5));
        _onLoad = () => _loaded = Engine.Loaded("a=2");
        _signal.Signal();

        Assert.Single(_loads);
        await _stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_signal_that_never_rests_and_brings_nothing_is_slowed_down()
    {
        (_, Task running) = Start();
        _signal.Waiting = _ => Task.CompletedTask;
        _signal.Signal();
        for (int i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("0 0 5 15 35", Loads);
        await _stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Signals_that_come_now_and_then_are_followed_at_once_even_if_they_bring_nothing()
    {
        (Watch watch, Task running) = Start();
        for (int i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            _signal.Signal();
            await watch.Idle;
        }

        Assert.Equal("2 4 6 8 10", Loads);
        await _stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task While_changed_content_has_not_come_to_rest_it_waits()
    {
        _signal.SettleTime = TimeSpan.FromSeconds(2);
        (Watch watch, Task running) = Start();
        LoadedSource good = _loaded;
        _loaded = good with { UnconfirmedChange = new LoadResult(Engine.Failure()), ConfirmationDelay = _signal.SettleTime };
        _signal.Signal();
        Assert.Single(_signal.Waits);
        _loaded = Engine.Loaded("a=2");
        _slot = _slot.After(_loaded, Moment.Now(_clock), new Schedule(() => 0.5));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await watch.Idle;

        Assert.Equal([good.Batch, _loaded.Batch], _signal.Waits);
        await _stopping.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_goes_on_with_what_the_second_look_finds_even_where_that_takes_longer(bool isFailing)
    {
        _signal.SettleTime = TimeSpan.FromSeconds(2);
        (Watch watch, Task running) = Start();
        LoadedSource good = _loaded;
        _loaded = good with { UnconfirmedChange = new LoadResult(Engine.Failure()), ConfirmationDelay = _signal.SettleTime };
        _signal.Signal();
        var look = new TaskCompletionSource();
        _present = look.Task;
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((false, 0), (watch.Idle.IsCompleted, _clock.LiveTimers));
        _slot = _slot.After(good, Moment.Now(_clock), new Schedule(() => 0.5));
        _ = isFailing ? look.TrySetException(new IOException()) : look.TrySetResult();
        await watch.Idle;

        Assert.Equal([good.Batch, good.Batch], _signal.Waits);
        Assert.Equal(("0", 0), (Loads, _reports.Count));
        await _stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_refresh_that_fails_does_not_end_it()
    {
        (_, Task running) = Start();
        _refresh = () => throw new InvalidOperationException();
        _signal.Signal();
        _refresh = () => Task.CompletedTask;
        _clock.Advance(TimeSpan.FromSeconds(5));
        _signal.Signal();

        Assert.Equal(["InvalidOperationException"], _reports);
        Assert.Equal("0 5", Loads);
        await _stopping.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancellation_ends_it_whatever_the_source_does(bool isPatient)
    {
        if (isPatient)
        {
            _signal.Waiting = async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token).ContinueWith(_ => { }, TaskScheduler.Default);
                throw new IOException();
            };
        }

        (Watch watch, Task running) = Start();
        await _stopping.CancelAsync();

        await running;
        await watch.Idle;
        Assert.Empty(_reports);
        Assert.Equal(0, _clock.LiveTimers);
    }
}
