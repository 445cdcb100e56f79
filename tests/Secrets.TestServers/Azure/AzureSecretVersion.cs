using System.Text.Json.Nodes;

namespace Secrets.TestServers.Azure;

/// <summary>One version of a secret.</summary>
internal sealed record AzureSecretVersion(string Id, string Value, DateTimeOffset Created)
{
    public bool IsEnabled { get; init; } = true;

    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public string? ContentType { get; init; }

    public JsonObject? Tags { get; init; }
}
