using System.Text.Json;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>Reads the members that Vault's answers have in common.</summary>
internal static class VaultAnswer
{
    /// <summary>Reads a length of time; <see langword="null"/> for none and for zero, which is for ever.</summary>
    public static TimeSpan? Seconds(JsonElement parent, string name) => JsonAnswer.Member(parent, name)?.GetInt64() is { } seconds and not 0
        ? seconds is > 0 and < 100L * 365 * 24 * 3600 ? TimeSpan.FromSeconds(seconds) : throw JsonAnswer.Malformed()
        : null;

    public static int Number(JsonElement parent, string name) => JsonAnswer.Member(parent, name)?.GetInt32() ?? throw JsonAnswer.Malformed();

    public static bool Flag(JsonElement parent, string name) => JsonAnswer.Member(parent, name)?.GetBoolean() ?? false;

    public static DateTimeOffset Time(JsonElement parent, string name) => JsonAnswer.Member(parent, name)?.GetDateTimeOffset() ?? throw JsonAnswer.Malformed();

    public static VaultVersion Version(int number, JsonElement metadata) => new(number, Time(metadata, "created_time"));

    /// <summary>Says whether a version of the key/value engine has lost its content by a time: <c>delete_version_after</c> gives each one a time of deletion that is to come.</summary>
    public static bool IsDeleted(JsonElement metadata, DateTimeOffset now) =>
        Flag(metadata, "destroyed") || (!string.IsNullOrEmpty(JsonAnswer.TextOrNull(metadata, "deletion_time")) && Time(metadata, "deletion_time") <= now);
}
