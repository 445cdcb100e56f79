using Secrets.Tests.Fakes;

namespace Secrets.Vault.Tests;

public sealed class LifetimeTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void It_passes_with_time()
    {
        var life = new Lifetime(TimeSpan.FromMinutes(3), _clock);
        Assert.Equal(TimeSpan.FromMinutes(2), life.Until(2.0 / 3));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(life.IsPast(0.6));
        Assert.Equal((TimeSpan.FromMinutes(1), false), (life.Left, life.IsOver));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(life.IsOver && life.IsOverForCertain);
    }

    [Fact]
    public void A_wall_clock_that_is_set_forward_makes_it_due_and_not_over_for_certain()
    {
        var life = new Lifetime(TimeSpan.FromMinutes(3), _clock);
        _clock.WallClockOffset = TimeSpan.FromHours(2);
        Assert.True(life.IsOver && life.IsPast(0.6) && !life.IsOverForCertain);
    }

    [Fact]
    public void A_wall_clock_that_is_set_back_changes_nothing()
    {
        var life = new Lifetime(TimeSpan.FromMinutes(3), _clock);
        _clock.WallClockOffset = TimeSpan.FromHours(-2);
        Assert.Equal(TimeSpan.FromMinutes(3), life.Left);
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(life.IsOver);
    }
}
