namespace Secrets.TestServers.Aws;

/// <summary>One version of a parameter.</summary>
internal sealed class AwsParameterVersion(int number, string value, string type, DateTimeOffset modified)
{
    public int Number { get; } = number;

    public string Value { get; } = value;

    public string Type { get; } = type;

    public DateTimeOffset Modified { get; } = modified;

    public List<string> Labels { get; } = [];
}
