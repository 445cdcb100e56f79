using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Aws;

/// <summary>Parameter Store behind the protocol; limits as in the "AWS Systems Manager API Reference".</summary>
internal sealed class AwsParametersStore(AwsServer server)
{
    private const string ReferencePrefix = "/aws/reference/secretsmanager/";
    private const string ArnPrefix = "arn:aws:ssm:eu-west-1:123456789012:parameter";

    private readonly SortedDictionary<string, List<AwsParameterVersion>> _parameters = new(StringComparer.Ordinal);

    public void Set(string name, string value, string type)
    {
        if (!_parameters.TryGetValue(name, out List<AwsParameterVersion>? versions))
        {
            _parameters[name] = versions = [];
        }

        if (versions.LastOrDefault() is not { } current || current.Value != value || current.Type != type)
        {
            versions.Add(new AwsParameterVersion(versions.Count + 1, value, type, server.Clock.GetUtcNow()));
        }
    }

    public void Label(string name, string label)
    {
        _parameters[name].ForEach(v => v.Labels.Remove(label));
        _parameters[name][^1].Labels.Add(label);
    }

    public void Remove(string name) => _parameters.Remove(name);

    public void Clear() => _parameters.Clear();

    public JsonObject Run(string operation, JsonObject input) => operation switch
    {
        "GetParameter" => new JsonObject { ["Parameter"] = Get(Name(input["Name"]), IsDecrypted(input)) },
        "GetParameters" => GetParameters(input),
        "GetParametersByPath" => GetParametersByPath(input),
        "PutParameter" => PutParameter(input),
        "LabelParameterVersion" => LabelParameterVersion(input),
        "DeleteParameter" => _parameters.Remove(Name(input["Name"])) ? [] : throw new AwsException("ParameterNotFound"),
        _ => throw new AwsException("UnknownOperationException"),
    };

    private static bool IsDecrypted(JsonObject input) => (bool?)input["WithDecryption"] ?? false;

    private static string Name(JsonNode? name) => (string?)name is { Length: > 0 and <= 2048 } text ? text : throw new AwsException("ValidationException");

    private JsonObject GetParameters(JsonObject input)
    {
        if (input["Names"] is not JsonArray { Count: >= 1 } names || (names.Count > 10 && server.Emulator != AwsEmulator.MiniStack))
        {
            throw new AwsException("ValidationException");
        }

        bool isDecrypted = IsDecrypted(input);
        string[] asked = [.. names.Select(Name)];
        string[] references = [.. asked.Where(n => n.StartsWith(ReferencePrefix, StringComparison.Ordinal))];
        var found = new List<JsonObject>();
        var invalid = new JsonArray();
        foreach (string name in server.Emulator is AwsEmulator.None or AwsEmulator.MiniStack ? asked : asked.Distinct(StringComparer.Ordinal))
        {
            bool isReference = references.Contains(name);
            try
            {
                JsonObject parameter = Get(name, isDecrypted);
                if (server.Emulator == AwsEmulator.LocalStack && references.Length > 0 && !isReference && (string?)parameter["Type"] == "SecureString")
                {
                    parameter["Value"] = "kms:alias/aws/ssm:" + (string?)parameter["Value"];
                }

                found.Add(parameter);
            }
            catch (AwsException missing) when (missing.Code is "ParameterNotFound" or "ParameterVersionNotFound" && !(isReference && server.Emulator == AwsEmulator.Moto))
            {
                invalid.Add(name);
            }
        }

        return new JsonObject { ["Parameters"] = new JsonArray([.. Ordered(found)]), ["InvalidParameters"] = invalid };
    }

    private IEnumerable<JsonObject> Ordered(IEnumerable<JsonObject> found) => server.Emulator switch
    {
        AwsEmulator.Moto => found.OrderBy(p => (int)p["Version"]!),
        AwsEmulator.LocalStack => found.DistinctBy(p => p.ToJsonString()).OrderBy(p => (int?)p["Version"] ?? 0),
        _ => found,
    };

    private JsonObject LabelParameterVersion(JsonObject input)
    {
        (string name, _) = Split(Name(input["Name"]));
        if (input["Labels"] is not JsonArray { Count: >= 1 and <= 10 } labels)
        {
            throw new AwsException("ValidationException");
        }

        List<AwsParameterVersion> versions = _parameters.GetValueOrDefault(name) ?? throw new AwsException("ParameterNotFound");
        int number = (int?)input["ParameterVersion"] ?? versions.Count;
        AwsParameterVersion version = versions.Find(v => v.Number == number) ?? throw new AwsException("ParameterVersionNotFound");
        foreach (string label in labels.Select(l => (string)l!))
        {
            versions.ForEach(v => v.Labels.Remove(label));
            version.Labels.Add(label);
        }

        return new JsonObject { ["InvalidLabels"] = new JsonArray(), ["ParameterVersion"] = number };
    }

    private JsonObject GetParametersByPath(JsonObject input)
    {
        int size = (int?)input["MaxResults"] ?? 10;
        string path = Name(input["Path"]);
        if (size is < 1 or > 10 || !path.StartsWith('/'))
        {
            throw new AwsException("ValidationException");
        }

        bool isRecursive = (bool?)input["Recursive"] ?? false;
        string prefix = path.EndsWith('/') ? path : path + "/";
        string[] all = [.. _parameters.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && (isRecursive || !n[prefix.Length..].Contains('/', StringComparison.Ordinal)))];
        (IReadOnlyList<string> page, string? next) = AwsPages.Cut(all, size, input, "InvalidNextToken", server.WithEmptyPages, server.WithRepeatedToken);
        var result = new JsonObject { ["Parameters"] = new JsonArray([.. page.Select(n => (JsonNode)Get(n, IsDecrypted(input), isBelowPath: true))]) };
        if (next is not null)
        {
            result["NextToken"] = next;
        }

        return result;
    }

    private JsonObject PutParameter(JsonObject input)
    {
        string name = Name(input["Name"]);
        string value = (string?)input["Value"] ?? throw new AwsException("ValidationException");
        if (name.Length > 1011 || !name.All(c => char.IsAsciiLetterOrDigit(c) || "_.-/".Contains(c, StringComparison.Ordinal)) || value.Length is 0 or > 8192)
        {
            throw new AwsException("ValidationException");
        }

        if (_parameters.ContainsKey(name) && !((bool?)input["Overwrite"] ?? false))
        {
            throw new AwsException("ParameterAlreadyExists");
        }

        Set(name, value, (string?)input["Type"] ?? "String");
        return new JsonObject { ["Version"] = _parameters[name][^1].Number, ["Tier"] = "Standard" };
    }

    private JsonObject Get(string asked, bool isDecrypted, bool isBelowPath = false)
    {
        if (asked.StartsWith(ReferencePrefix, StringComparison.Ordinal))
        {
            return GetReference(asked, isDecrypted);
        }

        (string name, string? selector) = Split(asked);

        // "GetParametersByPath" of the API reference: who has access to a path has access to all levels of it, whatever is denied below.
        if (!isBelowPath && server.DeniedNames.Contains(name))
        {
            throw new AwsException("AccessDeniedException");
        }

        if (!_parameters.TryGetValue(name, out List<AwsParameterVersion>? versions))
        {
            throw new AwsException("ParameterNotFound");
        }

        AwsParameterVersion version = selector is null
            ? versions[^1]
            : versions.Find(v => v.Number.ToString(CultureInfo.InvariantCulture) == selector || v.Labels.Contains(selector))
                ?? throw new AwsException("ParameterVersionNotFound");
        if (server.UndecryptableNames.Contains(name) && version.Type == "SecureString" && isDecrypted)
        {
            throw new AwsException("InvalidKeyId");
        }

        var result = new JsonObject
        {
            ["Name"] = name,
            ["Type"] = version.Type,
            ["Value"] = version.Type == "SecureString" && !isDecrypted ? Convert.ToBase64String(Encoding.UTF8.GetBytes("encrypted:" + version.Number)) : version.Value,
            ["Version"] = version.Number,
            ["LastModifiedDate"] = (version.Modified - DateTimeOffset.UnixEpoch).TotalSeconds,
            ["ARN"] = ArnOf(name),
            ["DataType"] = "text",
        };
        if (selector is not null && server.Emulator is AwsEmulator.None or AwsEmulator.MiniStack)
        {
            result["Selector"] = ":" + selector;
        }

        return result;
    }

    // "Referencing AWS Secrets Manager secrets from Parameter Store parameters" of the user guide: by name and, behind a colon, a label or an identifier; decrypted alone.
    private JsonObject GetReference(string asked, bool isDecrypted)
    {
        if (!isDecrypted)
        {
            throw new AwsException("ValidationException");
        }

        string[] parts = asked[ReferencePrefix.Length..].Split(':');
        JsonObject secret;
        try
        {
            secret = server.Emulator is AwsEmulator.MiniStack or AwsEmulator.Roto
                ? throw new AwsException("ParameterNotFound")
                : server.Secrets.Run("GetSecretValue", new JsonObject
                {
                    ["SecretId"] = parts[0],
                    [parts is [_, { Length: 36 }] ? "VersionId" : "VersionStage"] = parts.Length > 1 ? parts[1] : null,
                });
        }
        catch (AwsException missing) when (missing.Code == "ResourceNotFoundException")
        {
            throw new AwsException("ParameterNotFound");
        }

        var result = new JsonObject
        {
            ["Name"] = server.Emulator == AwsEmulator.Moto ? parts[0] : asked,
            ["Type"] = "SecureString",
            ["Value"] = (string?)secret["SecretString"],
            ["SourceResult"] = secret.ToJsonString(),
            ["LastModifiedDate"] = (double)secret["CreatedDate"]!,
        };
        if (server.Emulator != AwsEmulator.LocalStack)
        {
            result["Version"] = 0;
            result["ARN"] = (string)secret["ARN"]!;
        }

        return result;
    }

    // A name has no colon, and an ARN none behind "parameter"; a name without a slash at its start has one in its ARN.
    private (string Name, string? Selector) Split(string asked)
    {
        bool isArn = asked.StartsWith(ArnPrefix, StringComparison.Ordinal);
        string[] parts = (isArn ? asked[ArnPrefix.Length..] : asked).Split(':', 2);
        string name = isArn && !_parameters.ContainsKey(parts[0]) ? parts[0].TrimStart('/') : parts[0];
        return (name, parts.Length > 1 ? parts[1] : null);
    }

    private static string ArnOf(string name) => $"{ArnPrefix}{(name.StartsWith('/') ? "" : "/")}{name}";
}
