using Google.Apis.Auth.OAuth2;
using Secrets;
using Secrets.TestServers.Gcp;
using Secrets.TestServers.Hosting;

namespace ProductionFallback;

/// <summary>Google Secret Manager: a secret for each value, <c>--</c> between two keys. The real project comes from the variable <c>GOOGLE_CLOUD_PROJECT</c>.</summary>
internal sealed class GcpDemoStore : IDemoStore
{
    public TestServer CreateServer()
    {
        var server = new GcpServer();
        server.SetSecret("database--user", "shop");
        server.SetSecret("database--password", "a-password-of-production");
        server.SetSecret("trello--api_key", "a-key-of-production");
        return server;
    }

    public void Deny(TestServer server, bool isDenied)
    {
        if (isDenied)
        {
            ((GcpServer)server).Deny("trello--api_key");
        }
        else
        {
            ((GcpServer)server).Allow();
        }
    }

    public SecretsBuilder AddTo(SecretsBuilder chain, TestServer? server)
    {
        if (server is not GcpServer own)
        {
            return chain.AddGoogleSecretManager(Environment.GetEnvironmentVariable("GOOGLE_CLOUD_PROJECT") ?? throw new InvalidOperationException("Set GOOGLE_CLOUD_PROJECT to the project."));
        }

        return chain.AddGoogleSecretManager(GcpServer.Project, o =>
        {
            o.EndpointUrl = own.Address;
            o.Credential = GoogleCredential.FromAccessToken(own.AcceptedToken);
            o.MaxAttempts = 1;
        });
    }
}
