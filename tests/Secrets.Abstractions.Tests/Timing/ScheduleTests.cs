using Secrets.Timing;

namespace Secrets.Tests.Timing;

public class ScheduleTests
{
    [Theory]
    [InlineData(null, 0.5, null)]
    [InlineData(100.0, 0.5, 100.0)]
    [InlineData(100.0, 0.0, 90.0)]
    [InlineData(100.0, 1.0, 110.0)]
    [InlineData(0.25, 0.5, 0.25)]
    public void An_interval_varies_by_a_tenth(double? wait, double random, double? expected) =>
        Assert.Equal(Seconds(expected), new Schedule(() => random).Vary(Seconds(wait)));

    [Theory]
    [InlineData(50.0, 0.5, 50.0)]
    [InlineData(50.0, 1.0, 55.0)]
    // A batch cannot make a loop without a pause.
    [InlineData(0.0, 0.5, 1.0)]
    [InlineData(-5.0, 0.5, 1.0)]
    public void What_a_batch_asks_for_is_a_second_at_least(double wait, double random, double expected) =>
        Assert.Equal(Seconds(expected), new Schedule(() => random).ByBatch(Seconds(wait)));

    [Theory]
    [InlineData(0.0, 198.0)]
    [InlineData(0.5, 190.0)]
    [InlineData(1.0, 182.0)]
    public void A_source_is_read_before_its_values_become_stale(double random, double expected) =>
        Assert.Equal(expected, new Schedule(() => random).BeforeStale(TimeSpan.FromSeconds(200))!.Value.TotalSeconds, precision: 3);

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
        Assert.Equal(TimeSpan.FromSeconds(seconds), new Schedule(() => 0.5).RetryDelay(failures));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 0.9), new Schedule(() => 0).RetryDelay(failures));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 1.1), new Schedule(() => 1).RetryDelay(failures));
    }

    [Theory]
    // What the batch asked for, how often it failed since, and the wait without variation.
    [InlineData(null, 1, 5.0)]
    [InlineData(null, 2, 10.0)]
    [InlineData(null, 3, 20.0)]
    [InlineData(null, 4, 30.0)]
    [InlineData(null, int.MaxValue, 30.0)]
    [InlineData(4.0, 1, 1.0)]
    [InlineData(4.0, 3, 4.0)]
    [InlineData(1.0, 1, 1.0)]
    [InlineData(12.0, 1, 3.0)]
    [InlineData(3600.0, 1, 5.0)]
    [InlineData(4.0, 100, 30.0)]
    public void While_something_dies_no_wait_is_longer_than_thirty_seconds(double? byBatch, int failures, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), new Schedule(() => 0).UrgentRetryDelay(failures, Seconds(byBatch)));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 0.8), new Schedule(() => 1).UrgentRetryDelay(failures, Seconds(byBatch)));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(0.0, 1)]
    [InlineData(90.0, 90)]
    [InlineData(1e6, 3600)]
    public void A_server_may_ask_for_up_to_an_hour(double? retryAfter, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Schedule.MinRetryDelay(Seconds(retryAfter)));

    [Fact]
    public void Never_can_be_said()
    {
        var schedule = new Schedule(() => 1);

        Assert.InRange(schedule.Vary(TimeSpan.MaxValue)!.Value, TimeSpan.FromDays(300), TimeSpan.FromDays(500));
        Assert.InRange(schedule.ByBatch(TimeSpan.MaxValue)!.Value, TimeSpan.FromDays(300), TimeSpan.FromDays(500));
        Assert.InRange(schedule.BeforeStale(TimeSpan.MaxValue)!.Value, TimeSpan.FromDays(300), TimeSpan.FromDays(500));
        Assert.Equal(TimeSpan.FromSeconds(5), new Schedule(() => 0).UrgentRetryDelay(1, TimeSpan.MaxValue));
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is null ? null : TimeSpan.FromSeconds(seconds.Value);
}
