using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Secrets.Testing;

namespace Secrets.Hosting.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_host_reports_through_its_own_meter_and_names_sources_and_codes_alone()
    {
        string canary = new Canary().Value, name = "source-" + Guid.NewGuid().ToString("N");
        var exported = new List<Metric>();
        using MeterProvider meters = Sdk.CreateMeterProviderBuilder().AddMeter(SecretsTelemetry.MeterName).AddInMemoryExporter(exported).Build();
        HostApplicationBuilder builder = Hosts.Builder();
        FakeSource source = Hosts.Source(("a", canary));
        SecretsStore store = await builder.AddSecretsAsync(c => c.Watch(false).Add(source, o => o.Name = name), cancellationToken: Hosts.Token);
        using IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);

        source.Set("a", canary + "2");
        await store.RefreshAsync(Hosts.Token);
        source.Fail();
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Hosts.Token));
        meters.ForceFlush();

        var points = new List<(string Metric, string Tags)>();
        foreach (Metric metric in exported)
        {
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                var tags = new List<string>();
                foreach (KeyValuePair<string, object?> tag in point.Tags)
                {
                    tags.Add($"{tag.Key}={tag.Value}");
                }

                points.Add((metric.Name, string.Join(",", tags.Order(StringComparer.Ordinal))));
            }
        }

        string own = $"secrets.source={name}", failed = $"error.type=Unavailable,{own}";
        Assert.Equal(
            [
                ("secrets.refreshes", failed), ("secrets.refreshes", own), ("secrets.snapshot.age", own),
                ("secrets.source.load.duration", failed), ("secrets.source.load.duration", own),
            ],
            points.Where(p => p.Tags.Contains(name, StringComparison.Ordinal)).Order());
        Assert.All(points, p => Assert.DoesNotContain(canary, p.Tags, StringComparison.Ordinal));
    }
}
