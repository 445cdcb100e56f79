namespace Secrets.TestServers.Aws;

/// <summary>One version of a secret.</summary>
internal sealed class AwsSecretVersion(string id, string? text, byte[]? bytes, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string? Text { get; } = text;

    public byte[]? Bytes { get; } = bytes;

    public DateTimeOffset Created { get; } = created;

    public List<string> Stages { get; } = [];
}
