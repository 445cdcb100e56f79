using Google.Apis.Auth.OAuth2;
using Secrets.TestServers.Gcp;

namespace Secrets.Gcp.Tests;

/// <summary>Servers that listen, and options that lead to them.</summary>
internal static class GcpServers
{
    public static GcpServer Start(TimeProvider? clock = null)
    {
        var server = new GcpServer { Clock = clock ?? TimeProvider.System };
        server.ListenAsync().GetAwaiter().GetResult();
        return server;
    }

    /// <summary>Points options at a server, with its token and one attempt for each call.</summary>
    public static GoogleSecretManagerOptions At(this GoogleSecretManagerOptions options, GcpServer server)
    {
        options.Project = GcpServer.Project;
        options.EndpointUrl = server.Address;
        options.Credential = GoogleCredential.FromAccessToken(server.AcceptedToken);
        options.MaxAttempts = 1;
        options.LoadTimeLimit = TimeSpan.FromSeconds(10);
        return options;
    }
}
