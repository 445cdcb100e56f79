using Secrets.Merging;
using Secrets.Refreshing;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class ScheduleTests
{
    [Theory]
    // The interval and what the batch says vary by a tenth; the age at which values become stale is never exceeded.
    [InlineData(null, null, null, 0.5, null)]
    [InlineData(100.0, null, null, 0.5, 100.0)]
    [InlineData(100.0, null, null, 0.0, 90.0)]
    [InlineData(100.0, null, null, 1.0, 110.0)]
    [InlineData(null, 50.0, null, 0.5, 50.0)]
    [InlineData(null, 50.0, null, 1.0, 55.0)]
    [InlineData(null, null, 200.0, 0.0, 200.0)]
    [InlineData(null, null, 200.0, 1.0, 180.0)]
    // The first of them counts.
    [InlineData(100.0, 50.0, 200.0, 0.5, 50.0)]
    [InlineData(100.0, 200.0, 50.0, 0.0, 50.0)]
    [InlineData(100.0, 200.0, 300.0, 0.5, 100.0)]
    [InlineData(100.0, null, 100.0, 1.0, 90.0)]
    // A batch cannot make a loop without a pause.
    [InlineData(null, 0.0, null, 0.5, 1.0)]
    [InlineData(null, -5.0, null, 0.5, 1.0)]
    [InlineData(0.25, null, null, 0.5, 0.25)]
    public void After_a_success_the_first_of_its_times_counts(double? interval, double? byBatch, double? staleness, double random, double? expected)
    {
        var loaded = new LoadedSource("test", 0, source: null) { Batch = new SecretsBatch([]) { RefreshAfter = Seconds(byBatch) } };

        TimeSpan? next = new Schedule(() => random).Next(Engine.Policy(Seconds(interval), Seconds(staleness)), loaded, failures: 0);

        Assert.Equal(Seconds(expected), next);
    }

    [Theory]
    [InlineData(1, 5.0)]
    [InlineData(2, 10.0)]
    [InlineData(3, 20.0)]
    [InlineData(6, 160.0)]
    [InlineData(7, 300.0)]
    [InlineData(8, 300.0)]
    [InlineData(int.MaxValue, 300.0)]
    public void After_failures_it_doubles_up_to_five_minutes_give_or_take_a_tenth(int failures, double seconds)
    {
        var loaded = new LoadedSource("test", 0, source: null) { Failure = Engine.Failure() };

        Assert.Equal(TimeSpan.FromSeconds(seconds), new Schedule(() => 0.5).Next(Engine.Policy(TimeSpan.FromDays(1)), loaded, failures));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 0.9), new Schedule(() => 0).Retry(failures));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 1.1), new Schedule(() => 1).Retry(failures));
    }

    [Fact]
    public void What_was_not_asked_is_not_due()
    {
        Assert.Null(new Schedule(() => 0.5).Next(Engine.Policy(TimeSpan.FromSeconds(1)), new LoadedSource("test", 0, source: null), failures: 0));
    }

    [Fact]
    public void Never_can_be_said()
    {
        var loaded = new LoadedSource("test", 0, source: null) { Batch = new SecretsBatch([]) { RefreshAfter = TimeSpan.MaxValue } };

        TimeSpan? next = new Schedule(() => 1).Next(Engine.Policy(TimeSpan.MaxValue, TimeSpan.MaxValue), loaded, failures: 0);

        Assert.InRange(next!.Value, TimeSpan.FromDays(300), TimeSpan.FromDays(500));
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is null ? null : TimeSpan.FromSeconds(seconds.Value);
}
