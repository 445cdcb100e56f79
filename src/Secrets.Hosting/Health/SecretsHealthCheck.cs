using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Secrets.Hosting.Lifetime;
using Secrets.Hosting.OptionsBinding;

namespace Secrets.Hosting.Health;

/// <summary>Reports what the last loads of the host's stores said. It asks no store.</summary>
internal sealed class SecretsHealthCheck(IServiceProvider provider) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var rows = new Dictionary<string, object>(StringComparer.Ordinal);
        HealthStatus worst = HealthStatus.Healthy;
        foreach (HostedStoreKey hosted in provider.GetServices<HostedStoreKey>())
        {
            foreach (SecretsSourceStatus source in HostedStore.Of(provider, hosted.Key).Sources)
            {
                rows[hosted.Key is null ? source.Name : $"{hosted.Key}: {source.Name}"] = Describe(source);
                worst = Worse(worst, StatusOf(source));
            }
        }

        foreach ((string options, string code) in provider.GetService<RejectedOptions>()?.All ?? [])
        {
            rows[options] = $"keeps its last value: {code}";
            worst = Worse(worst, HealthStatus.Degraded);
        }

        HealthStatus reported = worst == HealthStatus.Unhealthy ? context.Registration.FailureStatus : worst;
        string description = string.Join("; ", rows.Select(row => $"{row.Key}: {row.Value}"));
        return Task.FromResult(new HealthCheckResult(reported, description, exception: null, rows));
    }

    private static HealthStatus StatusOf(SecretsSourceStatus source) => source.State switch
    {
        SecretsSourceState.Stale when source.FailsWhenStale => HealthStatus.Unhealthy,
        SecretsSourceState.Stale or SecretsSourceState.Degraded or SecretsSourceState.Failed => HealthStatus.Degraded,
        _ => HealthStatus.Healthy,
    };

    // HealthStatus counts from Unhealthy (0) up to Healthy (2).
    private static HealthStatus Worse(HealthStatus one, HealthStatus other) => one < other ? one : other;

    private static string Describe(SecretsSourceStatus source) => string.Create(
        CultureInfo.InvariantCulture,
        $"{source.State}{(source.LastErrorCode is { } code ? $" ({code})" : "")}{(source.Age is { } age ? $", read {age.TotalSeconds:0} s ago" : "")}");
}
