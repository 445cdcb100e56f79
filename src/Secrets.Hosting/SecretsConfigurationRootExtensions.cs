using Microsoft.Extensions.Configuration;
using Secrets.Hosting.Configuration;

namespace Secrets;

/// <summary>Shows a configuration without its secrets.</summary>
public static class SecretsConfigurationRootExtensions
{
    /// <summary>Lists every key of a configuration with its provider, as <c>GetDebugView</c> does; values that come from a store are <c>***</c>.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The list. Values of other providers stand there as they are.</returns>
    public static string GetMaskedDebugView(this IConfigurationRoot configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.GetDebugView(entry => entry.ConfigurationProvider is SecretsConfigurationProvider ? Redaction.Redaction.Mask : entry.Value ?? "");
    }
}
