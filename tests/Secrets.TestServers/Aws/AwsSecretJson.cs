using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Aws;

/// <summary>What calls and answers of Secrets Manager have in common.</summary>
internal static class AwsSecretJson
{
    private const int MaxBytes = 65_536;

    public static JsonObject Describe(AwsSecretRecord secret, string versions)
    {
        var stages = new JsonObject();
        foreach (AwsSecretVersion version in secret.Versions.Where(v => v.Stages.Count > 0))
        {
            stages[version.Id] = Texts(version.Stages);
        }

        var result = new JsonObject
        {
            ["ARN"] = secret.Arn,
            ["Name"] = secret.Name,
            ["LastChangedDate"] = Seconds(secret.Changed),
            ["CreatedDate"] = Seconds(secret.Created),
        };
        if (stages.Count > 0)
        {
            result[versions] = stages;
        }

        if (secret.Deleted is { } deleted)
        {
            result["DeletedDate"] = Seconds(deleted);
        }

        return result;
    }

    public static (string? Text, byte[]? Bytes) Content(JsonObject input, bool isRequired)
    {
        string? text = (string?)input["SecretString"];
        byte[]? bytes = (string?)input["SecretBinary"] is { } base64 ? Convert.FromBase64String(base64) : null;
        if (text is "" || bytes is [])
        {
            throw new AwsException("ValidationException");
        }

        if ((text is not null && bytes is not null) || (isRequired && text is null && bytes is null))
        {
            throw new AwsException("InvalidParameterException");
        }

        return Encoding.UTF8.GetByteCount(text ?? "") > MaxBytes || bytes?.Length > MaxBytes ? throw new AwsException("ValidationException") : (text, bytes);
    }

    public static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];
}
