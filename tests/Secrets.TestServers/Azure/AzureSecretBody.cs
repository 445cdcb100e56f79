using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Azure;

/// <summary>What a caller sends to set a secret or to change one ("SecretSetParameters", "SecretUpdateParameters").</summary>
internal sealed class AzureSecretBody
{
    private readonly JsonObject _attributes;
    private readonly string? _contentType;
    private readonly JsonObject? _tags;

    private AzureSecretBody(JsonObject body)
    {
        Value = (string?)body["value"];
        _contentType = (string?)body["contentType"];
        _tags = body["tags"] as JsonObject;
        _attributes = body["attributes"] as JsonObject ?? [];

        // Each is read once here, so that one of another type is a mistake of the body.
        _ = ((bool?)_attributes["enabled"], Time("exp"), Time("nbf"), _tags?.Select(t => (string?)t.Value).ToArray());
    }

    public string? Value { get; }

    /// <summary>Reads a body; <see langword="null"/> for one that is none.</summary>
    public static AzureSecretBody? Read(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject members ? new AzureSecretBody(members) : null;
        }
        catch (Exception mistake) when (mistake is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Gives a version what the body says, and leaves the rest as it is.</summary>
    public AzureSecretVersion ApplyTo(AzureSecretVersion version) => version with
    {
        IsEnabled = (bool?)_attributes["enabled"] ?? version.IsEnabled,
        Expires = Time("exp") ?? version.Expires,
        NotBefore = Time("nbf") ?? version.NotBefore,
        ContentType = _contentType ?? version.ContentType,
        Tags = _tags ?? version.Tags,
    };

    private DateTimeOffset? Time(string name) => (long?)_attributes[name] is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
