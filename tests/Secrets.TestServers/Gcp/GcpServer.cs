using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Gcp;

/// <summary>Google Cloud Secret Manager, as its REST reference (v1) has it, with the metadata server and the token endpoint that give its tokens.</summary>
public sealed class GcpServer : TestServer
{
    public const string Project = "shop-1";
    public const string ProjectNumber = "123456789";
    public const string ServiceAccount = "shop@shop-1.iam.gserviceaccount.com";

    // By location; that of global secrets is empty.
    private readonly Dictionary<string, SortedDictionary<string, List<GcpVersion>>> _locations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _denied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deniedOperations = new(StringComparer.Ordinal);
    private readonly RSA _key = RSA.Create(2048);

    /// <summary>Gets the clock that versions are made by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets or sets what the bearer of is let in, and what the token endpoints give.</summary>
    public string AcceptedToken { get; set; } = "google-token";

    /// <summary>Gets or sets how many of the next contents come with a wrong checksum.</summary>
    public int WrongChecksums { get; set; }

    /// <summary>Gets or sets a value indicating whether answers have the names of the .proto files (<c>next_page_token</c>), numbers for 64-bit integers and enumerations, and what is empty, as some servers write them.</summary>
    public bool WritesProtoNames { get; set; }

    /// <summary>Gets or sets the <c>reason</c> with which every call is denied, as in <c>SERVICE_DISABLED</c>; <see langword="null"/> denies none.</summary>
    public string? DenialReason { get; set; }

    /// <summary>Gets or sets how many secrets a page holds at the most.</summary>
    public int PageSize { get; set; } = 100;

    public override IEnumerable<(string Name, string Value)> DemoSecrets => [("database--password", "demo-password"), ("trello--api-key", "demo-key")];

    public override IEnumerable<string> Environment =>
        [$"GCE_METADATA_HOST={Address.Authority}", $"GOOGLE_CLOUD_PROJECT={Project}", $"GOOGLE_SERVICE_ACCOUNT={ServiceAccountFile()}"];

    public override void Seed(string name, string value) => SetSecret(name, value);

    /// <summary>Gives the file of a service account whose tokens this server gives.</summary>
    public string ServiceAccountFile() => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = Project,
        ["private_key_id"] = "key-1",
        ["private_key"] = _key.ExportPkcs8PrivateKeyPem(),
        ["client_email"] = ServiceAccount,
        ["client_id"] = "1",
        ["token_uri"] = new Uri(Address, "token").AbsoluteUri,
    }.ToJsonString();

    public void SetSecret(string id, string text, string location = "") => SetSecret(id, Encoding.UTF8.GetBytes(text), location);

    /// <summary>Stores a secret, of the whole project or of a location; the same content as before makes no new version.</summary>
    public void SetSecret(string id, byte[] data, string location = "")
    {
        if (!SecretsOf(location).TryGetValue(id, out List<GcpVersion>? versions))
        {
            SecretsOf(location)[id] = versions = [];
        }

        if (versions.LastOrDefault() is not { } latest || !latest.Data.AsSpan().SequenceEqual(data))
        {
            versions.Add(new GcpVersion(versions.Count + 1, data, Clock.GetUtcNow()));
        }
    }

    public void DeleteSecret(string id) => SecretsOf("").Remove(id);

    /// <summary>Disables the latest version.</summary>
    public void Disable(string id) => SecretsOf("")[id][^1].IsEnabled = false;

    public override void Deny(string name) => _denied.Add(name);

    public void DenyOperation(string operation) => _deniedOperations.Add(operation);

    public override void Allow()
    {
        _denied.Clear();
        _deniedOperations.Clear();
    }

    protected override string OperationOf(ServerCall call) => call.Segments switch
    {
        [] or ["computeMetadata", ..] => "metadata",
        ["token"] => "token",
        ["v1", "projects", _, "secrets"] or ["v1", "projects", _, "locations", _, "secrets"] => "list",
        ["v1", "projects", _, "secrets", _, "versions", var version] => OperationOf(version),
        ["v1", "projects", _, "locations", _, "secrets", _, "versions", var version] => OperationOf(version),
        _ => call.Path,
    };

    protected override ServerAnswer Answer(ServerCall call)
    {
        switch (call.Operation)
        {
            case "metadata":
                return call.Header("Metadata-Flavor") == "Google" ? Metadata(call) : Error(403, "PERMISSION_DENIED");
            case "token":
                return Token(call);
        }

        if (call.Header("Authorization") != "Bearer " + AcceptedToken)
        {
            return Error(401, "UNAUTHENTICATED");
        }

        if (_deniedOperations.Contains(call.Operation))
        {
            return Error(403, "PERMISSION_DENIED");
        }

        if (DenialReason is { } reason)
        {
            return Error(403, "PERMISSION_DENIED", reason);
        }

        return call.Segments switch
        {
            ["v1", "projects", not (Project or ProjectNumber), ..] => Error(403, "PERMISSION_DENIED", "CONSUMER_INVALID"),
            ["v1", "projects", _, "locations", var location, .. var rest] when call.Method == "GET" => Answer(call, location, rest),
            ["v1", "projects", _, .. var rest] when call.Method == "GET" => Answer(call, "", rest),
            _ => Error(404, "NOT_FOUND"),
        };
    }

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) => kind switch
    {
        FaultKind.Throttle => Error(429, "RESOURCE_EXHAUSTED"),
        FaultKind.ExpiredToken => Error(401, "UNAUTHENTICATED"),
        FaultKind.AccessDenied => Error(403, "PERMISSION_DENIED"),
        _ => Error(500, "INTERNAL"),
    };

    private static string OperationOf(string version) => version.EndsWith(":access", StringComparison.Ordinal) ? "access" : "get-version";

    private SortedDictionary<string, List<GcpVersion>> SecretsOf(string location) =>
        _locations.TryGetValue(location, out SortedDictionary<string, List<GcpVersion>>? secrets) ? secrets : _locations[location] = new(StringComparer.Ordinal);

    private ServerAnswer Answer(ServerCall call, string location, string[] rest) => rest switch
    {
        ["secrets"] => List(call, location),
        ["secrets", var id, "versions", var version] => Version(location, id, version),
        _ => Error(404, "NOT_FOUND"),
    };

    private static string ParentOf(string location) => $"projects/{ProjectNumber}/{(location.Length == 0 ? "" : $"locations/{location}/")}secrets";

    private ServerAnswer Error(int code, string status, string? reason = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = $"{status}: {ErrorText}", ["status"] = status };
        if (reason is not null)
        {
            error["details"] = new JsonArray(
                new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.Help", ["links"] = new JsonArray() },
                new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo", ["reason"] = reason, ["domain"] = "googleapis.com" });
        }

        return ServerAnswer.Json(code, new JsonObject { ["error"] = error });
    }

    private ServerAnswer Metadata(ServerCall call)
    {
        ServerAnswer answer = call.Path.EndsWith("/token", StringComparison.Ordinal)
            ? ServerAnswer.Json(200, TokenOf(), "application/json", ("Metadata-Flavor", "Google"))
            : ServerAnswer.Text(200, "default", "application/text", ("Metadata-Flavor", "Google"));
        return answer;
    }

    // RFC 7523: a signed assertion is changed for a token.
    private ServerAnswer Token(ServerCall call)
    {
        string assertion = call.Text.Split('&').Select(p => p.Split('=', 2)).Where(p => p[0] == "assertion").Select(p => Uri.UnescapeDataString(p[1])).FirstOrDefault("");
        string[] parts = assertion.Split('.');
        bool isSigned = parts.Length == 3 && parts.All(p => System.Buffers.Text.Base64Url.IsValid(p))
            && _key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return isSigned && (string?)JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))?["iss"] == ServiceAccount
            ? ServerAnswer.Json(200, TokenOf())
            : ServerAnswer.Json(400, new JsonObject { ["error"] = "invalid_grant", ["error_description"] = ErrorText });
    }

    private JsonObject TokenOf() => new() { ["access_token"] = AcceptedToken, ["expires_in"] = 3599, ["token_type"] = "Bearer" };

    private ServerAnswer List(ServerCall call, string location)
    {
        IReadOnlyDictionary<string, string> query = call.Query;
        int asked = 0;
        int from = 0;
        if ((query.TryGetValue("pageSize", out string? size) && !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out asked))
            || (query.TryGetValue("pageToken", out string? token) && token.Length > 0 && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out from)))
        {
            return Error(400, "INVALID_ARGUMENT");
        }

        if (GcpFilter.Parse(query.GetValueOrDefault("filter", "")) is not { } filter)
        {
            // The service knows more filters than this server, which does not act as if nothing fitted them.
            return Error(501, "UNIMPLEMENTED");
        }

        // 0 leaves it to the server, and more than it gives is no mistake ("Method: projects.secrets.list", pageSize).
        string[] all = [.. SecretsOf(location).Keys.Where(filter.Fits)];
        string[] page = [.. all.Skip(from).Take(asked == 0 ? PageSize : Math.Min(asked, PageSize))];
        var answer = new JsonObject
        {
            ["totalSize"] = all.Length,
            ["secrets"] = new JsonArray([.. page.Select(id => (JsonNode)new JsonObject { ["name"] = $"{ParentOf(location)}/{id}", ["etag"] = "\"1\"" })]),
            ["nextPageToken"] = from + page.Length < all.Length ? (from + page.Length).ToString(CultureInfo.InvariantCulture) : "",
        };
        return Message(answer);
    }

    /// <summary>Writes a message in the mapping that this server has.</summary>
    private ServerAnswer Message(JsonObject message) => ServerAnswer.Json(200, WritesProtoNames ? GcpSpelling.AsProto(message) : GcpSpelling.AsJson(message));

    private ServerAnswer Version(string location, string id, string asked)
    {
        bool isAccess = asked.EndsWith(":access", StringComparison.Ordinal);
        string version = isAccess ? asked[..^":access".Length] : asked;
        if (_denied.Contains(id))
        {
            return Error(403, "PERMISSION_DENIED");
        }

        if (!SecretsOf(location).TryGetValue(id, out List<GcpVersion>? versions)
            || versions.FindLast(v => version == "latest" || v.Number.ToString(CultureInfo.InvariantCulture) == version) is not { } found)
        {
            return Error(404, "NOT_FOUND");
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"{ParentOf(location)}/{id}/versions/{found.Number}");
        if (!isAccess)
        {
            return Message(new JsonObject
            {
                ["name"] = name,
                ["createTime"] = found.Created.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
                ["state"] = found.IsEnabled ? "ENABLED" : "DISABLED",
                ["etag"] = string.Create(CultureInfo.InvariantCulture, $"\"{found.Created.UtcTicks:x}\""),
            });
        }

        if (!found.IsEnabled)
        {
            return Error(400, "FAILED_PRECONDITION");
        }

        uint crc = uint.MaxValue;
        foreach (byte b in found.Data)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return Message(new JsonObject
        {
            ["name"] = name,
            ["payload"] = new JsonObject
            {
                ["dataCrc32c"] = (~crc ^ (WrongChecksums-- > 0 ? 1u : 0u)).ToString(CultureInfo.InvariantCulture),
                ["data"] = Convert.ToBase64String(found.Data),
            },
        });
    }
}
