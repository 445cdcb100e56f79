using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Remote.Http;

/// <summary>Writes calls and reads the members of answers; what is not as it must be is a <see cref="MalformedAnswerException"/>.</summary>
internal static class JsonAnswer
{
    /// <exception cref="MalformedAnswerException">The answer is not a JSON object, or <paramref name="read"/> finds it to be none of that kind.</exception>
    public static T Read<T>(byte[] body, Func<JsonElement, T> read) =>
        Parse(body, json => json.ValueKind == JsonValueKind.Object ? read(json) : throw Malformed());

    /// <exception cref="MalformedAnswerException">The answer is not JSON, or <paramref name="read"/> finds it malformed.</exception>
    public static T Parse<T>(byte[] body, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            return read(json.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw Malformed();
        }
    }

    /// <summary>Writes the members of a call; those that are <see langword="null"/> are left out.</summary>
    public static byte[] Write(JsonObject members)
    {
        foreach (string name in members.Where(m => m.Value is null).Select(m => m.Key).ToArray())
        {
            members.Remove(name);
        }

        return Encoding.UTF8.GetBytes(members.ToJsonString());
    }

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    public static string Text(JsonElement parent, string name) => TextOrNull(parent, name) ?? throw Malformed();

    public static string? TextOrNull(JsonElement parent, string name) => Member(parent, name)?.GetString();

    public static byte[]? BytesOrNull(JsonElement parent, string name) => Member(parent, name)?.GetBytesFromBase64();

    public static long Number(JsonElement parent, string name) => (Member(parent, name) ?? throw Malformed()).GetInt64();

    /// <summary>Reads seconds since 1970, with or without a fraction.</summary>
    public static DateTimeOffset? TimeOrNull(JsonElement parent, string name) => Member(parent, name)?.GetDouble() is { } seconds
        ? seconds is >= 0 and < 253_402_300_800 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : throw Malformed()
        : null;

    /// <summary>Reads a list that the service must give.</summary>
    public static T[] List<T>(JsonElement parent, string name, Func<JsonElement, T> read) =>
        ListOrEmpty(Member(parent, name) is null ? throw Malformed() : parent, name, read);

    /// <summary>Reads a list that the service may leave out.</summary>
    public static T[] ListOrEmpty<T>(JsonElement parent, string name, Func<JsonElement, T> read) =>
        Member(parent, name) is { } list ? [.. list.EnumerateArray().Select(read)] : [];

    public static JsonElement? Member(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static MalformedAnswerException Malformed() => new();
}
