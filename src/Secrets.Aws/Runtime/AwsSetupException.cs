namespace Secrets.Aws.Runtime;

/// <summary>A client could not be made: no region, or nobody to ask as.</summary>
/// <param name="code">The code.</param>
/// <param name="problem">What is missing or wrong.</param>
/// <param name="advice">What to do about it.</param>
internal sealed class AwsSetupException(SecretsErrorCode code, string problem, string advice) : Exception(problem)
{
    public string Advice { get; } = advice;

    public SecretsErrorCode Code { get; } = code;
}
