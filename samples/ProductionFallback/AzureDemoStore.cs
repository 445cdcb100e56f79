using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Secrets;
using Secrets.Azure;
using Secrets.TestServers.Azure;
using Secrets.TestServers.Hosting;

namespace ProductionFallback;

/// <summary>Azure Key Vault: a secret for each value, <c>--</c> between two keys. The real one's address comes from the variable <c>AZURE_KEY_VAULT</c>.</summary>
internal sealed class AzureDemoStore : IDemoStore
{
    public TestServer CreateServer()
    {
        var server = new AzureServer();
        server.SetSecret("database--user", "shop");
        server.SetSecret("database--password", "a-password-of-production");
        server.SetSecret("trello--api-key", "a-key-of-production");
        return server;
    }

    public void Deny(TestServer server, bool isDenied)
    {
        if (isDenied)
        {
            ((AzureServer)server).Deny("trello--api-key");
        }
        else
        {
            ((AzureServer)server).Allow();
        }
    }

    public SecretsBuilder AddTo(SecretsBuilder chain, TestServer? server)
    {
        if (server is not AzureServer own)
        {
            return chain.AddAzureKeyVault(new Uri(Environment.GetEnvironmentVariable("AZURE_KEY_VAULT") ?? throw new InvalidOperationException("Set AZURE_KEY_VAULT to the vault's address.")));
        }

        // A client of one's own plugs in: this one finds the server, trusts its certificate and tries once.
        var settings = new SecretClientOptions { Transport = new HttpClientTransport(own.CreateHandler()), Retry = { MaxRetries = 0 } };
        return chain.AddAzureKeyVault(new AzureKeyVaultOptions(), new SecretClient(own.VaultUri, new DemoCredential(), settings));
    }

    private sealed class DemoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(AzureServer.Token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
