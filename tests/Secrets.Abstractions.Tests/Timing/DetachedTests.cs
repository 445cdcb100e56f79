using Secrets.Timing;

namespace Secrets.Tests.Timing;

public class DetachedTests
{
    private static readonly AsyncLocal<string?> Request = new();

    [Fact]
    public async Task Nothing_of_the_caller_flows_into_what_is_started()
    {
        Request.Value = "a request";
        var context = new SynchronizationContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        Task<string?> started;
        try
        {
            started = Detached.Start(() => Detached.Start(() =>
            {
                Assert.Null(SynchronizationContext.Current);
                return Task.Run<string?>(() => Request.Value);
            }));
            Assert.Same(context, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Null(await started);
        Assert.Equal("a request", Request.Value);
        Assert.Equal("a request", await Task.Run(() => Request.Value, TestContext.Current.CancellationToken));
        Assert.False(ExecutionContext.IsFlowSuppressed());
    }

    [Fact]
    public void A_failure_leaves_nothing_behind()
    {
        Assert.Throws<InvalidOperationException>(() => Detached.Start<int>(() => throw new InvalidOperationException()));
        Assert.False(ExecutionContext.IsFlowSuppressed());
    }
}
