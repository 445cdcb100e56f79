using Microsoft.Extensions.Configuration;
using Secrets.Hosting.Configuration;
using Secrets.Redaction;

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
        return configuration.GetDebugView(entry => ShowsSecret(entry.ConfigurationProvider, entry.Path) ? Redactor.Mask : entry.Value ?? "");
    }

    private static bool ShowsSecret(IConfigurationProvider provider, string path) => provider switch
    {
        SecretsConfigurationProvider => true,
        ChainedConfigurationProvider { Configuration: IConfigurationRoot inner } =>
            inner.Providers.LastOrDefault(p => p.TryGet(path, out _)) is { } supplier && ShowsSecret(supplier, path),

        // A section does not tell whose values it shows.
        ChainedConfigurationProvider => true,
        _ => false,
    };
}
