using Azure.Security.KeyVault.Secrets;
using Secrets.Remote;

namespace Secrets.Azure;

/// <summary>
/// Azure Key Vault. <b>Name</b> <c>azure</c>. <b>Keys</b> <c>--</c> nests; of an object, its fields. <b>Location</b> the secret's URL. <b>Refresh</b> what has another
/// time of change is fetched. <b>Errors</b> by the table of <see cref="AzureFailures"/>. <b>Permissions</b> to get secrets; to list them where nothing is required.
/// </summary>
internal sealed class AzureKeyVaultSource(AzureKeyVaultOptions options, SecretClient? client = null)
    : RemoteSource(KindName, options)
{
    public const string KindName = "azure";

    private readonly Lazy<SecretClient> _client = new(() => client ?? AzureClients.Create(options));
    private readonly Uri _vault = client?.VaultUri ?? options.VaultUri!;

    private protected override IRemoteBackend StoreFor(SecretsRequest request, LoadTime time) => new AzureKeyVaultStore(
        _client, _vault, request, new RemoteCalls(new VendorTable<AzureFailures>(), request.SourceName, () => AzureKeyVaultStore.PlaceOf(_vault), Pace, time, MaxAttempts));
}
