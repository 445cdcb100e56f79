namespace Secrets.Aws;

/// <summary>A page of what <c>ListSecrets</c> gives.</summary>
public sealed class AwsSecretList
{
    /// <summary>Gets the secrets of the page, which may be none.</summary>
    public required IReadOnlyList<AwsSecretDescription> Secrets { get; init; }

    /// <summary>Gets the token of the next page; <see langword="null"/> for the last.</summary>
    public required string? NextToken { get; init; }
}
