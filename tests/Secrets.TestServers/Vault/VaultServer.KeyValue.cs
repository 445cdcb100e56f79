using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>The answers of the key/value engine.</summary>
public sealed partial class VaultServer
{
    private ServerAnswer List(IEnumerable<string> names, string[] folder, ServerCall call)
    {
        string[] keys = [.. KeysBelow(names, folder, call)];
        return keys.Length == 0
            ? Error(404)
            : ServerAnswer.Json(200, Envelope(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(k => (JsonNode)k)]) }));
    }

    private static IEnumerable<string> KeysBelow(IEnumerable<string> names, string[] folder, ServerCall call)
    {
        string prefix = string.Concat(folder.Select(f => f + "/"));
        IEnumerable<string> keys = names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => n[prefix.Length..]);
        keys = IsScan(call) ? keys : keys.Select(n => n.Split('/', 2) is [var first, _] ? first + "/" : n).Distinct(StringComparer.Ordinal);
        keys = call.Query.TryGetValue("after", out string? after) ? keys.Where(k => string.CompareOrdinal(k, after) > 0) : keys;
        return call.Query.TryGetValue("limit", out string? limit) ? keys.Take(int.Parse(limit, CultureInfo.InvariantCulture)) : keys;
    }

    private ServerAnswer Detailed(string[] folder, ServerCall call)
    {
        string prefix = string.Concat(folder.Select(f => f + "/"));
        string[] keys = [.. KeysBelow(_versioned.Keys, folder, call)];
        return ServerAnswer.Json(200, Envelope(keys.Length == 0 ? [] : new JsonObject
        {
            ["key_info"] = new JsonObject(keys.Select(k => KeyValuePair.Create(k, _versioned.TryGetValue(prefix + k, out List<VaultKeyValueVersion>? found) ? (JsonNode?)InfoOf(found) : null))),
            ["keys"] = new JsonArray([.. keys.Select(k => (JsonNode)k)]),
        }));
    }

    private ServerAnswer Read(SortedDictionary<string, List<VaultKeyValueVersion>> secrets, string path, ServerCall call)
    {
        string version = call.Target.Split("?version=") is [_, var asked] ? asked : "0";
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return Error(400, "Field validation failed: error converting input for field \"version\": '' cannot parse value as 'int': strconv.ParseInt: invalid syntax");
        }

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

        return ServerAnswer.Json(200, Envelope(InfoOf(versions)));
    }

    private static JsonObject InfoOf(List<VaultKeyValueVersion> versions) => new JsonObject
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
        ["destroyed"] = false,
    };
}
