using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Aws;

/// <summary>Parameter Store behind the protocol; limits as in the "AWS Systems Manager API Reference".</summary>
internal sealed class AwsParametersStore(AwsServer server)
{
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
        "DeleteParameter" => _parameters.Remove(Name(input["Name"])) ? [] : throw new AwsException("ParameterNotFound"),
        _ => throw new AwsException("UnknownOperationException"),
    };

    private static bool IsDecrypted(JsonObject input) => (bool?)input["WithDecryption"] ?? false;

    private static string Name(JsonNode? name) => (string?)name is { Length: > 0 and <= 2048 } text ? text : throw new AwsException("ValidationException");

    private JsonObject GetParameters(JsonObject input)
    {
        if (input["Names"] is not JsonArray { Count: >= 1 and <= 10 } names)
        {
            throw new AwsException("ValidationException");
        }

        var found = new JsonArray();
        var invalid = new JsonArray();
        foreach (string name in names.Select(Name))
        {
            try
            {
                found.Add(Get(name, IsDecrypted(input)));
            }
            catch (AwsException missing) when (missing.Code is "ParameterNotFound" or "ParameterVersionNotFound")
            {
                invalid.Add(name);
            }
        }

        return new JsonObject { ["Parameters"] = found, ["InvalidParameters"] = invalid };
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
        string name = asked;
        string? selector = null;
        if (!_parameters.ContainsKey(name) && asked.LastIndexOf(':') is var colon and > 0 && !asked.StartsWith("arn:", StringComparison.Ordinal))
        {
            (name, selector) = (asked[..colon], asked[colon..]);
        }

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
            : versions.Find(v => v.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == selector[1..] || v.Labels.Contains(selector[1..]))
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
            ["ARN"] = $"arn:aws:ssm:eu-west-1:123456789012:parameter{(name.StartsWith('/') ? "" : "/")}{name}",
            ["DataType"] = "text",
        };
        if (selector is not null)
        {
            result["Selector"] = selector;
        }

        return result;
    }
}
