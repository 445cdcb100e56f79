using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>The answers of the key/value engine.</summary>
public sealed partial class VaultServer
{
    private ServerAnswer KeyValue(ServerCall call, string mount, string[] path)
    {
        if (mount == Plain && !IsPlainUpgraded)
        {
            return PlainKeyValue(call, path);
        }

        SortedDictionary<string, List<VaultKeyValueVersion>> secrets = mount == Plain ? _upgraded : _versioned;
        return (IsListing(call), path) switch
        {
            (true, ["metadata", .. var folder]) => List(secrets.Keys, folder, call, infoOf: null),
            (true, ["detailed-metadata", .. var folder]) when IsOpenBao => List(secrets.Keys, folder, call, key => InfoOf(secrets[key])),
            (false, ["detailed-metadata", ..]) when IsOpenBao => Error(405, "unsupported operation"),
            (false, ["data", .. var secret]) => Read(secrets, string.Join('/', secret), call),
            (false, ["metadata", .. var secret]) => Metadata(secrets, string.Join('/', secret)),
            _ => NotVersioned(),
        };
    }

    private ServerAnswer PlainKeyValue(ServerCall call, string[] path) => IsListing(call) ? List(_plain.Keys, path, call, infoOf: null)
        : _plain.TryGetValue(string.Join('/', path), out string? json) ? ServerAnswer.Json(200, Envelope(JsonNode.Parse(json), duration: TimeSpan.FromSeconds(2_764_800)))
        : Error(404);

    /// <summary>Lists a folder or, for OpenBao's <c>SCAN</c>, everything below it.</summary>
    /// <param name="names">All secrets of the mount.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="call">The call.</param>
    /// <param name="infoOf">Gives the metadata of a secret, where the list has them.</param>
    private ServerAnswer List(IEnumerable<string> names, string[] folder, ServerCall call, Func<string, JsonObject>? infoOf)
    {
        string limit = call.Query.GetValueOrDefault("limit", "-1");
        if (IsOpenBao && !int.TryParse(limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return NotANumber("limit");
        }

        string prefix = string.Concat(folder.Select(f => f + "/"));
        IEnumerable<string> below = names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => n[prefix.Length..]);
        string[] keys = [.. IsScan(call) ? below.OrderBy(n => n.Count(c => c == '/')) : FolderKeys(below, call)];
        if (keys.Length == 0)
        {
            return IsScan(call) ? ServerAnswer.Json(200, Envelope(new JsonObject())) : Error(404);
        }

        var data = new JsonObject { ["keys"] = new JsonArray([.. keys.Select(k => (JsonNode)k)]) };
        if (infoOf is not null)
        {
            data["key_info"] = new JsonObject(keys.Where(k => !k.EndsWith('/')).Select(k => KeyValuePair.Create(k, (JsonNode?)infoOf(prefix + k))));
        }

        return ServerAnswer.Json(200, Envelope(data));
    }

    private IEnumerable<string> FolderKeys(IEnumerable<string> below, ServerCall call)
    {
        IEnumerable<string> keys = below.Select(n => n.Split('/', 2) is [var first, _] ? first + "/" : n).Distinct(StringComparer.Ordinal);
        string after = call.Query.GetValueOrDefault("after", "");
        int limit = int.Parse(call.Query.GetValueOrDefault("limit", "-1"), CultureInfo.InvariantCulture);
        return !IsOpenBao ? keys : keys.Where(k => string.CompareOrdinal(k, after) > 0).Take(limit > 0 ? limit : int.MaxValue);
    }

    private ServerAnswer Read(SortedDictionary<string, List<VaultKeyValueVersion>> secrets, string path, ServerCall call)
    {
        string version = call.Query.GetValueOrDefault("version", "0");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return NotANumber("version");
        }

        if (!secrets.TryGetValue(path, out List<VaultKeyValueVersion>? versions) || versions.FindLast(v => number == 0 || v.Number == number) is not { } found)
        {
            return Error(404);
        }

        bool isThere = !found.IsDestroyed && !(found.Deleted <= Clock.GetUtcNow());
        JsonObject metadata = MetadataOf(found);
        metadata["version"] = found.Number;
        metadata["custom_metadata"] = null;
        return ServerAnswer.Json(
            isThere ? 200 : 404,
            Envelope(new JsonObject { ["data"] = isThere ? JsonNode.Parse(found.Json) : null, ["metadata"] = metadata }));
    }

    private ServerAnswer NotANumber(string field) =>
        Error(400, $"Field validation failed: error converting input for field \"{field}\": '' cannot parse value as 'int': strconv.ParseInt: invalid syntax");

    private ServerAnswer Metadata(SortedDictionary<string, List<VaultKeyValueVersion>> secrets, string path) =>
        secrets.TryGetValue(path, out List<VaultKeyValueVersion>? versions) ? ServerAnswer.Json(200, Envelope(InfoOf(versions))) : Error(404);

    private static JsonObject InfoOf(List<VaultKeyValueVersion> versions) => new()
    {
        ["cas_required"] = false,
        ["current_metadata_version"] = 0,
        ["custom_metadata"] = null,
        ["delete_version_after"] = "0s",
        ["max_versions"] = 0,
        ["metadata_cas_required"] = false,
        ["current_version"] = versions.Count,
        ["oldest_version"] = 0,
        ["created_time"] = Time(versions[0].Created),
        ["updated_time"] = Time(versions[^1].Created),
        ["versions"] = new JsonObject(versions.Select(v => KeyValuePair.Create(v.Number.ToString(CultureInfo.InvariantCulture), (JsonNode?)MetadataOf(v)))),
    };

    private static JsonObject MetadataOf(VaultKeyValueVersion version) => new()
    {
        ["created_time"] = Time(version.Created),
        ["deletion_time"] = version.Deleted is { } deleted ? Time(deleted) : "",
        ["destroyed"] = version.IsDestroyed,
    };

    private static ServerAnswer NotVersioned()
    {
        JsonObject answer = Envelope(data: null);
        answer["warnings"] = new JsonArray("Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use.");
        return ServerAnswer.Json(404, answer);
    }

    private bool IsListing(ServerCall call) => call.Method == "LIST" || call.Query.ContainsKey("list") || IsScan(call);

    // Everything below a path, at any depth.
    private bool IsScan(ServerCall call) => IsOpenBao && (call.Method == "SCAN" || call.Query.ContainsKey("scan"));
}
