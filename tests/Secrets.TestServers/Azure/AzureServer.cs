using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Azure;

/// <summary>The secrets of an Azure Key Vault, as its REST reference has them, over HTTPS and behind a bearer challenge.</summary>
/// <remarks>The SDK lets a challenge count for hosts below its resource alone, so that the server has a name, to which <see cref="CreateHandler"/> leads.</remarks>
public sealed class AzureServer : TestServer
{
    public const string Token = "vault-token";

    private const int PageSize = 25;
    private const int MaxValueLength = 25 * 1024;

    private static int _hosts;

    private readonly SortedDictionary<string, AzureSecretRecord> _secrets = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _denied = new(StringComparer.OrdinalIgnoreCase);
    private int _versions;

    // Links and identifiers have the host by which the vault was asked.
    private Uri? _asked;

    // The SDK remembers the challenge of a host for the life of the process: each server has a host of its own, so that counts do not depend on who was first.
    public AzureServer()
    {
        Host = string.Create(CultureInfo.InvariantCulture, $"shop{Interlocked.Increment(ref _hosts)}.vault.test");
        Certificate = TestCertificate.Create(Host);
    }

    public string Host { get; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets or sets what the bearer of is let in.</summary>
    public string AcceptedToken { get; set; } = Token;

    /// <summary>Gets or sets a value indicating whether secrets may be listed.</summary>
    public bool MayList { get; set; } = true;

    /// <summary>Gets or sets the inner code of a refusal.</summary>
    public string DenialReason { get; set; } = "ForbiddenByPolicy";

    /// <summary>Gets what stands for the link of a page that is the last: nothing, and an empty text elsewhere.</summary>
    public string? LastLink { get; init; }

    /// <summary>Gets the vault's address, by its name.</summary>
    public Uri VaultUri => new($"https://{Host}:{Address.Port}/");

    public override IEnumerable<(string Name, string Value)> DemoSecrets => [("database--password", "demo-password"), ("trello--api-key", "demo-key")];

    public override IEnumerable<string> Environment => [$"AZURE_KEY_VAULT={VaultUri.AbsoluteUri}", $"AZURE_KEY_VAULT_TOKEN={AcceptedToken}"];

    /// <summary>Gets a value indicating whether clients trust the certificate.</summary>
    public bool IsTrusted { get; init; } = true;

    /// <summary>Makes a handler that finds the server by its name.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        int port = Address.Port;
        byte[] certificate = Certificate!.RawData;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken).ConfigureAwait(false);
                    return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        if (IsTrusted)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, seen, _, _) => seen is X509Certificate2 own && own.RawData.AsSpan().SequenceEqual(certificate);
        }

        return handler;
    }

    public override void Seed(string name, string value) => SetSecret(name, value);

    /// <summary>Stores a secret; the same as before makes no new version.</summary>
    public void SetSecret(string name, string value, bool enabled = true, DateTimeOffset? expires = null, DateTimeOffset? notBefore = null)
    {
        if (!_secrets.TryGetValue(name, out AzureSecretRecord? secret))
        {
            _secrets[name] = secret = new AzureSecretRecord(name);
        }

        if (secret.Versions.LastOrDefault() is not { } latest || latest.Value != value || latest.IsEnabled != enabled || latest.Expires != expires || latest.NotBefore != notBefore)
        {
            secret.Versions.Add(NewVersion(value) with { IsEnabled = enabled, Expires = expires, NotBefore = notBefore });
        }
    }

    /// <summary>Disables one version, counted from 0, as <c>az keyvault secret set-attributes --version</c> does.</summary>
    public void DisableVersion(string name, int index)
    {
        _secrets[name].Versions[index] = _secrets[name].Versions[index] with { IsEnabled = false };
    }

    public void DeleteSecret(string name) => _secrets.Remove(name);

    public override void Deny(string name) => _denied.Add(name);

    public override void Allow() => _denied.Clear();

    protected override string OperationOf(ServerCall call) => call.Segments switch
    {
        _ when call.Header("Authorization") is null => "challenge",
        ["secrets"] => "list",
        ["secrets", _, "versions"] => "list-versions",
        ["secrets", ..] => call.Method.ToLowerInvariant(),
        _ => call.Path,
    };

    protected override ServerAnswer Answer(ServerCall call)
    {
        _asked = call.Header("Host") is { Length: > 0 } host ? new Uri($"https://{host}/") : VaultUri;
        if (call.Header("Authorization") != "Bearer " + AcceptedToken)
        {
            return Challenge();
        }

        if (!call.Query.ContainsKey("api-version"))
        {
            return Error(400, "BadParameter");
        }

        return (call.Method, call.Segments) switch
        {
            ("GET", ["secrets"]) => MayList ? List(call) : Error(403, "Forbidden", DenialReason),
            ("GET", ["secrets", var name, "versions"]) => MayList && !_denied.Contains(name) ? ListVersions(name, call) : Error(403, "Forbidden", DenialReason),
            ("GET", ["secrets", var name]) => Get(name, version: null),
            ("GET", ["secrets", var name, var version]) => Get(name, version),
            ("PUT", ["secrets", var name]) => Put(name, call),
            ("PATCH", ["secrets", var name, var version]) => Patch(name, version, call),
            ("DELETE", ["secrets", var name]) => _secrets.Remove(name) ? ServerAnswer.Json(200, new JsonObject { ["id"] = IdOf(name) }) : Error(404, "SecretNotFound"),
            _ => Error(404, "NotFound"),
        };
    }

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) => kind switch
    {
        FaultKind.Throttle => Error(429, "Throttled", inner: null, ("Retry-After", "0")),
        FaultKind.ExpiredToken => Challenge(),
        FaultKind.AccessDenied => Error(403, "Forbidden", DenialReason),
        _ => Error(500, "InternalServerError"),
    };

    private ServerAnswer Challenge() => ServerAnswer.Json(
        401,
        new JsonObject { ["error"] = new JsonObject { ["code"] = "Unauthorized", ["message"] = $"AKV10000: {ErrorText}" } },
        "application/json",
        ("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000\", resource=\"https://vault.test\""));

    private ServerAnswer Error(int status, string code, string? inner = null, params (string Name, string Value)[] headers)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = $"{code}: {ErrorText}" };
        if (inner is not null)
        {
            error["innererror"] = new JsonObject { ["code"] = inner };
        }

        return ServerAnswer.Json(status, new JsonObject { ["error"] = error }, "application/json", headers);
    }

    private ServerAnswer List(ServerCall call) =>
        Page(call, "secrets", [.. _secrets.Values.Select(s => Describe(s.Name, version: null, s.Versions[^1]))]);

    // The order is nobody's promise: here it is the oldest first.
    private ServerAnswer ListVersions(string name, ServerCall call) => _secrets.TryGetValue(name, out AzureSecretRecord? secret)
        ? Page(call, $"secrets/{name}/versions", [.. secret.Versions.Select(v => Describe(name, v.Id, v))])
        : Error(404, "SecretNotFound");

    private ServerAnswer Page(ServerCall call, string path, JsonObject[] all)
    {
        IReadOnlyDictionary<string, string> query = call.Query;
        int size = PageSize;
        int from = 0;
        if ((query.TryGetValue("maxresults", out string? most) && !int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out size))
            || (query.TryGetValue("$skiptoken", out string? token) && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out from))
            || size is < 1 or > PageSize)
        {
            return Error(400, "BadParameter");
        }

        JsonNode[] page = [.. all.Skip(from).Take(size)];
        int next = from + page.Length;
        return ServerAnswer.Json(200, new JsonObject
        {
            ["value"] = new JsonArray(page),
            ["nextLink"] = next < all.Length ? string.Create(CultureInfo.InvariantCulture, $"{_asked}{path}?api-version=7.6&$skiptoken={next}&maxresults={size}") : LastLink,
        });
    }

    private ServerAnswer Get(string name, string? version)
    {
        if (_denied.Contains(name))
        {
            return Error(403, "Forbidden", DenialReason);
        }

        if (!_secrets.TryGetValue(name, out AzureSecretRecord? secret) || secret.Versions.FindLast(v => version is null || v.Id == version) is not { } found)
        {
            return Error(404, "SecretNotFound");
        }

        if (!found.IsEnabled)
        {
            return Error(403, "Forbidden", "SecretDisabled");
        }

        return ServerAnswer.Json(200, Bundle(secret.Name, found));
    }

    private ServerAnswer Put(string name, ServerCall call)
    {
        if (name.Length is 0 or > 127 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            || AzureSecretBody.Read(call.Body) is not { Value: { Length: <= MaxValueLength } value } body)
        {
            return Error(400, "BadParameter");
        }

        if (!_secrets.TryGetValue(name, out AzureSecretRecord? secret))
        {
            _secrets[name] = secret = new AzureSecretRecord(name);
        }

        // Each call makes a version ("Set Secret"), also with the value of before.
        secret.Versions.Add(body.ApplyTo(NewVersion(value)));
        return ServerAnswer.Json(200, Bundle(secret.Name, secret.Versions[^1]));
    }

    private ServerAnswer Patch(string name, string version, ServerCall call)
    {
        if (!_secrets.TryGetValue(name, out AzureSecretRecord? secret) || secret.Versions.FindIndex(v => v.Id == version) is not (>= 0 and var index))
        {
            return Error(404, "SecretNotFound");
        }

        if (AzureSecretBody.Read(call.Body) is not { Value: null } body)
        {
            return Error(400, "BadParameter");
        }

        secret.Versions[index] = body.ApplyTo(secret.Versions[index]) with { Updated = Clock.GetUtcNow() };
        return ServerAnswer.Json(200, Describe(secret.Name, version, secret.Versions[index]));
    }

    private AzureSecretVersion NewVersion(string value) => new(string.Create(CultureInfo.InvariantCulture, $"{++_versions:x32}"), value, Clock.GetUtcNow());

    private JsonObject Bundle(string name, AzureSecretVersion of)
    {
        JsonObject answer = Describe(name, of.Id, of);
        answer["value"] = of.Value;
        return answer;
    }

    private JsonObject Describe(string name, string? version, AzureSecretVersion of) => of.Describe(IdOf(name) + (version is null ? "" : "/" + version));

    private string IdOf(string name) => $"{_asked}secrets/{name}";
}
