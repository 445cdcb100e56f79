using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Secrets.Hosting.Health;

namespace Secrets;

/// <summary>Adds the health of the secrets to a host's health checks.</summary>
public static class SecretsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds one check with a row for each source of each store. A source that failed makes it degraded: the last good values are served, or the failure was tolerated. Options
    /// whose new value was rejected do too. A source that is stale under <see cref="StalePolicy.Fail"/> makes it unhealthy. The check contacts no store.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What an unhealthy store counts as; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to filter checks by; <see langword="null"/> for none.</param>
    /// <param name="timeout">How long the check may take; <see langword="null"/> for no limit. It answers from memory.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddSecrets(
        this IHealthChecksBuilder builder,
        string name = "secrets",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, provider => new SecretsHealthCheck(provider), failureStatus, tags, timeout));
    }
}
