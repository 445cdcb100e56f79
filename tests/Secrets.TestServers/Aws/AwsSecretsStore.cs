using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Aws;

/// <summary>Secrets Manager behind the protocol; limits as in the "AWS Secrets Manager API Reference".</summary>
internal sealed class AwsSecretsStore(AwsServer server)
{
    private const int MaxBytes = 65_536;

    private readonly SortedDictionary<string, AwsSecretRecord> _secrets = new(StringComparer.Ordinal);
    private int _versions;

    private DateTimeOffset Now => server.Clock.GetUtcNow();

    public static string ArnOf(string name)
    {
        string suffix = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..6];
        return $"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{name}-{suffix}";
    }

    public void Set(string name, string? text, byte[]? bytes)
    {
        if (!_secrets.TryGetValue(name, out AwsSecretRecord? secret))
        {
            _secrets[name] = secret = new AwsSecretRecord(name, ArnOf(name), Now);
        }

        AwsSecretVersion? current = secret.Versions.FirstOrDefault();
        if (current is null || current.Text != text || !(current.Bytes ?? []).SequenceEqual(bytes ?? []) || current.Bytes is null != bytes is null)
        {
            secret.Add(new AwsSecretVersion(NewId(), text, bytes, Now));
        }
    }

    public void Remove(string name) => _secrets.Remove(name);

    public void Mark(string name) => _secrets[name].Deleted = Now;

    public void Clear() => _secrets.Clear();

    public JsonObject Run(string operation, JsonObject input) => operation switch
    {
        "GetSecretValue" => GetSecretValue(input),
        "BatchGetSecretValue" => BatchGetSecretValue(input),
        "ListSecrets" => ListSecrets(input),
        "DescribeSecret" => Describe(Find(Required(input, "SecretId")), "VersionIdsToStages"),
        "CreateSecret" => CreateSecret(input),
        "PutSecretValue" => PutSecretValue(input),
        "DeleteSecret" => DeleteSecret(input),
        _ => throw new AwsException("UnknownOperationException"),
    };

    private static string Required(JsonObject input, string name) => (string?)input[name] is { Length: > 0 and <= 2048 } text ? text : throw new AwsException("ValidationException");

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    private JsonObject GetSecretValue(JsonObject input)
    {
        AwsSecretRecord secret = Find(Required(input, "SecretId"));
        if (secret.Deleted is not null)
        {
            throw new AwsException("InvalidRequestException");
        }

        string? id = (string?)input["VersionId"];
        string stage = (string?)input["VersionStage"] ?? "AWSCURRENT";
        AwsSecretVersion version = secret.Versions.Find(v => id is null ? v.Stages.Contains(stage) : v.Id == id) ?? throw new AwsException("ResourceNotFoundException");
        return Value(secret, version);
    }

    private JsonObject BatchGetSecretValue(JsonObject input)
    {
        var ids = (JsonArray?)input["SecretIdList"];
        var filters = (JsonArray?)input["Filters"];
        if (ids is null == filters is null)
        {
            throw new AwsException("InvalidParameterException");
        }

        if (ids is { Count: < 1 or > 20 } || (filters is null && input["MaxResults"] is not null) || (int?)input["MaxResults"] is < 1 or > 20)
        {
            throw new AwsException(ids is { Count: < 1 or > 20 } ? "ValidationException" : "InvalidParameterException");
        }

        string[] all = ids is not null ? [.. ids.Select(i => (string)i!)] : [.. Filter(filters!).Select(s => s.Name)];
        int size = ids is not null ? server.BatchPageSize : (int?)input["MaxResults"] ?? 20;
        (IReadOnlyList<string> page, string? next) = AwsPages.Cut(all, size, input, "InvalidNextTokenException", server.WithEmptyPages, server.WithRepeatedToken);
        var values = new JsonArray();
        var errors = new JsonArray();
        foreach (string id in page)
        {
            try
            {
                values.Add(GetSecretValue(new JsonObject { ["SecretId"] = id }));
            }
            catch (AwsException error)
            {
                errors.Add(new JsonObject { ["SecretId"] = id, ["ErrorCode"] = error.Code, ["Message"] = $"{error.Code}: {server.ErrorText}" });
            }
        }

        var result = new JsonObject { ["SecretValues"] = values, ["Errors"] = errors };
        if (next is not null)
        {
            result["NextToken"] = next;
        }

        return result;
    }

    private JsonObject ListSecrets(JsonObject input)
    {
        int size = (int?)input["MaxResults"] ?? 100;
        if (size is < 1 or > 100)
        {
            throw new AwsException("ValidationException");
        }

        AwsSecretRecord[] all = [.. input["Filters"] is JsonArray filters ? Filter(filters) : _secrets.Values];
        bool withDeleted = (bool?)input["IncludePlannedDeletion"] ?? false;
        (IReadOnlyList<AwsSecretRecord> page, string? next) = AwsPages.Cut(
            [.. all.Where(s => withDeleted || s.Deleted is null)], size, input, "InvalidNextTokenException", server.WithEmptyPages, server.WithRepeatedToken);
        var result = new JsonObject { ["SecretList"] = new JsonArray([.. page.Select(s => (JsonNode)Describe(s, "SecretVersionsToStages"))]) };
        if (next is not null)
        {
            result["NextToken"] = next;
        }

        return result;
    }

    private JsonObject CreateSecret(JsonObject input)
    {
        string name = Required(input, "Name");
        if (name.Length > 512 || !name.All(c => char.IsAsciiLetterOrDigit(c) || "/_+=.@-".Contains(c, StringComparison.Ordinal)))
        {
            throw new AwsException("ValidationException");
        }

        if (_secrets.TryGetValue(name, out AwsSecretRecord? old))
        {
            throw new AwsException(old.Deleted is null ? "ResourceExistsException" : "InvalidRequestException");
        }

        (string? text, byte[]? bytes) = Content(input, isRequired: false);
        var secret = new AwsSecretRecord(name, ArnOf(name), Now) { Description = (string?)input["Description"] ?? "" };
        foreach (JsonNode? tag in input["Tags"] as JsonArray ?? [])
        {
            secret.Tags[(string)tag!["Key"]!] = (string?)tag["Value"] ?? "";
        }

        _secrets[name] = secret;
        var result = new JsonObject { ["ARN"] = secret.Arn, ["Name"] = name };
        if (text is not null || bytes is not null)
        {
            secret.Add(new AwsSecretVersion((string?)input["ClientRequestToken"] ?? NewId(), text, bytes, Now));
            result["VersionId"] = secret.Versions[0].Id;
        }

        return result;
    }

    private JsonObject PutSecretValue(JsonObject input)
    {
        AwsSecretRecord secret = Find(Required(input, "SecretId"));
        if (secret.Deleted is not null)
        {
            throw new AwsException("InvalidRequestException");
        }

        (string? text, byte[]? bytes) = Content(input, isRequired: true);
        secret.Add(new AwsSecretVersion((string?)input["ClientRequestToken"] ?? NewId(), text, bytes, Now));
        return new JsonObject
        {
            ["ARN"] = secret.Arn,
            ["Name"] = secret.Name,
            ["VersionId"] = secret.Versions[0].Id,
            ["VersionStages"] = Texts(secret.Versions[0].Stages),
        };
    }

    private JsonObject DeleteSecret(JsonObject input)
    {
        AwsSecretRecord secret = Find(Required(input, "SecretId"));
        secret.Deleted = Now;
        if ((bool?)input["ForceDeleteWithoutRecovery"] ?? false)
        {
            _secrets.Remove(secret.Name);
        }

        return new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Name, ["DeletionDate"] = Seconds(Now.AddDays(30)) };
    }

    // What may not be read is denied before it is looked for; the name may be an ARN, with or without its random end.
    private AwsSecretRecord Find(string id)
    {
        AwsSecretRecord? secret = _secrets.GetValueOrDefault(id)
            ?? _secrets.Values.FirstOrDefault(s => s.Arn == id || (s.Arn.Length == id.Length + 7 && s.Arn.StartsWith(id + "-", StringComparison.Ordinal)));
        if (server.DeniedNames.Contains(secret?.Name ?? id))
        {
            throw new AwsException("AccessDeniedException");
        }

        return secret ?? throw new AwsException("ResourceNotFoundException");
    }

    private IEnumerable<AwsSecretRecord> Filter(JsonArray filters)
    {
        if (filters.Count > 10)
        {
            throw new AwsException("ValidationException");
        }

        IEnumerable<AwsSecretRecord> found = _secrets.Values;
        foreach (JsonNode? filter in filters)
        {
            string[] values = [.. (filter!["Values"] as JsonArray ?? []).Select(v => (string)v!)];
            if (values.Length is < 1 or > 10)
            {
                throw new AwsException("ValidationException");
            }

            Func<AwsSecretRecord, string, bool> matches = (string?)filter["Key"] switch
            {
                "name" => (s, v) => s.Name.StartsWith(v, StringComparison.OrdinalIgnoreCase),
                "description" => (s, v) => s.Description.Contains(v, StringComparison.OrdinalIgnoreCase),
                "tag-key" => (s, v) => s.Tags.Keys.Any(k => k.StartsWith(v, StringComparison.Ordinal)),
                "tag-value" => (s, v) => s.Tags.Values.Any(t => t.StartsWith(v, StringComparison.Ordinal)),
                _ => throw new AwsException("ValidationException"),
            };
            found = found.Where(s => values.Any(v => v.StartsWith('!') ? !matches(s, v[1..]) : matches(s, v))).ToArray();
        }

        return found;
    }

    private JsonObject Value(AwsSecretRecord secret, AwsSecretVersion version)
    {
        if (server.UndecryptableNames.Contains(secret.Name))
        {
            throw new AwsException("DecryptionFailure");
        }

        var result = new JsonObject
        {
            ["ARN"] = secret.Arn,
            ["Name"] = secret.Name,
            ["VersionId"] = version.Id,
            ["VersionStages"] = Texts(version.Stages),
            ["CreatedDate"] = Seconds(version.Created),
        };
        if (version.Text is not null)
        {
            result["SecretString"] = version.Text;
        }
        else
        {
            result["SecretBinary"] = Convert.ToBase64String(version.Bytes!);
        }

        return result;
    }

    private static JsonObject Describe(AwsSecretRecord secret, string versions)
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
            [versions] = stages,
        };
        if (secret.Deleted is { } deleted)
        {
            result["DeletedDate"] = Seconds(deleted);
        }

        return result;
    }

    private static (string? Text, byte[]? Bytes) Content(JsonObject input, bool isRequired)
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

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"{++_versions:x8}-90ab-4def-8edc-ba9876543210");
}
