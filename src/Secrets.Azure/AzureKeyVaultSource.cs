using Azure.Security.KeyVault.Secrets;
using Secrets.Remote;

namespace Secrets.Azure;

/// <summary>
/// Azure Key Vault. <b>Name</b> <c>azure</c>. <b>Keys</b> <c>--</c> nests; of an object, its fields. <b>Location</b> the secret's URL. <b>Refresh</b> what has another
/// time of change is fetched. <b>Errors</b> by the table of <see cref="AzureFailures"/>. <b>Permissions</b> to get secrets; to list them where nothing is required.
/// </summary>
internal sealed class AzureKeyVaultSource : RemoteSource
{
    public const string KindName = "azure";

    public AzureKeyVaultSource(AzureKeyVaultOptions options, SecretClient? client = null)
        : this(options, new Lazy<SecretClient>(() => client ?? AzureClients.Create(options)), client?.VaultUri ?? options.VaultUri!)
    {
    }

    private AzureKeyVaultSource(AzureKeyVaultOptions options, Lazy<SecretClient> client, Uri vault)
        : base(KindName, request => new AzureKeyVaultStore(client, vault, request.TimeProvider), options, new AzureFailures())
    {
    }
}
