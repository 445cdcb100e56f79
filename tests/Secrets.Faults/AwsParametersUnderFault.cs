using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime;
using Secrets.Aws;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Hosting;

namespace Secrets.Faults;

/// <summary>AWS Parameter Store: two parameters by name.</summary>
internal sealed class AwsParametersUnderFault : StoreUnderFault
{
    private const string Prefix = "/prod/shop/";

    public override string Name => "aws-parameters";

    public override TestServer CreateServer(X509Certificate2? certificate, string credential)
    {
        var server = new AwsServer { Certificate = certificate };
        server.Know(new AwsKey("AKIDFAULTS", credential));
        return server;
    }

    public override void Store(TestServer server, string key, string value) => ((AwsServer)server).SetParameter(Prefix + key, value);

    public override void Deny(TestServer server, string key) => ((AwsServer)server).Deny(Prefix + key);

    public override void AddTo(SecretsBuilder builder, TestServer server, string credential)
    {
        AwsParameterStoreOptions options = new AwsParameterStoreOptions
        {
            Region = "eu-west-1",
            EndpointUrl = server.Address,
            Credentials = new BasicAWSCredentials("AKIDFAULTS", credential),
        }.Parameter(Prefix + "alpha", at: "alpha").Parameter(Prefix + "beta", at: "beta");
        Limit(options);
        builder.AddAwsParameterStore(options);
    }
}
