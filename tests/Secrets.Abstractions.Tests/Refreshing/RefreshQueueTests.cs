using Secrets.Refreshing;

namespace Secrets.Tests.Refreshing;

public class RefreshQueueTests
{
    private readonly List<string> _runs = [];
    private readonly Queue<TaskCompletionSource<string>> _open = new();

    private RefreshQueue<string> Queue(int runs)
    {
        for (int i = 0; i < runs; i++)
        {
            _open.Enqueue(new TaskCompletionSource<string>());
        }

        TaskCompletionSource<string>[] ends = [.. _open];
        int run = 0;
        return new RefreshQueue<string>(ranks =>
        {
            lock (_runs)
            {
                _runs.Add(string.Join(',', ranks.Order()));
            }

            return ends[run++].Task;
        });
    }

    [Fact]
    public async Task A_hundred_callers_share_one_refresh()
    {
        RefreshQueue<string> queue = Queue(1);
        Task<string>[] calls = [.. Enumerable.Range(0, 100).AsParallel().Select(_ => queue.RequestAsync([0, 1]))];
        _open.Dequeue().SetResult("done");

        Assert.Equal(Enumerable.Repeat("done", 100), await Task.WhenAll(calls));
        Assert.Equal(["0,1"], _runs);
    }

    [Fact]
    public async Task Who_asks_for_less_joins_and_who_asks_for_more_shares_the_next()
    {
        RefreshQueue<string> queue = Queue(2);
        Task<string> first = queue.RequestAsync([0, 1]);
        Task<string> less = queue.RequestAsync([1]);
        Task<string> nothing = queue.RequestAsync([]);
        Task<string> other = queue.RequestAsync([2]);
        Task<string> another = queue.RequestAsync([1, 3]);
        Assert.Same(first, less);
        Assert.Same(first, nothing);
        Assert.Same(other, another);

        _open.Dequeue().SetResult("first");
        Assert.Equal("first", await first);
        Assert.False(other.IsCompleted);
        _open.Dequeue().SetResult("second");

        Assert.Equal("second", await other);
        Assert.Equal(["0,1", "1,2,3"], _runs);
    }

    [Fact]
    public async Task Who_asks_after_the_end_gets_another()
    {
        RefreshQueue<string> queue = Queue(2);
        Task<string> first = queue.RequestAsync([0]);
        _open.Dequeue().SetResult("first");
        await first;
        Task<string> second = queue.RequestAsync([0]);
        _open.Dequeue().SetResult("second");

        Assert.Equal("second", await second);
    }

    [Fact]
    public async Task A_failure_is_its_callers_and_the_next_runs()
    {
        RefreshQueue<string> queue = Queue(2);
        Task<string> first = queue.RequestAsync([0]);
        Task<string> second = queue.RequestAsync([1]);
        _open.Dequeue().SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        _open.Dequeue().SetResult("second");

        Assert.Equal("second", await second);
        await queue.Idle;
    }

    [Fact]
    public async Task Idle_ends_with_the_last()
    {
        RefreshQueue<string> queue = Queue(2);
        Assert.True(queue.Idle.IsCompletedSuccessfully);
        Task<string> first = queue.RequestAsync([0]);
        _ = queue.RequestAsync([1]);
        Task idle = queue.Idle;
        _open.Dequeue().SetResult("");
        await first;
        Assert.False(idle.IsCompleted);
        _open.Dequeue().SetResult("");

        await idle;
        Assert.Equal(2, _runs.Count);
    }

    [Fact]
    public async Task A_refresh_belongs_to_the_pool_not_to_its_caller()
    {
        var caller = new AsyncLocal<string?> { Value = "caller" };
        (bool IsPool, string? Value, SynchronizationContext? Context) seen = default;
        var blocked = new ManualResetEventSlim();
        var queue = new RefreshQueue<int>(_ =>
        {
            seen = (Thread.CurrentThread.IsThreadPoolThread, caller.Value, SynchronizationContext.Current);
            blocked.Set();
            return Task.FromResult(0);
        });

        Task<int> call = queue.RequestAsync([0]);
        blocked.Wait(TestContext.Current.CancellationToken);

        await call;
        Assert.Equal((true, null, null), seen);
    }
}
