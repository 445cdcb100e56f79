using Secrets.Tests.Fakes;
using Secrets.Timing;

namespace Secrets.Tests.Timing;

public class MomentTests
{
    [Theory]
    // What timers count, how far the wall clock is set meanwhile, and the time that has passed.
    [InlineData(10, 0, 10)]
    [InlineData(10, 7200, 7210)]
    [InlineData(10, -7200, 10)]
    [InlineData(0, -5, 0)]
    public void Time_has_passed_when_either_clock_says_so(int seconds, int offset, int passed)
    {
        var clock = new ManualTimeProvider();
        Moment start = Moment.Now(clock);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        clock.WallClockOffset = TimeSpan.FromSeconds(offset);

        Assert.Equal(TimeSpan.FromSeconds(passed), Moment.Now(clock).Since(start));
    }

    [Theory]
    [InlineData(0, 60, false)]
    [InlineData(59, 1, false)]
    [InlineData(60, 0, true)]
    [InlineData(90, 0, true)]
    public void A_wait_is_over_at_its_end(int seconds, int left, bool isOver)
    {
        var clock = new ManualTimeProvider();
        var due = new Due(Moment.Now(clock), TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(seconds));
        Moment now = Moment.Now(clock);

        Assert.Equal((TimeSpan.FromSeconds(left), isOver), (due.LeftAt(now), due.IsOverAt(now)));
    }
}
