using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Secrets.Testing;

namespace Secrets.Hosting.Tests.Lifetime;

public sealed class SecretsHostedServiceTests : IDisposable
{
    private readonly LogList _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task The_log_says_what_was_loaded_what_changed_and_what_is_wrong_without_values()
    {
        string canary = new Canary().Value, rotated = new Canary().Value;
        var builder = Hosts.Builder(_log);
        FakeSource source = Hosts.Source(("a", canary)).Deny("b");
        SecretsStore store = await builder.AddSecretsAsync(c => c.Watch(false).Add(source), cancellationToken: Hosts.Token);
        using IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);

        source.Set("a", rotated);
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Hosts.Token));
        await store.HandlersIdle;

        Assert.Contains(_log.Entries, e => e.Id == 1 && e.Level == LogLevel.Information && e.Text.Contains("fake", StringComparison.Ordinal));
        Assert.Contains(_log.Entries, e => e.Id == 2 && e.Level == LogLevel.Warning && e.Text.StartsWith("Unreadable: b (", StringComparison.Ordinal));
        Assert.Contains(_log.Entries, e => e.Id == 5 && e.Level == LogLevel.Information && e.Text == "Secrets changed: 0 added, 1 updated, 0 removed");
        Assert.All(_log.Entries, e => Assert.DoesNotContain(canary, e.Text, StringComparison.Ordinal));
        Assert.All(_log.Entries, e => Assert.DoesNotContain(rotated, e.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_says_that_a_source_failed_and_that_it_recovered()
    {
        var builder = Hosts.Builder(_log);
        FakeSource source = Hosts.Source(("a", "1"));
        SecretsStore store = await builder.AddSecretsAsync(c => c.Watch(false).Add(source), cancellationToken: Hosts.Token);
        using IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);

        source.Fail();
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Hosts.Token));
        await store.HandlersIdle;
        Assert.Contains(_log.Entries, e => e.Id == 3 && e.Level == LogLevel.Error && e.Text.StartsWith("Source fake failed with Unavailable: ", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Entries, e => e.Id == 4);

        source.Recover();
        await store.RefreshAsync(Hosts.Token);
        await store.HandlersIdle;
        Assert.Contains(_log.Entries, e => e.Id == 4 && e.Level == LogLevel.Information && e.Text.Contains("fake", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_says_that_a_handler_threw_without_its_message_and_the_host_goes_on()
    {
        string canary = new Canary().Value;
        var builder = Hosts.Builder(_log);
        FakeSource source = Hosts.Source(("a", "1"));
        SecretsStore store = await builder.AddSecretsAsync(c => c.Watch(false).Add(source), cancellationToken: Hosts.Token);
        using IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);
        store.Changed += (_, _) => throw new InvalidOperationException(canary);

        foreach (string value in new[] { "2", "3" })
        {
            source.Set("a", value);
            await store.RefreshAsync(Hosts.Token);
            await store.HandlersIdle;
        }

        Assert.Equal("3", store.GetString("a"));
        Assert.Equal("3", builder.Configuration["a"]);
        Assert.Equal(2, _log.Entries.Count(e => e.Id == 5));
        Assert.Contains(_log.Entries, e => e.Id == 2 && e.Level == LogLevel.Warning && e.Text.StartsWith("HandlerFailed: ", StringComparison.Ordinal));
        Assert.All(_log.Entries, e => Assert.DoesNotContain(canary, e.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_log_says_that_the_shutdown_time_ended_before_leases_were_given_back(bool isLeaseHanging)
    {
        var lease = new Lease();
        if (!isLeaseHanging)
        {
            lease.GiveBack();
        }

        var builder = Hosts.Builder(_log);
        await builder.AddSecretsAsync(c => c.Add(new LeasingSource(lease)), cancellationToken: Hosts.Token);
        using IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);
        using var shutdownTime = new CancellationTokenSource();
        if (isLeaseHanging)
        {
            await shutdownTime.CancelAsync();
        }

        await host.StopAsync(shutdownTime.Token);

        await lease.Begun.WaitAsync(Hosts.Token);
        Assert.Equal(isLeaseHanging, _log.Entries.Any(e => e.Id == 8 && e.Level == LogLevel.Warning));
        lease.GiveBack();
    }

    private sealed class LeasingSource(Lease lease) : ISecretsSource
    {
        public string Name => "leasing";

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new SecretsBatch([]) { State = lease });
    }

    /// <summary>A lease that a server takes back when the test says so.</summary>
    private sealed class Lease : IAsyncDisposable
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void GiveBack() => _ended.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            _begun.TrySetResult();
            await _ended.Task;
        }
    }
}
