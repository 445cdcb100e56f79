using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Aws;

/// <summary>Secrets Manager behind the protocol; limits as in the "AWS Secrets Manager API Reference".</summary>
internal sealed class AwsSecretsStore(AwsServer server)
{
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

        AwsSecretVersion? current = secret.Versions.Find(v => v.Stages.Contains("AWSCURRENT"));
        if (current is null || current.Text != text || !(current.Bytes ?? []).SequenceEqual(bytes ?? []) || current.Bytes is null != bytes is null)
        {
            secret.Add(new AwsSecretVersion(NewId(), text, bytes, Now), ["AWSCURRENT"]);
        }
    }

    /// <summary>Creates a secret that has no version yet.</summary>
    public void SetEmpty(string name) => _secrets[name] = new AwsSecretRecord(name, ArnOf(name), Now);

    public void Remove(string name) => _secrets.Remove(name);

    public void Mark(string name) => _secrets[name].Deleted = Now;

    public void Clear() => _secrets.Clear();

    public JsonObject Run(string operation, JsonObject input) => operation switch
    {
        "GetSecretValue" => GetSecretValue(input),
        "BatchGetSecretValue" => BatchGetSecretValue(input),
        "ListSecrets" => ListSecrets(input),
        "DescribeSecret" => AwsSecretJson.Describe(Find(Required(input, "SecretId")), "VersionIdsToStages"),
        "CreateSecret" => CreateSecret(input),
        "PutSecretValue" => PutSecretValue(input),
        "DeleteSecret" => DeleteSecret(input),
        _ => throw new AwsException("UnknownOperationException"),
    };

    private static string Required(JsonObject input, string name) => (string?)input[name] is { Length: > 0 and <= 2048 } text ? text : throw new AwsException("ValidationException");

    private JsonObject GetSecretValue(JsonObject input)
    {
        AwsSecretRecord secret = Find(Required(input, "SecretId"));
        if (secret.Deleted is not null)
        {
            throw new AwsException("InvalidRequestException");
        }

        string? id = (string?)input["VersionId"];
        string stage = (string?)input["VersionStage"] ?? "AWSCURRENT";
        if (secret.Versions.Count == 0 && server.Emulator == AwsEmulator.MiniStack)
        {
            return new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Name, ["VersionId"] = NewId(), ["VersionStages"] = AwsSecretJson.Texts(["AWSCURRENT"]) };
        }

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
                AwsSecretRecord? failed = Known(id);
                if (failed is { Versions.Count: 0 } && server.Emulator is AwsEmulator.Moto or AwsEmulator.LocalStack)
                {
                    throw new AwsException(error.Code);
                }

                if (failed is not { Versions.Count: 0 } || server.Emulator != AwsEmulator.Roto)
                {
                    errors.Add(Error(failed?.Arn ?? id, id, failed?.Deleted is not null && server.Emulator == AwsEmulator.Roto ? "ResourceNotFoundException" : error.Code));
                }
            }
        }

        var result = new JsonObject { ["SecretValues"] = values };
        if (errors.Count > 0 || server.Emulator != AwsEmulator.Roto)
        {
            result["Errors"] = errors;
        }

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
        var result = new JsonObject { ["SecretList"] = new JsonArray([.. page.Select(s => (JsonNode)AwsSecretJson.Describe(s, "SecretVersionsToStages"))]) };
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

        (string? text, byte[]? bytes) = AwsSecretJson.Content(input, isRequired: false);
        var secret = new AwsSecretRecord(name, ArnOf(name), Now) { Description = (string?)input["Description"] ?? "" };
        foreach (JsonNode? tag in input["Tags"] as JsonArray ?? [])
        {
            secret.Tags[(string)tag!["Key"]!] = (string?)tag["Value"] ?? "";
        }

        _secrets[name] = secret;
        var result = new JsonObject { ["ARN"] = secret.Arn, ["Name"] = name };
        if (text is not null || bytes is not null)
        {
            secret.Add(new AwsSecretVersion((string?)input["ClientRequestToken"] ?? NewId(), text, bytes, Now), ["AWSCURRENT"]);
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

        (string? text, byte[]? bytes) = AwsSecretJson.Content(input, isRequired: true);
        string[]? stages = (input["VersionStages"] as JsonArray)?.Select(s => (string)s!).ToArray();
        if (stages is { Length: < 1 or > 20 })
        {
            throw new AwsException("ValidationException");
        }

        secret.Add(new AwsSecretVersion((string?)input["ClientRequestToken"] ?? NewId(), text, bytes, Now), stages ?? ["AWSCURRENT"]);
        return new JsonObject
        {
            ["ARN"] = secret.Arn,
            ["Name"] = secret.Name,
            ["VersionId"] = secret.Versions[0].Id,
            ["VersionStages"] = AwsSecretJson.Texts(secret.Versions[0].Stages),
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

        return new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Name, ["DeletionDate"] = AwsSecretJson.Seconds(Now.AddDays(30)) };
    }

    // What may not be read is denied before it is looked for; the name may be an ARN, with or without its random end.
    private AwsSecretRecord Find(string id)
    {
        AwsSecretRecord? secret = Known(id);
        if (server.DeniedNames.Contains(secret?.Name ?? id))
        {
            throw new AwsException("AccessDeniedException");
        }

        return secret ?? throw new AwsException("ResourceNotFoundException");
    }

    private AwsSecretRecord? Known(string id) => _secrets.GetValueOrDefault(id)
        ?? _secrets.Values.FirstOrDefault(s => s.Arn == id || (s.Arn.Length == id.Length + 7 && s.Arn.StartsWith(id + "-", StringComparison.Ordinal)));

    private JsonObject Error(string arn, string asked, string code)
    {
        var error = new JsonObject { ["ErrorCode"] = code, ["Message"] = $"{code}: {server.ErrorText}" };
        if (server.ErrorNames != AwsErrorNames.None)
        {
            error["SecretId"] = server.ErrorNames == AwsErrorNames.Arn ? arn : asked;
        }

        return error;
    }

    private IEnumerable<AwsSecretRecord> Filter(JsonArray filters) => AwsSecretFilters.Apply(filters, _secrets.Values, server.Emulator);

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
            ["VersionStages"] = AwsSecretJson.Texts(version.Stages),
            ["CreatedDate"] = AwsSecretJson.Seconds(version.Created),
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

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"{++_versions:x8}-90ab-4def-8edc-ba9876543210");
}
