using Secrets.Tests.Fakes;
using Secrets.Timing;

namespace Secrets.Tests.Timing;

public class DueTimerTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(60, 60)]
    // A wait that is longer is looked at on the way: the wall clock may say that it is over.
    [InlineData(3600, 60)]
    [InlineData(86_400, 864)]
    [InlineData(86_400 * 365, 86_400)]
    public async Task It_fires_at_the_first_time_or_before(double seconds, double fires)
    {
        int fired = 0;
        await using var timer = new DueTimer(_clock, () => fired++);
        timer.Set(_ => Schedule.Shorter(TimeSpan.FromDays(400), TimeSpan.FromSeconds(seconds)));

        Assert.Equal(TimeSpan.FromSeconds(fires), _clock.NextDue);
        _clock.Advance(TimeSpan.FromSeconds(fires));
        Assert.Equal(1, fired);
    }

    [Fact]
    public async Task It_needs_no_timer_where_nothing_is_due_and_leaves_none()
    {
        var timer = new DueTimer(_clock, () => { });
        timer.Set(_ => null);
        Assert.Equal(0, _clock.LiveTimers);
        timer.Set(_ => TimeSpan.FromSeconds(1));
        timer.Set(_ => null);
        Assert.Null(_clock.NextDue);

        await timer.DisposeAsync();
        timer.Set(_ => TimeSpan.FromSeconds(1));
        Assert.Equal(0, _clock.LiveTimers);
    }
}
