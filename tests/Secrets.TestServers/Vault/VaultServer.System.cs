using System.Text.Json.Nodes;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>The answers of the server itself: its health, its quota and its mounts.</summary>
public sealed partial class VaultServer
{
    private long _quotaSecond;
    private int _quotaUsed;

    private ServerAnswer Status(string which)
    {
        var cluster = new JsonObject { ["cluster_name"] = "vault-cluster", ["cluster_id"] = "c-1" };
        JsonObject status = which == "health"
            ? new JsonObject
            {
                ["initialized"] = true, ["sealed"] = IsSealed, ["standby"] = IsSealed, ["replication_performance_mode"] = "disabled", ["replication_dr_mode"] = "disabled",
                ["server_time_utc"] = 0, ["version"] = "2.0.0",
            }
            : new JsonObject
            {
                ["type"] = "shamir", ["initialized"] = true, ["sealed"] = false, ["t"] = 1, ["n"] = 1, ["progress"] = 0, ["nonce"] = "", ["recovery_seal"] = false, ["version"] = "2.0.0",
                ["commit_date"] = "", ["migration"] = false, ["storage_type"] = "inmem",
            };
        foreach (KeyValuePair<string, JsonNode?> member in IsSealed ? [] : cluster)
        {
            status[member.Key] = member.Value?.DeepClone();
        }

        return ServerAnswer.Json(IsSealed ? 503 : 200, status);
    }

    // A fixed window, as OpenBao's quotas have.
    private bool IsOverQuota()
    {
        long second = Clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerSecond;
        _quotaUsed = second == _quotaSecond ? _quotaUsed + 1 : 1;
        _quotaSecond = second;
        return _quotaUsed > QuotaPerSecond;
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
        ["accessor"] = "accessor",
        ["config"] = new JsonObject { ["default_lease_ttl"] = 0, ["force_no_cache"] = false, ["max_lease_ttl"] = 0 },
        ["deprecation_status"] = "supported",
        ["external_entropy_access"] = false,
        ["plugin_version"] = "",
        ["running_plugin_version"] = "v2.0.0+builtin.bao",
        ["running_sha256"] = "",
        ["seal_wrap"] = false,
        ["uuid"] = "u-1",
    }));
}
