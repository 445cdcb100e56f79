namespace Secrets.Aws;

/// <summary>What <c>BatchGetSecretValue</c> gives.</summary>
public sealed class AwsSecretBatch
{
    /// <summary>Gets what was found.</summary>
    public required IReadOnlyList<AwsSecret> Secrets { get; init; }

    /// <summary>Gets the errors of single secrets.</summary>
    public required IReadOnlyList<AwsSecretError> Errors { get; init; }

    /// <summary>Gets the token of the next page; <see langword="null"/> for the last.</summary>
    public required string? NextToken { get; init; }
}
