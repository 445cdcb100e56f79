using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Keyring;

/// <summary>
/// The service that <c>samples/CustomStore</c> reads, which does not exist: a bearer token, pages of names, versions that are never used twice, and errors with a code.
/// </summary>
public sealed class KeyringServer : TestServer
{
    private readonly SortedDictionary<string, List<KeyringVersion>> _secrets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _denied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _disabled = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the token that is let in.</summary>
    public string AcceptedToken { get; set; } = "keyring-token";

    /// <summary>Gets or sets how many names a page holds.</summary>
    public int PageSize { get; set; } = 100;

    public override IEnumerable<(string Name, string Value)> DemoSecrets => [("database/password", "demo-password"), ("trello/api_key", "demo-key")];

    public override IEnumerable<string> Environment => [$"KEYRING_ADDRESS={Address.AbsoluteUri}", $"KEYRING_TOKEN={AcceptedToken}"];

    public override void Seed(string name, string value) => SetSecret(name, value);

    /// <summary>Stores a secret; the same value as before makes no new version.</summary>
    public void SetSecret(string name, string value)
    {
        if (!_secrets.TryGetValue(name, out List<KeyringVersion>? versions))
        {
            _secrets[name] = versions = [];
        }

        if (versions.LastOrDefault()?.Value != value)
        {
            versions.Add(new KeyringVersion(RandomNumberGenerator.GetHexString(8, lowercase: true), value));
        }
    }

    public void DeleteSecret(string name) => _secrets.Remove(name);

    public void Disable(string name) => _disabled.Add(name);

    public override void Deny(string name) => _denied.Add(name);

    public override void Allow()
    {
        _denied.Clear();
        _disabled.Clear();
    }

    protected override string OperationOf(ServerCall call) => call.Segments switch
    {
        ["v1", "secrets"] => "list",
        ["v1", "secrets", _] => call.Query.GetValueOrDefault("view") == "metadata" ? "look" : "read",
        _ => call.Path,
    };

    protected override ServerAnswer Answer(ServerCall call)
    {
        if (call.Header("Authorization") != "Bearer " + AcceptedToken)
        {
            return Error(401, "token_expired");
        }

        return call.Segments switch
        {
            ["v1", "secrets"] => List(call),
            ["v1", "secrets", var name] => Read(call, name),
            _ => Error(404, "no_such_endpoint"),
        };
    }

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) => kind switch
    {
        FaultKind.Throttle => Error(429, "too_many_calls", ("Retry-After", "1")),
        FaultKind.ExpiredToken => Error(401, "token_expired"),
        FaultKind.AccessDenied => Error(403, "forbidden"),
        _ => Error(500, "internal"),
    };

    private ServerAnswer Error(int status, string code, params (string Name, string Value)[] headers) => ServerAnswer.Json(
        status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = ErrorText } }, "application/json", headers);

    private ServerAnswer List(ServerCall call)
    {
        _ = int.TryParse(call.Query.GetValueOrDefault("page"), CultureInfo.InvariantCulture, out int from);
        string[] all = [.. _secrets.Keys.Where(n => n.StartsWith(call.Query.GetValueOrDefault("prefix", ""), StringComparison.Ordinal))];
        string[] page = [.. all.Skip(from).Take(PageSize)];
        var answer = new JsonObject
        {
            ["secrets"] = new JsonArray([.. page.Select(n => (JsonNode)new JsonObject { ["name"] = n, ["version"] = _secrets[n][^1].Id })]),
        };
        if (from + page.Length < all.Length)
        {
            answer["next"] = (from + page.Length).ToString(CultureInfo.InvariantCulture);
        }

        return ServerAnswer.Json(200, answer);
    }

    private ServerAnswer Read(ServerCall call, string name)
    {
        if (_denied.Contains(name))
        {
            return Error(403, "forbidden");
        }

        if (_disabled.Contains(name))
        {
            return Error(403, "disabled");
        }

        string asked = call.Query.GetValueOrDefault("version", "latest");
        if (!_secrets.TryGetValue(name, out List<KeyringVersion>? versions) || versions.FindLast(v => asked == "latest" || v.Id == asked) is not { } found)
        {
            return Error(404, "no_such_secret");
        }

        var answer = new JsonObject { ["name"] = name, ["version"] = found.Id };
        if (call.Operation == "read")
        {
            answer["value"] = found.Value;
        }

        return ServerAnswer.Json(200, answer);
    }
}
