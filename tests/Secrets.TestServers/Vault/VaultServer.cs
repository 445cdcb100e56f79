using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>
/// HashiCorp Vault and OpenBao, as their HTTP API reference has them: the key/value engine in both versions (<c>secret/</c> and <c>kv/</c>), a dynamic engine
/// (<c>database/</c>), tokens, logins, leases, namespaces, and nodes that are sealed or standing by.
/// </summary>
public sealed class VaultServer : TestServer
{
    /// <summary>The mount of version 2 of the key/value engine.</summary>
    public const string Versioned = "secret";

    /// <summary>The mount of version 1.</summary>
    public const string Plain = "kv";

    /// <summary>The mount of the dynamic engine.</summary>
    public const string Dynamic = "database";

    private readonly SortedDictionary<string, List<VaultKeyValueVersion>> _versioned = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _plain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VaultDynamicRole> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VaultIssuedToken> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VaultStaticRole> _staticRoles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<VaultKeyValueVersion>> _upgraded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Credential, TimeSpan TimeToLive, TimeSpan MaxTimeToLive, int Uses)> _logins = new(StringComparer.Ordinal);
    private readonly List<VaultIssuedLease> _leases = [];
    private readonly Dictionary<string, VaultIssuedLease> _leasesById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VaultIssuedLease> _leasesByUser = new(StringComparer.Ordinal);
    private readonly HashSet<string> _denied = new(StringComparer.Ordinal);
    private int _issued;
    private long _quotaSecond;
    private int _quotaUsed;

    /// <summary>Gets or sets the clock that tokens and leases live by.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets a token that never expires.</summary>
    public string AcceptedToken { get; set; } = "hvs.root-of-tests";

    /// <summary>Gets or sets the namespace that a call must name; empty for none.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Gets or sets a value indicating whether it is sealed: every call is refused with 503.</summary>
    public bool IsSealed { get; set; }

    /// <summary>Gets or sets the active node, where this one stands by and sends everybody there.</summary>
    public Uri? ActiveNode { get; set; }

    /// <summary>Gets or sets how many calls a second are answered; <see langword="null"/> for any number.</summary>
    public int? QuotaPerSecond { get; set; }

    /// <summary>Gets a value indicating whether the mount of version 1 has become one of version 2.</summary>
    public bool IsPlainUpgraded { get; private set; }

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

    /// <summary>Stores one field: <c>secret/shop/database/password</c> is the field <c>password</c> of the secret <c>secret/shop/database</c>.</summary>
    public override void Seed(string name, string value)
    {
        string[] parts = name.Split('/');
        string path = string.Join('/', parts[1..^1]);
        string? now = parts[0] == Plain ? _plain.GetValueOrDefault(path) : _versioned.GetValueOrDefault(path)?[^1].Json;
        JsonObject fields = now is null ? [] : JsonNode.Parse(now)!.AsObject();
        fields[parts[^1]] = value;
        SetSecret($"{parts[0]}/{path}", fields.ToJsonString());
    }

    /// <summary>Stores a secret, a JSON object; the same content as before makes no new version.</summary>
    public void SetSecret(string name, string json)
    {
        (string mount, string path) = Cut(name);
        if (mount == Plain)
        {
            _plain[path] = json;
            return;
        }

        if (!_versioned.TryGetValue(path, out List<VaultKeyValueVersion>? versions))
        {
            _versioned[path] = versions = [];
        }

        if (versions.Count == 0 || versions[^1].Deleted is not null || versions[^1].Json != json)
        {
            versions.Add(new VaultKeyValueVersion(versions.Count + 1, json, Clock.GetUtcNow()));
        }
    }

    /// <summary>Removes a secret with all its versions.</summary>
    public void DeleteSecret(string name)
    {
        (string mount, string path) = Cut(name);
        _ = mount == Plain ? _plain.Remove(path) : _versioned.Remove(path);
    }

    /// <summary>Marks the latest version as deleted, as <c>vault kv delete</c> does: it is there, and has no data.</summary>
    public void DeleteLatest(string name) => _versioned[Cut(name).Path][^1].Deleted = Clock.GetUtcNow();

    /// <summary>Says when the latest version will be deleted, as <c>delete_version_after</c> does: until then it is read as any other.</summary>
    public void DeleteLatestAt(string name, DateTimeOffset time) => _versioned[Cut(name).Path][^1].Deleted = time;

    public void SetRole(string name, VaultDynamicRole role) => _roles[name] = role;

    /// <summary>Adds a static role, whose password is rotated from now on.</summary>
    public void SetStaticRole(string name, TimeSpan rotationPeriod) => _staticRoles[name] = new VaultStaticRole(rotationPeriod, Clock.GetUtcNow());

    /// <summary>Makes the mount of version 1 one of version 2, as <c>bao kv enable-versioning</c> does.</summary>
    public void UpgradePlain()
    {
        IsPlainUpgraded = true;
        foreach ((string path, string json) in _plain)
        {
            _upgraded[path] = [new VaultKeyValueVersion(1, json, Clock.GetUtcNow())];
        }

        _plain.Clear();
    }

    /// <summary>Says whether credentials are good: the user exists in the database.</summary>
    public bool IsUserLive(string user) => FindLease(user) is { } lease && IsLive(lease);

    /// <summary>Gives the lease that a user was created with.</summary>
    public VaultIssuedLease? FindLease(string user) => _leasesByUser.GetValueOrDefault(user);

    /// <summary>Ends a lease before its time, as an operator does.</summary>
    public void Revoke(VaultIssuedLease lease) => lease.IsRevoked = true;

    /// <summary>Lets a login in: the path below <c>auth/</c>, as in <c>approle/login</c>, and what its body must be.</summary>
    public void SetLogin(string path, JsonObject body, TimeSpan timeToLive, TimeSpan? maxTimeToLive = null, int uses = 0) =>
        _logins[path] = (body.ToJsonString(), timeToLive, maxTimeToLive ?? timeToLive * 24, uses);

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
        ["auth", ..] => "login",
        [Versioned, "data", ..] => "read",
        [Versioned, "metadata", ..] => IsListing(call) ? "list" : "metadata",
        [Plain, ..] => IsListing(call) ? "list" : "read",
        [Dynamic, "creds", ..] => "creds",
        [Dynamic, "static-creds", ..] => "static-creds",
        _ => call.Path,
    };

    protected override ServerAnswer Answer(ServerCall call)
    {
        if (IsSealed)
        {
            return Error(503, "Vault is sealed");
        }

        if (ActiveNode is { } active)
        {
            return new ServerAnswer(307, [], "text/plain", ("Location", new Uri(active, call.Target).AbsoluteUri));
        }

        if ((call.Header("X-Vault-Namespace") ?? "").Trim('/') != Namespace)
        {
            return Error(404, "no handler for route");
        }

        if (IsOverQuota())
        {
            return Fail(FaultKind.Throttle, call);
        }

        if (call.Operation == "login")
        {
            return Login(call);
        }

        return TokenOf(call) is { } token && Uses(token) && !_denied.Contains(string.Join('/', Segments(call)))
            ? Answer(call, token)
            : Error(403, "1 error occurred:\n\t* permission denied\n\n");
    }

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) => kind switch
    {
        FaultKind.Throttle => ServerAnswer.Json(
            429,
            Errors($"request path \"{call.Path}\": rate limit quota exceeded"),
            "application/json",
            RetryAfterSeconds is { } wait ? [("Retry-After", wait.ToString(CultureInfo.InvariantCulture))] : []),
        FaultKind.ExpiredToken => Error(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n"),
        FaultKind.AccessDenied => Error(403, "1 error occurred:\n\t* permission denied\n\n"),
        _ => Error(500, "internal error"),
    };

    // A fixed window, as OpenBao's quotas have.
    private bool IsOverQuota()
    {
        long second = Clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerSecond;
        _quotaUsed = second == _quotaSecond ? _quotaUsed + 1 : 1;
        _quotaSecond = second;
        return _quotaUsed > QuotaPerSecond;
    }

    // With its last use a token ends, and its leases with it.
    private bool Uses(VaultIssuedToken token)
    {
        if (token.Uses > 0 && ++token.Used >= token.Uses)
        {
            _tokens.Remove(token.Text);
        }

        return true;
    }

    private static string[] Segments(ServerCall call) => [.. call.Segments.Skip(1)];

    private static bool IsListing(ServerCall call) => call.Method == "LIST" || call.Target.Contains("list=true", StringComparison.Ordinal);

    private static (string Mount, string Path) Cut(string name) => name.Split('/', 2) is [var mount, var path] ? (mount, path) : throw new ArgumentException("A name is a mount and a path.", nameof(name));

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
        ("GET", [Plain, "data", .. var path]) when IsPlainUpgraded => Read(_upgraded, string.Join('/', path), call),
        ("GET" or "LIST", [Plain, "metadata", .. var path]) when IsPlainUpgraded && IsListing(call) => List(_upgraded.Keys, path),
        ("GET", [Plain, "metadata", .. var path]) when IsPlainUpgraded => Metadata(_upgraded, string.Join('/', path)),
        (_, [Plain, ..]) when IsPlainUpgraded => NotVersioned(),
        ("GET", [Versioned, "data", .. var path]) => Read(_versioned, string.Join('/', path), call),
        ("GET" or "LIST", [Versioned, "metadata", .. var path]) when IsListing(call) => List(_versioned.Keys, path),
        ("GET", [Versioned, "metadata", .. var path]) => Metadata(_versioned, string.Join('/', path)),
        ("GET" or "LIST", [Plain, .. var path]) when IsListing(call) => List(_plain.Keys, path),
        ("GET", [Plain, .. var path]) => _plain.TryGetValue(string.Join('/', path), out string? json)
            ? ServerAnswer.Json(200, Envelope(JsonNode.Parse(json), duration: TimeSpan.FromSeconds(2_764_800)))
            : Error(404),
        ("GET", [Dynamic, "creds", var role]) => Credentials(role, token),
        ("GET", [Dynamic, "static-creds", var role]) when _staticRoles.TryGetValue(role, out VaultStaticRole? fixedRole) => StaticCredentials(role, fixedRole),
        (_, [Versioned, ..]) => NotVersioned(),
        _ => Error(404, "no handler for route"),
    };

    private JsonObject Errors(params string[] texts) => new() { ["errors"] = new JsonArray([.. texts.Select(t => (JsonNode)(ErrorText.Length == 0 ? t : $"{t} ({ErrorText})"))]) };

    private ServerAnswer Error(int status, params string[] texts) => ServerAnswer.Json(status, Errors(texts));

    private VaultIssuedToken? TokenOf(ServerCall call)
    {
        string text = call.Header("X-Vault-Token") ?? "";
        return text == AcceptedToken ? new VaultIssuedToken { Text = text, TimeToLive = TimeSpan.Zero, IsRenewable = false }
            : _tokens.TryGetValue(text, out VaultIssuedToken? token) && IsLive(token) ? token
            : null;
    }

    private bool IsLive(VaultIssuedLease lease) => !lease.IsRevoked && Clock.GetUtcNow() < lease.ExpiresAt && IsLive(lease.Owner);

    private bool IsLive(VaultIssuedToken token) => Clock.GetUtcNow() < token.ExpiresAt;

    private ServerAnswer Login(ServerCall call)
    {
        string path = string.Join('/', Segments(call).Skip(1));
        if (!_logins.TryGetValue(path, out (string Credential, TimeSpan TimeToLive, TimeSpan MaxTimeToLive, int Uses) login))
        {
            return Error(403, "permission denied");
        }

        if (!JsonNode.DeepEquals(JsonNode.Parse(call.Text), JsonNode.Parse(login.Credential)))
        {
            return Error(400, "invalid role or secret ID");
        }

        if (IsSecondFactorAsked)
        {
            JsonObject asks = Envelope(data: null);
            asks["auth"] = new JsonObject { ["client_token"] = "", ["lease_duration"] = 0, ["renewable"] = false, ["mfa_requirement"] = new JsonObject { ["mfa_request_id"] = "r" } };
            return ServerAnswer.Json(200, asks);
        }

        return ServerAnswer.Json(200, AuthOf(Issue(login.TimeToLive, isRenewable: true, login.MaxTimeToLive, login.Uses)));
    }

    private JsonObject AuthOf(VaultIssuedToken token)
    {
        JsonObject answer = Envelope(data: null);
        answer["auth"] = new JsonObject
        {
            ["client_token"] = token.Text,
            ["accessor"] = "accessor-of-" + token.Text.Length,
            ["policies"] = new JsonArray("default", "shop"),
            ["token_policies"] = new JsonArray("default", "shop"),
            ["metadata"] = new JsonObject { ["role_name"] = "shop" },
            ["entity_id"] = "e-1",
            ["orphan"] = true,
            ["mfa_requirement"] = null,
            ["num_uses"] = token.Uses,
            ["lease_duration"] = (int)Left(token.ExpiresAt).TotalSeconds,
            ["renewable"] = token.IsRenewable,
            ["token_type"] = "service",
        };
        return answer;
    }

    private TimeSpan Left(DateTimeOffset end) => end - Clock.GetUtcNow();

    private ServerAnswer LookUp(VaultIssuedToken token) => ServerAnswer.Json(200, Envelope(new JsonObject
    {
        ["id"] = token.Text,
        ["ttl"] = token.TimeToLive == TimeSpan.Zero ? 0 : (int)Left(token.ExpiresAt).TotalSeconds,
        ["creation_ttl"] = (int)token.TimeToLive.TotalSeconds,
        ["renewable"] = token.IsRenewable,
        ["policies"] = new JsonArray("default"),
        ["type"] = "service",
    }));

    private ServerAnswer Renew(VaultIssuedToken token)
    {
        if (!token.IsRenewable)
        {
            return Error(400, "lease is not renewable");
        }

        token.ExpiresAt = Earlier(Clock.GetUtcNow() + token.TimeToLive, token.EndsAt);
        return ServerAnswer.Json(200, AuthOf(token));
    }

    private static DateTimeOffset Earlier(DateTimeOffset first, DateTimeOffset second) => first < second ? first : second;

    private static ServerAnswer Revoked(Action revoke)
    {
        revoke();
        return new ServerAnswer(204, [], "application/json");
    }

    private VaultIssuedLease? LeaseOf(ServerCall call)
    {
        string id = (string?)JsonNode.Parse(call.Text)?["lease_id"] ?? "";
        return _leasesById.GetValueOrDefault(id) is { } lease && IsLive(lease) ? lease : null;
    }

    private ServerAnswer Renew(VaultIssuedLease lease)
    {
        lease.ExpiresAt = Earlier(Clock.GetUtcNow() + lease.TimeToLive, lease.EndsAt);
        return ServerAnswer.Json(200, Envelope(data: null, lease.Id, Left(lease.ExpiresAt), lease.IsRenewable));
    }

    private ServerAnswer LookUp(VaultIssuedLease lease) => ServerAnswer.Json(200, Envelope(new JsonObject
    {
        ["id"] = lease.Id,
        ["path"] = lease.Id[..lease.Id.LastIndexOf('/')],
        ["issue_time"] = Time(lease.EndsAt),
        ["expire_time"] = Time(lease.ExpiresAt),
        ["last_renewal"] = null,
        ["renewable"] = lease.IsRenewable,
        ["ttl"] = (int)Left(lease.ExpiresAt).TotalSeconds,
    }));

    private ServerAnswer StaticCredentials(string name, VaultStaticRole role)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        int rotations = role.RotationsAt(now);
        return ServerAnswer.Json(200, Envelope(new JsonObject
        {
            ["username"] = name,
            ["password"] = string.Create(CultureInfo.InvariantCulture, $"static-{rotations + 1}"),
            ["last_vault_rotation"] = Time(role.Since + (role.RotationPeriod * rotations)),
            ["rotation_period"] = (int)role.RotationPeriod.TotalSeconds,
            ["ttl"] = (int)Math.Ceiling((role.Since + (role.RotationPeriod * (rotations + 1)) - now).TotalSeconds),
        }));
    }

    private static ServerAnswer NotVersioned()
    {
        JsonObject answer = Envelope(data: null);
        answer["warnings"] = new JsonArray("Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use.");
        return ServerAnswer.Json(404, answer);
    }

    private ServerAnswer Credentials(string role, VaultIssuedToken token)
    {
        if (!_roles.TryGetValue(role, out VaultDynamicRole? terms))
        {
            return Error(400, $"unknown role: {role}");
        }

        DateTimeOffset now = Clock.GetUtcNow();
        int number = ++_issued;
        var lease = new VaultIssuedLease
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{Dynamic}/creds/{role}/lease-{number}"),
            Owner = token,
            User = string.Create(CultureInfo.InvariantCulture, $"v-{role}-{number}"),
            IsRenewable = terms.IsRenewable,
            TimeToLive = terms.TimeToLive,
            ExpiresAt = now + terms.TimeToLive,
            EndsAt = now + terms.MaxTimeToLive,
        };
        _leases.Add(lease);
        _leasesById[lease.Id] = lease;
        _leasesByUser[lease.User] = lease;
        return ServerAnswer.Json(200, Envelope(
            new JsonObject { ["username"] = $"v-{role}-{number}", ["password"] = $"password-{number}" }, lease.Id, terms.TimeToLive, terms.IsRenewable));
    }

    private ServerAnswer Mount(string[] path) => path switch
    {
        [Versioned, ..] => MountOf(Versioned, "kv", "2"),
        [Plain, ..] => MountOf(Plain, "kv", IsPlainUpgraded ? "2" : "1"),
        [Dynamic, ..] => MountOf(Dynamic, "database", version: null),
        _ => Error(403, "preflight capability check returned 403, please ensure client's policies grant access to path \"" + string.Join('/', path) + "/\""),
    };

    private static ServerAnswer MountOf(string path, string type, string? version) => ServerAnswer.Json(200, Envelope(new JsonObject
    {
        ["path"] = path + "/",
        ["type"] = type,
        ["options"] = version is null ? null : new JsonObject { ["version"] = version },
        ["description"] = "",
        ["local"] = false,
    }));

    private ServerAnswer List(IEnumerable<string> names, string[] folder)
    {
        string prefix = string.Concat(folder.Select(f => f + "/"));
        string[] keys =
        [
            .. names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
                .Select(n => n[prefix.Length..]).Select(n => n.Split('/', 2) is [var first, _] ? first + "/" : n).Distinct(),
        ];
        return keys.Length == 0
            ? Error(404)
            : ServerAnswer.Json(200, Envelope(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(k => (JsonNode)k)]) }));
    }

    private ServerAnswer Read(SortedDictionary<string, List<VaultKeyValueVersion>> secrets, string path, ServerCall call)
    {
        string version = call.Target.Split("?version=") is [_, var asked] ? asked : "0";
        if (!secrets.TryGetValue(path, out List<VaultKeyValueVersion>? versions)
            || versions.FindLast(v => version == "0" || v.Number.ToString(CultureInfo.InvariantCulture) == version) is not { } found)
        {
            return Error(404);
        }

        bool isThere = !(found.Deleted <= Clock.GetUtcNow());
        JsonObject metadata = MetadataOf(found);
        metadata["version"] = found.Number;
        metadata["custom_metadata"] = null;
        return ServerAnswer.Json(
            isThere ? 200 : 404,
            Envelope(new JsonObject { ["data"] = isThere ? JsonNode.Parse(found.Json) : null, ["metadata"] = metadata }));
    }

    private ServerAnswer Metadata(SortedDictionary<string, List<VaultKeyValueVersion>> secrets, string path)
    {
        if (!secrets.TryGetValue(path, out List<VaultKeyValueVersion>? versions))
        {
            return Error(404);
        }

        return ServerAnswer.Json(200, Envelope(new JsonObject
        {
            ["current_version"] = versions.Count,
            ["oldest_version"] = 0,
            ["created_time"] = Time(versions[0].Created),
            ["updated_time"] = Time(versions[^1].Created),
            ["versions"] = new JsonObject(versions.Select(v => KeyValuePair.Create(v.Number.ToString(CultureInfo.InvariantCulture), (JsonNode?)MetadataOf(v)))),
        }));
    }

    private static JsonObject MetadataOf(VaultKeyValueVersion version) => new()
    {
        ["created_time"] = Time(version.Created),
        ["deletion_time"] = version.Deleted is { } deleted ? Time(deleted) : "",
        ["destroyed"] = false,
    };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
}
