using Secrets.TestServers.Hosting;

namespace Secrets.TestServers;

public sealed class CallGateTests
{
    [Fact]
    public async Task Calls_wait_until_enough_are_there_and_then_all_pass()
    {
        var gate = new CallGate(2, c => c.Path == "/a");
        Assert.True(gate.PassAsync(Call("/b"), CancellationToken.None).IsCompleted);
        Task first = gate.PassAsync(Call("/a"), CancellationToken.None);
        Assert.False(first.IsCompleted);
        await gate.PassAsync(Call("/a"), CancellationToken.None);
        await first;
        await gate.PassAsync(Call("/a"), CancellationToken.None);
    }

    [Fact]
    public async Task A_call_that_is_given_up_waits_no_longer()
    {
        using var ended = new CancellationTokenSource();
        Task waiting = new CallGate(2, when: null).PassAsync(Call("/a"), ended.Token);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static ServerCall Call(string path) => new() { Number = 1, Method = "GET", Target = path, Headers = new Dictionary<string, string>(), Body = [] };
}
