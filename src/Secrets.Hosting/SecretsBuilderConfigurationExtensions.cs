using Microsoft.Extensions.Configuration;
using Secrets.Hosting.Configuration;

namespace Secrets;

/// <summary>Makes an existing configuration a source of a chain.</summary>
public static class SecretsBuilderConfigurationExtensions
{
    /// <summary>
    /// Adds a configuration, such as one with user secrets, as a local source. The source that was added first wins, so its place in the chain decides, not the order of its providers
    /// alone. What a chain shows in the same configuration is left out, and so are root keys that only environment variables have (<c>PATH</c>).
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">The configuration, or a section of one. It is read at each load; a watched store follows its reload token.</param>
    /// <param name="configure">Sets what every source has, such as its name.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddConfiguration(this SecretsBuilder builder, IConfiguration configuration, Action<SecretsSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);
        return builder.Add(new ChainConfigurationSource(configuration), configure);
    }
}
