using CustomStore;
using Secrets.Remote;

namespace Secrets;

public static class KeyringSecretsBuilderExtensions
{
    public static SecretsBuilder AddKeyring(this SecretsBuilder builder, Action<KeyringOptions> configure)
    {
        var options = new KeyringOptions();
        configure(options);
        return builder.Add(new RemoteSource("keyring", new KeyringStore(options), options, new KeyringFailures()), options);
    }
}
