namespace Secrets.TestServers.Aws;

/// <summary>An access key that a server knows.</summary>
public sealed class AwsKey(string id, string secret, string? sessionToken = null)
{
    /// <summary>Gets the key of the examples in AWS's documentation, which every server here knows.</summary>
    public static AwsKey Example { get; } = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    public string Id { get; } = id;

    public string Secret { get; } = secret;

    public string? SessionToken { get; } = sessionToken;
}
