using Secrets.Refreshing;

namespace Secrets.Tests.Refreshing;

public class HandlerQueueTests
{
    private readonly HandlerQueue _queue = new();
    private readonly List<int> _calls = [];

    [Fact]
    public async Task Calls_run_in_order_on_the_pool_and_not_for_their_caller()
    {
        var caller = new AsyncLocal<string?> { Value = "caller" };
        (bool IsPool, string? Value) seen = default;
        for (int i = 0; i < 100; i++)
        {
            int call = i;
            _queue.Post(() =>
            {
                seen = (Thread.CurrentThread.IsThreadPoolThread, caller.Value);
                _calls.Add(call);
            });
        }

        await _queue.Idle;
        Assert.Equal(Enumerable.Range(0, 100), _calls);
        Assert.Equal((true, null), seen);
    }

    [Fact]
    public async Task A_call_that_blocks_keeps_the_newest_thousand_waiting()
    {
        var begun = new TaskCompletionSource();
        using var end = new ManualResetEventSlim();
        _queue.Post(() =>
        {
            begun.SetResult();
            end.Wait();
        });
        await begun.Task;
        for (int i = 0; i < 1500; i++)
        {
            int call = i;
            _queue.Post(() => _calls.Add(call));
        }

        end.Set();
        await _queue.Idle;
        Assert.Equal(Enumerable.Range(500, 1000), _calls);
    }

    [Fact]
    public async Task After_it_is_closed_nothing_starts_and_what_runs_ends()
    {
        var begun = new TaskCompletionSource();
        using var end = new ManualResetEventSlim();
        _queue.Post(() =>
        {
            begun.SetResult();
            end.Wait();
            _calls.Add(1);
        });
        await begun.Task;
        _queue.Post(() => _calls.Add(2));
        _queue.Close();
        _queue.Post(() => _calls.Add(3));
        end.Set();

        await _queue.Idle;
        Assert.Equal([1], _calls);
    }
}
