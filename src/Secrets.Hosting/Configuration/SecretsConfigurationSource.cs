using Microsoft.Extensions.Configuration;

namespace Secrets.Hosting.Configuration;

/// <summary>
/// Gives a provider over a store that it does not own. A configuration manager builds it whenever its sources change, and disposes the former provider.
/// </summary>
internal sealed class SecretsConfigurationSource(SecretsStore store, IReadOnlyList<SecretPath> exposedPaths) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SecretsConfigurationProvider(store, exposedPaths);
}
