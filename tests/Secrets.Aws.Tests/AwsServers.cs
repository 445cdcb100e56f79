using Amazon.Runtime;
using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests;

/// <summary>Servers that listen, and options that lead to them.</summary>
internal static class AwsServers
{
    public static AwsServer Start()
    {
        var server = new AwsServer();
        server.ListenAsync().GetAwaiter().GetResult();
        return server;
    }

    /// <summary>Points options at a server, with its key and one attempt for each call.</summary>
    public static T At<T>(this T options, AwsServer server)
        where T : AwsSourceOptions
    {
        options.EndpointUrl = server.Address;
        options.Region = "eu-west-1";
        options.Credentials = new BasicAWSCredentials(AwsKey.Example.Id, AwsKey.Example.Secret);
        options.MaxAttempts = 1;
        return options;
    }
}
