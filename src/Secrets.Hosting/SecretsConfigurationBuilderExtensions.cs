using Microsoft.Extensions.Configuration;
using Secrets.Hosting.Configuration;

namespace Secrets;

/// <summary>Shows a store through <c>IConfiguration</c>.</summary>
public static class SecretsConfigurationBuilderExtensions
{
    /// <summary>
    /// Adds a store as a configuration provider: <c>configuration["database:password"]</c> gives the secret <c>database.password</c>, and reload tokens fire after each change.
    /// As the provider that was added last, it wins over all others. The caller disposes the store; neither the configuration nor its providers do.
    /// </summary>
    /// <remarks>
    /// The values are plain text there. A secret that cannot be read throws when its key is read, and never gives way to a lower provider; it is not listed.
    /// Variables that <see cref="SecretsBuilder.AddEnvironment"/> merely answers for are not shown: <c>IConfiguration</c> has a provider of its own for them.
    /// </remarks>
    /// <param name="builder">A configuration builder or manager.</param>
    /// <param name="store">The store.</param>
    /// <param name="exposedPaths">The paths that are shown, each with what is below it; none shows everything.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">A text is not a path.</exception>
    public static IConfigurationBuilder AddSecrets(this IConfigurationBuilder builder, SecretsStore store, params IEnumerable<string> exposedPaths)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(exposedPaths);
        return builder.Add(new SecretsConfigurationSource([.. exposedPaths.Select(p => SecretPath.Parse(p))]) { Store = store });
    }
}
