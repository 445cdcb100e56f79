namespace Secrets.Aws;

/// <summary>A page of what <c>GetParametersByPath</c> gives.</summary>
public sealed class AwsParameterList
{
    /// <summary>Gets the parameters of the page, which may be none.</summary>
    public required IReadOnlyList<AwsParameter> Parameters { get; init; }

    /// <summary>Gets the token of the next page; <see langword="null"/> for the last.</summary>
    public required string? NextToken { get; init; }
}
