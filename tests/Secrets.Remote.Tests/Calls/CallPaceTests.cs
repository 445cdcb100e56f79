using Secrets.Tests.Fakes;

namespace Secrets.Remote.Calls;

public sealed class CallPaceTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly LoadTime _time;
    private readonly CallPace _pace = new(8);

    public CallPaceTests()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        _time = new LoadTime(TimeSpan.FromMinutes(1), _clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_calls_are_under_way_at_once_and_the_next_waits()
    {
        for (int i = 0; i < 8; i++)
        {
            await _pace.EnterAsync(_time, Token);
        }

        Task<CallPermit> ninth = _pace.EnterAsync(_time, Token);
        Assert.False(ninth.IsCompleted);
        _pace.Answered(_time);
        await ninth;
    }

    [Fact]
    public async Task A_refusal_halves_the_number_once_for_all_calls_that_began_before()
    {
        CallPermit[] turns = [await _pace.EnterAsync(_time, Token), await _pace.EnterAsync(_time, Token)];
        foreach (CallPermit turn in turns)
        {
            TimeSpan wait = _pace.Throttled(turn, asked: null, new InvalidOperationException(), _time);
            Assert.InRange(wait, TimeSpan.FromMilliseconds(125), TimeSpan.FromMilliseconds(250));
        }

        // Four at once are left.
        for (int i = 0; i < 4; i++)
        {
            await EnterAsync();
        }

        Task<CallPermit> fifth = _pace.EnterAsync(_time, Token);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(fifth.IsCompleted);
        _pace.Abandoned();
        await AdvanceAsync(fifth);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(null)]
    public async Task What_the_server_asks_for_holds_for_every_call_and_never_less_than_the_backoff(int? seconds)
    {
        CallPermit turn = await _pace.EnterAsync(_time, Token);
        TimeSpan wait = _pace.Throttled(turn, seconds is { } asked ? TimeSpan.FromSeconds(asked) : null, new InvalidOperationException(), _time);
        TimeSpan began = _clock.Elapsed;
        await EnterAsync();
        Assert.InRange((_clock.Elapsed - began).TotalMilliseconds, wait.TotalMilliseconds, wait.TotalMilliseconds + 1);
        Assert.True(wait >= TimeSpan.FromSeconds(seconds ?? 0.125));
    }

    [Fact]
    public async Task A_wait_beyond_the_load_s_time_fails_with_its_cause_at_once()
    {
        CallPermit turn = await _pace.EnterAsync(_time, Token);
        _pace.Throttled(turn, TimeSpan.FromMinutes(2), new InvalidTimeZoneException(), _time);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => _pace.EnterAsync(_time, Token));
    }

    [Fact]
    public async Task A_cause_whose_wait_is_over_fails_no_later_call()
    {
        CallPermit turn = await _pace.EnterAsync(_time, Token);
        _pace.Throttled(turn, TimeSpan.FromHours(1), new InvalidTimeZoneException(), _time);
        _clock.Advance(TimeSpan.FromHours(2));
        var later = new LoadTime(TimeSpan.FromMinutes(1), _clock);
        await _pace.EnterAsync(later, Token);
        _pace.Answered(later);

        // The rate is still limited: the next call waits for a time that is longer than what is left of its load.
        _clock.Advance(TimeSpan.FromSeconds(59.9));
        await _pace.EnterAsync(later, Token);
        Task<CallPermit> next = _pace.EnterAsync(later, Token);
        Assert.False(next.IsCompleted);
        await AdvanceAsync(next);
    }

    [Fact]
    public async Task A_store_that_is_out_is_asked_once_a_second_and_by_one_call()
    {
        CallPermit turn = await _pace.EnterAsync(_time, Token);
        Assert.Equal(1, _pace.Lost(turn, asked: null, new InvalidOperationException(), _time));
        for (int losses = 2; losses < 6; losses++)
        {
            TimeSpan began = _clock.Elapsed;
            turn = await EnterAsync();
            Assert.Equal(TimeSpan.FromSeconds(1), _clock.Elapsed - began);
            Assert.False(_pace.EnterAsync(_time, new CancellationToken(canceled: true)).IsCompletedSuccessfully);
            Assert.Equal(losses, _pace.Lost(turn, asked: null, new InvalidOperationException(), _time));
        }
    }

    [Fact]
    public async Task Sixty_calls_under_a_quota_of_ten_a_second_are_done_in_ten_seconds()
    {
        int answered = 0, refused = 0;
        TimeSpan began = _clock.Elapsed;
        long second = -1;
        int used = 0;
        Task[] calls = [.. Enumerable.Range(0, 60).Select(_ => CallAsync())];
        await AdvanceAsync(Task.WhenAll(calls));
        Assert.Equal(60, answered);
        Assert.InRange(_clock.Elapsed - began, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        Assert.True(refused < 60, $"{refused} were refused");

        async Task CallAsync()
        {
            while (true)
            {
                CallPermit turn = await _pace.EnterAsync(_time, Token);
                if ((long)_clock.Elapsed.TotalSeconds is var now && now != second)
                {
                    (second, used) = (now, 0);
                }

                if (++used <= 10)
                {
                    _pace.Answered(_time);
                    answered++;
                    return;
                }

                refused++;
                _pace.Throttled(turn, asked: null, new InvalidOperationException(), _time);
            }
        }
    }

    private async Task<CallPermit> EnterAsync()
    {
        Task<CallPermit> turn = _pace.EnterAsync(_time, Token);
        await AdvanceAsync(turn);
        return await turn;
    }

    private async Task AdvanceAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            if (_clock.NextDue is { } due)
            {
                _clock.Advance(due);
            }

            await Task.Yield();
        }

        await task;
    }
}
