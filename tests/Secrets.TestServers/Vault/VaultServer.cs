using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>
/// HashiCorp Vault and OpenBao, as their HTTP API reference has them: the key/value engine in both versions (<c>secret/</c> and <c>kv/</c>), a dynamic engine
/// (<c>database/</c>), tokens, logins, leases, namespaces, and nodes that are sealed or standing by.
/// </summary>
public sealed partial class VaultServer : TestServer
{
    /// <summary>The mount of version 2 of the key/value engine.</summary>
    public const string Versioned = "secret";

    /// <summary>The mount of version 1.</summary>
    public const string Plain = "kv";

    /// <summary>The mount of the dynamic engine.</summary>
    public const string Dynamic = "database";

    private readonly Dictionary<string, VaultDynamicRole> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VaultIssuedToken> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VaultStaticRole> _staticRoles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Credential, TimeSpan TimeToLive, TimeSpan MaxTimeToLive, int Uses)> _logins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VaultCertificateLogin> _certificateLogins = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lockedUsers = new(StringComparer.Ordinal);
    private readonly List<VaultIssuedLease> _leases = [];
    private readonly Dictionary<string, VaultIssuedLease> _leasesById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VaultIssuedLease> _leasesByUser = new(StringComparer.Ordinal);
    private readonly HashSet<string> _denied = new(StringComparer.Ordinal);
    private int _issued;

    /// <summary>Gets or sets the clock that tokens and leases live by.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets a token that never expires.</summary>
    public string AcceptedToken { get; set; } = "hvs.root-of-tests";

    /// <summary>Gets or sets the namespace that a call must name; empty for none.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Gets or sets a value indicating whether it is sealed: every call is refused with 503.</summary>
    public bool IsSealed { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether it is OpenBao 2.2 or newer: it answers <c>SCAN</c> and <c>detailed-metadata</c>, and pages lists by <c>limit</c> and
    /// <c>after</c>. Otherwise it is HashiCorp Vault, which knows none of them.
    /// </summary>
    public bool IsOpenBao { get; set; }

    /// <summary>Gets or sets the active node, where this one stands by and sends everybody there.</summary>
    public Uri? ActiveNode { get; set; }

    /// <summary>Gets or sets how many calls a second are answered; <see langword="null"/> for any number.</summary>
    public int? QuotaPerSecond { get; set; }

    /// <summary>Gets or sets what a login answers that needs a second factor.</summary>
    public bool IsSecondFactorAsked { get; set; }

    /// <summary>Gets or sets what <c>Retry-After</c> says where there are too many calls; <see langword="null"/> for nothing.</summary>
    public int? RetryAfterSeconds { get; set; } = 1;

    public IReadOnlyList<VaultIssuedLease> Leases => [.. _leases];

    /// <summary>Gets the tokens that were issued and are still good.</summary>
    public IReadOnlyList<VaultIssuedToken> LiveTokens => [.. _tokens.Values.Where(IsLive)];

    public override IEnumerable<(string Name, string Value)> DemoSecrets =>
        [("secret/shop/database/password", "demo-password"), ("secret/shop/trello/api_key", "demo-key")];

    public override IEnumerable<string> Environment => [$"VAULT_ADDR={Address.AbsoluteUri.TrimEnd('/')}", $"VAULT_TOKEN={AcceptedToken}"];

    public void SetRole(string name, VaultDynamicRole role) => _roles[name] = role;

    /// <summary>Adds a static role, whose password is rotated from now on.</summary>
    public void SetStaticRole(string name, TimeSpan rotationPeriod) => _staticRoles[name] = new VaultStaticRole(rotationPeriod, Clock.GetUtcNow());

    /// <summary>Says whether credentials are good: the user exists in the database.</summary>
    public bool IsUserLive(string user) => FindLease(user) is { } lease && IsLive(lease);

    /// <summary>Gives the lease that a user was created with.</summary>
    public VaultIssuedLease? FindLease(string user) => _leasesByUser.GetValueOrDefault(user);

    /// <summary>Ends a lease before its time, as an operator does.</summary>
    public void Revoke(VaultIssuedLease lease) => lease.IsRevoked = true;

    /// <summary>Lets a login in: the path below <c>auth/</c>, as in <c>approle/login</c>, and what its body must be.</summary>
    public void SetLogin(string path, JsonObject body, TimeSpan timeToLive, TimeSpan? maxTimeToLive = null, int uses = 0) =>
        _logins[path] = (body.ToJsonString(), timeToLive, maxTimeToLive ?? timeToLive * 24, uses);

    /// <summary>Lets clients in that show a certificate of a role: the path below <c>auth/</c>, as in <c>cert/login</c>.</summary>
    public void SetLogin(string path, VaultCertificateLogin login) => _certificateLogins[path] = login;

    /// <summary>Locks a user, as too many failures do: every login at the path below <c>auth/</c> is refused with 403.</summary>
    public void Lock(string path) => _lockedUsers.Add(path);

    /// <summary>Issues a token without a login.</summary>
    public VaultIssuedToken Issue(TimeSpan timeToLive, bool isRenewable = true, TimeSpan? maxTimeToLive = null, int uses = 0)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        var token = new VaultIssuedToken
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"hvs.issued-{++_issued}"),
            TimeToLive = timeToLive,
            IsRenewable = isRenewable,
            Uses = uses,
            ExpiresAt = now + timeToLive,
            EndsAt = now + (maxTimeToLive ?? timeToLive * 24),
        };
        _tokens[token.Text] = token;
        return token;
    }

    /// <summary>Ends a token, and the leases that were issued to it, before their time.</summary>
    public void Revoke(VaultIssuedToken token)
    {
        _tokens.Remove(token.Text);
        _leases.Where(l => l.Owner == token).ToList().ForEach(l => l.IsRevoked = true);
    }

    /// <summary>Refuses a path of the API, as in <c>secret/data/shop</c> or <c>sys/leases/renew</c>.</summary>
    public override void Deny(string name) => _denied.Add(name);

    public override void Allow() => _denied.Clear();

    protected override string OperationOf(ServerCall call) => Segments(call) switch
    {
        ["sys", "internal", "ui", "mounts", ..] => "mount",
        ["sys", "leases", var what] => what + "-lease",
        ["auth", "token", var what] => what,
        ["auth", "approle", "role", ..] => "secret-id",
        ["sys", "wrapping", var what] => what == "lookup" ? "lookup-wrapped" : what,
        ["auth", ..] => "login",
        [Versioned, "data", ..] => "read",
        [_, "detailed-metadata", ..] => call.Method == "SCAN" || call.Query.ContainsKey("scan") ? "scan" : "list-detailed",
        [Versioned, "metadata", ..] => IsListing(call) ? "list" : "metadata",
        [Plain, ..] => IsScan(call) ? "scan" : IsListing(call) ? "list" : "read",
        [Dynamic, "creds", ..] => "creds",
        [Dynamic, "static-creds", ..] => "static-creds",
        _ => call.Path,
    };

    protected override ServerAnswer Answer(ServerCall call)
    {
        if (IsSealed && Segments(call) is not ["sys", "health"])
        {
            return Error(503, "Vault is sealed");
        }

        if (ActiveNode is { } active)
        {
            return new ServerAnswer(307, [], "text/plain", ("Location", new Uri(active, call.Target).AbsoluteUri));
        }

        if (Segments(call) is ["sys", ("health" or "seal-status") and var status])
        {
            return Status(status);
        }

        if ((call.Header("X-Vault-Namespace") ?? "").Trim('/') != Namespace)
        {
            return Error(404, "namespace not found");
        }

        if (IsOverQuota())
        {
            return Fail(FaultKind.Throttle, call);
        }

        // A login takes a form, too.
        if (!IsObject(call.Text) && (call.Operation != "login" || call.Text.StartsWith('{')))
        {
            return Error(400, "error parsing JSON");
        }

        if (call.Operation == "login")
        {
            return Login(call);
        }

        if (Segments(call) is ["sys", "wrapping", var what])
        {
            return what == "lookup" ? LookUpWrapped(call) : Unwrap(call);
        }

        if (TokenOf(call) is not { } token)
        {
            return Error(403, "permission denied");
        }

        return Uses(token) && !_denied.Contains(string.Join('/', Segments(call)))
            ? Answer(call, token)
            : Error(403, "1 error occurred:\n\t* permission denied\n\n");
    }

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) => kind switch
    {
        FaultKind.Throttle => ServerAnswer.Json(
            429,
            Errors($"request path \"{string.Join('/', Segments(call))}\": rate limit quota exceeded"),
            "application/json",
            RetryAfterSeconds is { } wait ? [("Retry-After", wait.ToString(CultureInfo.InvariantCulture))] : []),
        FaultKind.ExpiredToken => Error(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n"),
        FaultKind.AccessDenied => Error(403, "1 error occurred:\n\t* permission denied\n\n"),
        _ => Error(500, "internal error"),
    };

    // With its last use a token ends, and its leases with it.
    private bool Uses(VaultIssuedToken token)
    {
        if (token.Uses > 0 && ++token.Used >= token.Uses)
        {
            _tokens.Remove(token.Text);
        }

        return true;
    }

    private static bool IsObject(string body)
    {
        try
        {
            return body.Length == 0 || JsonNode.Parse(body) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string[] Segments(ServerCall call) => [.. call.Segments.Skip(1)];

    private static JsonObject Envelope(JsonNode? data, string leaseId = "", TimeSpan duration = default, bool isRenewable = false) => new()
    {
        ["request_id"] = "3e0c1e22-0000-0000-0000-000000000000",
        ["lease_id"] = leaseId,
        ["renewable"] = isRenewable,
        ["lease_duration"] = (long)duration.TotalSeconds,
        ["data"] = data,
        ["wrap_info"] = null,
        ["warnings"] = null,
        ["auth"] = null,
    };

    private ServerAnswer Answer(ServerCall call, VaultIssuedToken token) => (call.Method, Segments(call)) switch
    {
        ("GET", ["sys", "internal", "ui", "mounts", .. var path]) => Mount(path),
        ("GET", ["auth", "token", "lookup-self"]) => LookUp(token),
        ("POST" or "PUT", ["auth", "token", "renew-self"]) => Renew(token),
        ("POST" or "PUT", ["auth", "token", "revoke-self"]) => Revoked(() => Revoke(token)),
        ("POST" or "PUT", ["sys", "leases", "renew"]) => LeaseOf(call) is { IsRenewable: true } lease ? Renew(lease) : Error(400, "lease not found"),
        ("POST" or "PUT", ["sys", "leases", "lookup"]) => LeaseOf(call) is { } known ? LookUp(known) : Error(400, "invalid lease"),
        ("POST" or "PUT", ["sys", "leases", "revoke"]) => Revoked(() => LeaseOf(call)?.IsRevoked = true),
        ("SCAN", _) when !IsOpenBao => Error(405, "unsupported operation"),
        ("GET" or "LIST" or "SCAN", [(Versioned or Plain) and var mount, .. var path]) => KeyValue(call, mount, path),
        ("GET", [Dynamic, "creds", var role]) => Credentials(role, token),
        ("GET", [Dynamic, "static-creds", var role]) when _staticRoles.TryGetValue(role, out VaultStaticRole? fixedRole) => StaticCredentials(role, fixedRole),
        ("POST" or "PUT", ["auth", "approle", "role", _, "secret-id"]) => Wrapped(call, SecretId()),
        ("GET", ["totp", "code", _]) => OneTimeCode(),
        _ => Error(404, $"no handler for route \"{string.Join('/', Segments(call))}\". route entry not found."),
    };

    private JsonObject Errors(params string[] texts) => new() { ["errors"] = new JsonArray([.. texts.Select(t => (JsonNode)(ErrorText.Length == 0 ? t : $"{t} ({ErrorText})"))]) };

    private ServerAnswer Error(int status, params string[] texts) => ServerAnswer.Json(status, Errors(texts));

    private VaultIssuedToken? TokenOf(ServerCall call)
    {
        string text = call.Header("X-Vault-Token") ?? (call.Header("Authorization") is { } bearer && bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer["Bearer ".Length..] : "");
        return text == AcceptedToken ? new VaultIssuedToken { Text = text, TimeToLive = TimeSpan.Zero, IsRenewable = false }
            : _tokens.TryGetValue(text, out VaultIssuedToken? token) && IsLive(token) ? token
            : null;
    }

    private bool IsLive(VaultIssuedLease lease) => !lease.IsRevoked && Clock.GetUtcNow() < lease.ExpiresAt && IsLive(lease.Owner);

    private bool IsLive(VaultIssuedToken token) => Clock.GetUtcNow() < token.ExpiresAt;

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
}
