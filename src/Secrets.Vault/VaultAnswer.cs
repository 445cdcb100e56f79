using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>Reads the members that Vault's answers have in common.</summary>
internal static class VaultAnswer
{
    /// <summary>Reads a length of time; <see langword="null"/> for none and for zero, which is for ever.</summary>
    public static TimeSpan? Seconds(JsonElement parent, string name) => JsonAnswer.Member(parent, name)?.GetInt64() is { } seconds and not 0
        ? seconds > 0 ? Bounded(seconds) : throw JsonAnswer.Malformed()
        : null;

    // What is beyond a hundred years is no length that a server grants.
    private static TimeSpan Bounded(long seconds) => seconds < 100L * 365 * 24 * 3600 ? TimeSpan.FromSeconds(seconds) : throw JsonAnswer.Malformed();

    /// <summary>
    /// Gives in how long the server replaces a content that has no lease: a static role says its own <c>ttl</c> ("Get static role credentials" of the database engine), a secret
    /// of version 1 of key/value and of other engines <c>lease_duration</c> without a <c>lease_id</c>.
    /// </summary>
    public static TimeSpan? EndOf(JsonElement json, JsonElement data, VaultMountKind kind)
    {
        if (kind == VaultMountKind.Other && IsRotated(data) && data.TryGetProperty("ttl", out JsonElement ttl) && ttl.ValueKind == JsonValueKind.Number && ttl.TryGetInt64(out long seconds))
        {
            return Bounded(Math.Max(seconds, 0));
        }

        return string.IsNullOrEmpty(JsonAnswer.TextOrNull(json, "lease_id")) ? Seconds(json, "lease_duration") : null;
    }

    /// <summary>
    /// Gives what a content means, without the members that only count down to its rotation; <see langword="null"/> where every difference counts.
    /// </summary>
    public static string? FingerprintOf(string content)
    {
        using JsonDocument json = JsonDocument.Parse(content);
        if (!IsRotated(json.RootElement))
        {
            return null;
        }

        IEnumerable<string> members = json.RootElement.EnumerateObject().Where(m => m.Name is not ("ttl" or "last_vault_rotation")).Select(m => m.Name + "=" + m.Value.GetRawText());
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', members.Order(StringComparer.Ordinal)))));
    }

    private static bool IsRotated(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && (data.TryGetProperty("rotation_period", out _) || data.TryGetProperty("rotation_schedule", out _));

    public static int Number(JsonElement parent, string name) => JsonAnswer.Member(parent, name)?.GetInt32() ?? throw JsonAnswer.Malformed();

    public static bool Flag(JsonElement parent, string name) => JsonAnswer.Member(parent, name)?.GetBoolean() ?? false;

    public static DateTimeOffset Time(JsonElement parent, string name) => JsonAnswer.Member(parent, name)?.GetDateTimeOffset() ?? throw JsonAnswer.Malformed();

    public static VaultVersion Version(int number, JsonElement metadata) => new(number, Time(metadata, "created_time"));

    /// <summary>Says whether a version of the key/value engine has lost its content by a time: <c>delete_version_after</c> gives each one a time of deletion that is to come.</summary>
    public static bool IsDeleted(JsonElement metadata, DateTimeOffset now) =>
        Flag(metadata, "destroyed") || (!string.IsNullOrEmpty(JsonAnswer.TextOrNull(metadata, "deletion_time")) && Time(metadata, "deletion_time") <= now);

    public static JsonElement? Object(JsonElement parent, string name) =>
        JsonAnswer.Member(parent, name) is { } member ? member.ValueKind == JsonValueKind.Object ? member : throw JsonAnswer.Malformed() : null;

    /// <summary>Reads a list whose <c>key_info</c> has the metadata of secrets. A secret that it says nothing of is an entry without a version.</summary>
    public static VaultListEntry[] Entries(JsonElement data, DateTimeOffset now)
    {
        var infos = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty info in Object(data, "key_info")?.EnumerateObject() ?? default)
        {
            infos[info.Name] = info.Value;
        }

        return JsonAnswer.ListOrEmpty(data, "keys", key => EntryOf(key.GetString() ?? throw JsonAnswer.Malformed(), infos, now));
    }

    private static VaultListEntry EntryOf(string key, Dictionary<string, JsonElement> infos, DateTimeOffset now)
    {
        if (!infos.TryGetValue(key, out JsonElement info) || info.ValueKind != JsonValueKind.Object || JsonAnswer.Member(info, "current_version") is null)
        {
            return new VaultListEntry(key);
        }

        int number = Number(info, "current_version");
        return Object(info, "versions") is { } versions && Object(versions, number.ToString(CultureInfo.InvariantCulture)) is { } current
            ? IsDeleted(current, now) ? new VaultListEntry(key) { IsDeleted = true } : new VaultListEntry(key) { Version = Version(number, current) }
            : new VaultListEntry(key) { IsDeleted = number == 0 };
    }
}
