using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Secrets.Azure;
using Secrets.TestServers.Azure;
using Secrets.TestServers.Hosting;

namespace Secrets.Faults;

/// <summary>Azure Key Vault: a whole vault. It is HTTPS always; what is asked for decides whether its certificate is trusted.</summary>
internal sealed class AzureUnderFault : StoreUnderFault
{
    public override string Name => "azure";

    public override TestServer CreateServer(X509Certificate2? certificate, string credential) => new AzureServer { IsTrusted = certificate is null, AcceptedToken = credential };

    public override void Store(TestServer server, string key, string value) => ((AzureServer)server).SetSecret(key, value);

    public override void Deny(TestServer server, string key) => ((AzureServer)server).Deny(key);

    public override void AddTo(SecretsBuilder builder, TestServer server, string credential)
    {
        var options = new AzureKeyVaultOptions
        {
            VaultUri = ((AzureServer)server).VaultUri,
            Credential = new FixedCredential(credential),
            Handler = ((AzureServer)server).CreateHandler,
        };
        Limit(options);
        builder.AddAzureKeyVault(options);
    }

    private sealed class FixedCredential(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
