using Amazon.Runtime;
using Secrets;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Hosting;

namespace ProductionFallback;

/// <summary>AWS Secrets Manager: one secret that holds most, and one of its own for Trello.</summary>
internal sealed class AwsDemoStore : IDemoStore
{
    public TestServer CreateServer()
    {
        var server = new AwsServer();
        server.SetSecret("prod/shop", """{"database":{"user":"shop","password":"a-password-of-production"}}""");
        server.SetSecret("prod/trello", """{"api_key":"a-key-of-production"}""");
        return server;
    }

    public void Deny(TestServer server, bool isDenied)
    {
        if (isDenied)
        {
            ((AwsServer)server).Deny("prod/trello");
        }
        else
        {
            ((AwsServer)server).Allow();
        }
    }

    public SecretsBuilder AddTo(SecretsBuilder chain, TestServer? server) => chain.AddAwsSecretsManager("prod/shop", o =>
    {
        o.Secret("prod/trello", at: "trello");
        if (server is not null)
        {
            o.EndpointUrl = server.Address;
            o.Region = "eu-west-1";
            o.Credentials = new BasicAWSCredentials(AwsKey.Example.Id, AwsKey.Example.Secret);
            o.MaxAttempts = 1;
        }
    });
}
