using System.Net;
using System.Net.Sockets;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Google.Apis.Auth.OAuth2;
using Secrets.Azure;

namespace Secrets.Aot;

/// <summary>The cloud stores. Each holds the secrets that `Secrets.TestServers` starts with.</summary>
internal static class RemoteStores
{
    public static async Task AwsAsync()
    {
        await using SecretsStore secrets = await new SecretsBuilder()
            .Require("database.password", "token")
            .AddAwsSecretsManager("prod/shop")
            .AddAwsParameterStore("/prod/shop/")
            .BuildAsync();
        Expect.Equal("demo-password", secrets.GetString("database.password"), "field of a secret");
        Expect.Equal("demo-token", secrets.GetString("token"), "parameter");
    }

    public static async Task AzureAsync()
    {
        var vault = new Uri(Variable("AZURE_KEY_VAULT"));
        using SocketsHttpHandler handler = ToLoopback(vault);
        var client = new SecretClient(vault, new FixedToken(Variable("AZURE_KEY_VAULT_TOKEN")), new SecretClientOptions { Transport = new HttpClientTransport(handler) });
        await using SecretsStore secrets = await new SecretsBuilder().AddAzureKeyVault(new AzureKeyVaultOptions(), client).BuildAsync();
        Expect.Equal("demo-password", secrets.GetString("database.password"), "secret");
        Expect.Equal("demo-key", secrets.GetString("trello.api_key"), "secret in another spelling");
    }

    // With the token of the metadata server, and with a service account's key: the vendor's library reads both by reflection.
    public static async Task GoogleAsync()
    {
        GoogleCredential account = CredentialFactory.FromJson<ServiceAccountCredential>(Variable("GOOGLE_SERVICE_ACCOUNT"))
            .ToGoogleCredential().CreateScoped("https://www.googleapis.com/auth/cloud-platform");
        foreach (GoogleCredential? credential in new[] { null, account })
        {
            await using SecretsStore secrets = await new SecretsBuilder()
                .AddGoogleSecretManager(Variable("GOOGLE_CLOUD_PROJECT"), o =>
                {
                    o.EndpointUrl = new Uri($"http://{Variable("GCE_METADATA_HOST")}/");
                    o.Credential = credential;
                })
                .BuildAsync();
            Expect.Equal("demo-password", secrets.GetString("database.password"), "secret");
            Expect.Equal("demo-key", secrets.GetString("trello.api_key"), "secret in another spelling");
        }
    }

    public static async Task VaultAsync()
    {
        await using SecretsStore secrets = await new SecretsBuilder().Require("database.password").AddVault(Variable("VAULT_ADDR"), "secret/shop/").BuildAsync();
        Expect.Equal("demo-password", secrets.GetString("database.password"), "field of a secret");
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"Set {name} to what Secrets.TestServers prints.");

    // The vault has a name that no resolver knows and a certificate of its own; this handler connects to the test server and nowhere else.
    private static SocketsHttpHandler ToLoopback(Uri vault)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, vault.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=" + vault.Host;
        return handler;
    }

    private sealed class FixedToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
