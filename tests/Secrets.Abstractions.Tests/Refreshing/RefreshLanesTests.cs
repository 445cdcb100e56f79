using Secrets.Refreshing;
using Secrets.Tests.Fakes;
using Secrets.Timing;

namespace Secrets.Tests.Refreshing;

public class RefreshLanesTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<RefreshRun> _started = [];
    private readonly RefreshLanes _lanes;

    public RefreshLanesTests() => _lanes = new RefreshLanes(3, _started.Add);

    [Fact]
    public void Who_asks_before_a_load_reads_joins_it()
    {
        RefreshRun first = Request(0)[0];
        RefreshRun second = Request(0, isRequested: true, new SecretPath("a"))[0];

        Assert.Same(first, second);
        Assert.Equal([first], _started);
        Assert.True(first.IsRequested);
        Assert.Equal([new SecretPath("a")], first.Rejected);
    }

    [Fact]
    public void Who_asks_after_a_load_began_to_read_shares_the_next()
    {
        RefreshRun first = Begin(Request(0)[0]);
        RefreshRun second = Request(0)[0], third = Request(0)[0];
        Assert.NotSame(first, second);
        Assert.Same(second, third);
        Assert.Equal([first], _started);

        _lanes.End(first);
        Assert.Equal([first, second], _started);
        Begin(second);
        Assert.NotSame(second, Request(0)[0]);
    }

    [Fact]
    public void Sources_do_not_wait_for_each_other()
    {
        RefreshRun hanging = Begin(Request(0)[0]);
        IReadOnlyList<RefreshRun> all = Request([0, 1, 2]);

        Assert.Equal([hanging, all[1], all[2]], _started);
        Assert.Equal([all[0], all[1], all[2]], all[1].Group.Runs);
        Assert.Same(hanging, _lanes.UnderWay(0));
        Assert.Null(_lanes.UnderWay(1));
        Assert.Equal((true, true), (_lanes.IsBusy(0), _lanes.IsBusy(1)));
    }

    [Fact]
    public void The_present_load_ends_when_it_is_served()
    {
        Assert.True(_lanes.Present(0).IsCompletedSuccessfully);
        RefreshRun run = Request(0)[0];
        Assert.Same(run.Done, _lanes.Present(0));
        _lanes.End(run);
        Assert.True(_lanes.Present(0).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Idle_ends_with_the_last_result_that_is_served()
    {
        Assert.True(_lanes.Idle.IsCompletedSuccessfully);
        RefreshRun first = Begin(Request(0)[0]), second = Request(1)[0];
        Task idle = _lanes.Idle;
        _lanes.End(first);
        first.End(failure: null);
        Assert.False(idle.IsCompleted);
        second.End(failure: null);

        await idle;
        _lanes.Close(first);
        _lanes.Close(second);
        Assert.True(_lanes.Idle.IsCompletedSuccessfully);
        Assert.False(_lanes.IsBusy(0));
    }

    private RefreshRun Begin(RefreshRun run)
    {
        _lanes.Begin(run, Moment.Now(_clock));
        return run;
    }

    private IReadOnlyList<RefreshRun> Request(int rank, bool isRequested = false, params SecretPath[] rejected) =>
        _lanes.Request([rank], new RefreshGroup(_clock), isRequested, rejected);

    private IReadOnlyList<RefreshRun> Request(int[] ranks) => _lanes.Request(ranks, new RefreshGroup(_clock), isRequested: false, []);
}
