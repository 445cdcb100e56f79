namespace Secrets.Aws.Runtime;

/// <summary>A client could not be made: no region, or nobody to ask as.</summary>
internal sealed class AwsSetupException(SecretsErrorCode code, string message) : Exception(message)
{
    public SecretsErrorCode Code { get; } = code;
}
