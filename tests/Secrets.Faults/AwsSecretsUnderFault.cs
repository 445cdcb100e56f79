using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime;
using Secrets.Aws;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Hosting;

namespace Secrets.Faults;

/// <summary>AWS Secrets Manager: all below a prefix.</summary>
internal sealed class AwsSecretsUnderFault : StoreUnderFault
{
    private const string Prefix = "prod/shop/";

    public override string Name => "aws";

    public override TestServer CreateServer(X509Certificate2? certificate, string credential)
    {
        var server = new AwsServer { Certificate = certificate };
        server.Know(new AwsKey("AKIDFAULTS", credential));
        return server;
    }

    public override void Store(TestServer server, string key, string value) => ((AwsServer)server).SetSecret(Prefix + key, value);

    public override void Deny(TestServer server, string key) => ((AwsServer)server).Deny(Prefix + key);

    public override void AddTo(SecretsBuilder builder, TestServer server, string credential)
    {
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions
        {
            Region = "eu-west-1",
            EndpointUrl = server.Address,
            Credentials = new BasicAWSCredentials("AKIDFAULTS", credential),
        }.Prefix(Prefix);
        Limit(options);
        builder.AddAwsSecretsManager(options);
    }
}
