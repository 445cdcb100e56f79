using Secrets.Refreshing;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class RefreshGroupTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task It_waits_for_all_of_its_loads()
    {
        (RefreshGroup group, RefreshRun one, RefreshRun two) = Group();
        Task all = group.WaitForAllAsync();
        group.OnCommitted(one);
        Assert.False(all.IsCompleted);
        Assert.True(one.Committed.IsCompleted);
        group.OnCommitted(two);

        await all;
        Assert.Equal(0, _clock.LiveTimers);
    }

    [Fact]
    public async Task It_waits_a_second_for_one_that_hangs_and_not_again()
    {
        (RefreshGroup group, RefreshRun one, _) = Group();
        group.OnCommitted(one);
        Task all = group.WaitForAllAsync(), others = group.WaitForAsync(run => run != one);
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(all.IsCompleted || others.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await Task.WhenAll(all, others);
        Assert.True(group.WaitForAllAsync().IsCompletedSuccessfully);
        Assert.True(group.WaitForAsync(run => run == one).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Its_waits_end_with_the_store()
    {
        using var stopping = new CancellationTokenSource();
        var group = new RefreshGroup(_clock, stopping.Token);
        group.Add(new RefreshRun(0, group));
        Task all = group.WaitForAllAsync();
        await stopping.CancelAsync();

        await all;
        Assert.Equal(0, _clock.LiveTimers);
    }

    private (RefreshGroup Group, RefreshRun One, RefreshRun Two) Group()
    {
        var group = new RefreshGroup(_clock);
        RefreshRun one = new(0, group), two = new(1, group);
        group.Add(one);
        group.Add(two);
        return (group, one, two);
    }
}
