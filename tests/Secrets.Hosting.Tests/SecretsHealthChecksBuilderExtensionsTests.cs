using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Secrets.Testing;

namespace Secrets.Hosting.Tests;

public sealed class SecretsHealthChecksBuilderExtensionsTests
{
    private readonly FakeTimeProvider _clock = new();

    private async Task<(HealthReportEntry Entry, SecretsStore Store)> CheckAsync(
        FakeSource source, Func<SecretsStore, Task> act, Action<SecretsSourceOptions>? options = null, HealthStatus? failureStatus = null)
    {
        var builder = Hosts.Builder();
        SecretsStore store = await builder.AddSecretsAsync(
            c =>
            {
                c.TimeProvider = _clock;
                c.Watch(false).Add(source, options);
            },
            cancellationToken: Hosts.Token);
        builder.Services.AddHealthChecks().AddSecrets(failureStatus: failureStatus);
        using IHost host = builder.Build();
        await act(store);
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Hosts.Token);
        return (report.Entries["secrets"], store);
    }

    private static async Task RefreshAsync(SecretsStore store) => await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Hosts.Token));

    [Fact]
    public async Task A_loaded_source_is_healthy_with_its_age()
    {
        (HealthReportEntry entry, _) = await CheckAsync(Hosts.Source(("a", "1")), _ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(12));
            return Task.CompletedTask;
        });

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal("Loaded, read 12 s ago", entry.Data["fake"]);
    }

    [Fact]
    public async Task Last_good_values_are_degraded_with_the_code()
    {
        FakeSource source = Hosts.Source(("a", "1"));
        (HealthReportEntry entry, SecretsStore store) = await CheckAsync(source, s =>
        {
            source.Fail();
            _clock.Advance(TimeSpan.FromSeconds(5));
            return RefreshAsync(s);
        });

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.StartsWith("Degraded (Unavailable)", (string)entry.Data["fake"], StringComparison.Ordinal);
        Assert.Equal("1", store.GetString("a"));
    }

    [Theory]
    [InlineData(StalePolicy.Serve, null, HealthStatus.Degraded)]
    [InlineData(StalePolicy.Fail, null, HealthStatus.Unhealthy)]
    [InlineData(StalePolicy.Fail, HealthStatus.Degraded, HealthStatus.Degraded)]
    public async Task Stale_values_are_unhealthy_where_they_fail(StalePolicy policy, HealthStatus? failureStatus, HealthStatus expected)
    {
        FakeSource source = Hosts.Source(("a", "1"));
        (HealthReportEntry entry, _) = await CheckAsync(
            source,
            async s =>
            {
                source.Fail();
                await RefreshAsync(s);
                _clock.Advance(TimeSpan.FromMinutes(2));
            },
            o => (o.MaxStaleness, o.WhenStale) = (TimeSpan.FromMinutes(1), policy),
            failureStatus);

        Assert.Equal(expected, entry.Status);
    }

    [Fact]
    public async Task A_tolerated_failure_of_the_first_load_is_degraded()
    {
        (HealthReportEntry entry, _) = await CheckAsync(
            Hosts.Source().Fail(), _ => Task.CompletedTask, o => o.Tolerate(SecretsErrorCode.Unavailable));

        Assert.Equal(HealthStatus.Degraded, entry.Status);
    }

    [Fact]
    public async Task The_check_never_contacts_a_store()
    {
        FakeSource source = Hosts.Source(("a", "1"));

        await CheckAsync(source, _ => Task.CompletedTask);

        Assert.Equal(1, source.Loads);
    }
}
