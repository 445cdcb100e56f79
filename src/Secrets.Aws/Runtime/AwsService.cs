namespace Secrets.Aws.Runtime;

/// <summary>What AWS's runtime needs to know of a service, as its API reference and the service's model say.</summary>
internal sealed class AwsService
{
    public static AwsService SecretsManager { get; } = new()
    {
        Id = "Secrets Manager",
        EndpointPrefix = "secretsmanager",
        TargetPrefix = "secretsmanager",
        Version = "2017-10-17",
    };

    public static AwsService ParameterStore { get; } = new()
    {
        Id = "SSM",
        EndpointPrefix = "ssm",
        TargetPrefix = "AmazonSSM",
        Version = "2014-11-06",
    };

    /// <summary>Gets what names the service's own variable, as in <c>AWS_ENDPOINT_URL_SECRETS_MANAGER</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the first label of the service's hosts, which is also the name that signatures carry.</summary>
    public required string EndpointPrefix { get; init; }

    public required string TargetPrefix { get; init; }

    public required string Version { get; init; }
}
