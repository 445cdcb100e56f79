using Microsoft.Extensions.Configuration;

namespace Secrets.Hosting.Configuration;

/// <summary>
/// Gives providers over a store that it does not own. A configuration manager builds one whenever its sources change, and disposes the former. A host adds the source before its
/// chain is built, since changing the sources reloads all others: a provider of variables would otherwise pick up what the chain has exported.
/// </summary>
internal sealed class SecretsConfigurationSource(IReadOnlyList<SecretPath> exposedPaths) : IConfigurationSource
{
    private volatile SecretsStore? _store;

    /// <summary>Raised once the store is there.</summary>
    public event EventHandler? StoreSet;

    /// <summary>Gets or sets the store, once. Until then, the providers have nothing.</summary>
    public SecretsStore? Store
    {
        get => _store;
        set
        {
            _store = value;
            StoreSet?.Invoke(this, EventArgs.Empty);
        }
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SecretsConfigurationProvider(this);

    public bool IsExposed(SecretPath path) => exposedPaths.Count == 0 || exposedPaths.Any(exposed => path.StartsWith(exposed, KeyComparison.Equivalent));
}
