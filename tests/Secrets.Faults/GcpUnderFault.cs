using System.Security.Cryptography.X509Certificates;
using Google.Apis.Auth.OAuth2;
using Secrets.Gcp;
using Secrets.TestServers.Gcp;
using Secrets.TestServers.Hosting;

namespace Secrets.Faults;

/// <summary>Google Secret Manager: a whole project.</summary>
internal sealed class GcpUnderFault : StoreUnderFault
{
    public override string Name => "gcp";

    public override TestServer CreateServer(X509Certificate2? certificate, string credential) => new GcpServer { Certificate = certificate, AcceptedToken = credential };

    public override void Store(TestServer server, string key, string value) => ((GcpServer)server).SetSecret(key, value);

    public override void Deny(TestServer server, string key) => ((GcpServer)server).Deny(key);

    public override void AddTo(SecretsBuilder builder, TestServer server, string credential)
    {
        var options = new GoogleSecretManagerOptions
        {
            Project = GcpServer.Project,
            EndpointUrl = server.Address,
            Credential = GoogleCredential.FromAccessToken(credential),
        };
        Limit(options);
        builder.AddGoogleSecretManager(options);
    }
}
