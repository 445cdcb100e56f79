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

    /// <summary>Writes all but the value ("SecretItem").</summary>
    public JsonObject Describe(string id)
    {
        var attributes = new JsonObject
        {
            ["enabled"] = IsEnabled, ["created"] = Created.ToUnixTimeSeconds(), ["updated"] = (Updated ?? Created).ToUnixTimeSeconds(), ["recoveryLevel"] = "Recoverable",
        };
        var described = new JsonObject { ["id"] = id, ["attributes"] = attributes };
        Set(attributes, "exp", Expires?.ToUnixTimeSeconds());
        Set(attributes, "nbf", NotBefore?.ToUnixTimeSeconds());
        Set(described, "contentType", ContentType);
        Set(described, "tags", Tags?.DeepClone());
        return described;
    }

    private static void Set(JsonObject parent, string name, JsonNode? value)
    {
        if (value is not null)
        {
            parent[name] = value;
        }
    }
}
