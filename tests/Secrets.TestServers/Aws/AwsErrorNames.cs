namespace Secrets.TestServers.Aws;

/// <summary>What the errors of a batch call the secret that they are of. The API reference says "the ARN or name of the secret".</summary>
public enum AwsErrorNames
{
    /// <summary>What was asked for.</summary>
    AsAsked,

    /// <summary>The ARN.</summary>
    Arn,

    /// <summary>Nothing: its model requires no member.</summary>
    None,
}
