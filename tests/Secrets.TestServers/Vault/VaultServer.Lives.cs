using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>The answers about logins, tokens and leases.</summary>
public sealed partial class VaultServer
{
    private ServerAnswer Login(ServerCall call)
    {
        string path = string.Join('/', Segments(call).Skip(1));
        if (_certificateLogins.TryGetValue(path, out VaultCertificateLogin? byCertificate))
        {
            return Login(call, byCertificate);
        }

        if (_lockedUsers.Contains(path) || !_logins.TryGetValue(path, out (string Credential, TimeSpan TimeToLive, TimeSpan MaxTimeToLive, int Uses) login))
        {
            return Error(403, "permission denied");
        }

        if (!call.Text.StartsWith('{'))
        {
            return Error(500, "missing role_id");
        }

        if (!JsonNode.DeepEquals(JsonNode.Parse(call.Text), JsonNode.Parse(login.Credential)))
        {
            return Error(400, path.Split('/')[0] switch
            {
                "userpass" => "invalid username or password",
                "ldap" => "ldap operation failed: failed to bind as user",
                "jwt" => "error validating token: error verifying token signature: illegal base64 data at input byte 0",
                _ => "invalid role or secret ID",
            });
        }

        if (IsSecondFactorAsked)
        {
            JsonObject asks = Envelope(data: null);
            asks["auth"] = new JsonObject { ["client_token"] = "", ["lease_duration"] = 0, ["renewable"] = false, ["mfa_requirement"] = new JsonObject { ["mfa_request_id"] = "r" } };
            return ServerAnswer.Json(200, asks);
        }

        JsonObject answer = AuthOf(Issue(login.TimeToLive, isRenewable: true, login.MaxTimeToLive, login.Uses));
        if (path.Split('/')[0] is "userpass" or "ldap")
        {
            answer["auth"]!["metadata"] = new JsonObject { ["username"] = path.Split('/')[^1] };
        }

        return ServerAnswer.Json(200, answer);
    }

    private ServerAnswer Login(ServerCall call, VaultCertificateLogin login)
    {
        string role = (string?)JsonNode.Parse(call.Text)?["name"] ?? login.Role;
        return call.ClientThumbprint is null ? Error(400, "client certificate must be supplied")
            : role != login.Role || !login.Thumbprints.Contains(call.ClientThumbprint) ? Error(400, "invalid certificate or no client certificate supplied")
            : ServerAnswer.Json(200, AuthOf(Issue(login.TimeToLive)));
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
        ["accessor"] = "accessor",
        ["creation_time"] = 0,
        ["display_name"] = "approle",
        ["entity_id"] = "e-1",
        ["expire_time"] = Time(token.ExpiresAt),
        ["explicit_max_ttl"] = 0,
        ["issue_time"] = Time(Clock.GetUtcNow()),
        ["meta"] = new JsonObject { ["role_name"] = "shop" },
        ["num_uses"] = Math.Max(0, token.Uses - token.Used),
        ["orphan"] = true,
        ["path"] = "auth/approle/login",
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
}
