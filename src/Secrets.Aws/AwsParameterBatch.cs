namespace Secrets.Aws;

/// <summary>What <c>GetParameters</c> gives.</summary>
public sealed class AwsParameterBatch
{
    /// <summary>Gets what was found.</summary>
    public required IReadOnlyList<AwsParameter> Parameters { get; init; }

    /// <summary>Gets the names that were not, as they were asked for.</summary>
    public required IReadOnlyList<string> InvalidParameters { get; init; }
}
