using Azure.Core;
using Secrets.TestServers.Azure;

namespace Secrets.Azure.Tests;

/// <summary>Servers that listen, and options that lead to them.</summary>
internal static class AzureServers
{
    public static AzureServer Start()
    {
        var server = new AzureServer();
        server.ListenAsync().GetAwaiter().GetResult();
        return server;
    }

    /// <summary>Points options at a server, with its token and one attempt for each call.</summary>
    public static AzureKeyVaultOptions At(this AzureKeyVaultOptions options, AzureServer server)
    {
        options.VaultUri = server.VaultUri;
        options.Credential = new FixedCredential(AzureServer.Token);
        options.Handler = server.CreateHandler;
        options.MaxAttempts = 1;
        options.LoadTimeLimit = TimeSpan.FromSeconds(10);
        return options;
    }

    internal sealed class FixedCredential(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
