using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Secrets.Remote;

namespace Secrets.Azure;

/// <summary>Creates the SDK's client, over a transport that limits time and size. The SDK still checks that a challenge is meant for this vault.</summary>
internal static class AzureClients
{
    public static SecretClient Create(AzureKeyVaultOptions options)
    {
        HttpMessageHandler handler = RemoteHttpClient.CreateHandler(options, options.Handler?.Invoke());
        var client = new HttpClient(new AzureChallengeCheck(handler)) { Timeout = Timeout.InfiniteTimeSpan };
        var settings = new SecretClientOptions
        {
            Transport = new HttpClientTransport(client),
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = options.MaxAttempts - 1,

                // The handler below has the limit; this one would end in the head of the answer.
                NetworkTimeout = options.CallTimeLimit + TimeSpan.FromSeconds(1),
            },
            Diagnostics = { IsLoggingContentEnabled = false, IsTelemetryEnabled = false },
        };
        return new SecretClient(options.VaultUri, new AzureTokenCheck(options.Credential ?? new DefaultAzureCredential()), settings);
    }
}
