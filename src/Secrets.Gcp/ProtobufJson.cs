using System.Globalization;
using System.Text.Json;
using Secrets.Remote.Http;

namespace Secrets.Gcp;

/// <summary>
/// Reads the members of answers by protobuf's JSON rule ("ProtoJSON Format" of the Protocol Buffers documentation): a reader takes <c>nextPageToken</c> and
/// <c>next_page_token</c>, 64-bit integers as texts or numbers, enumerations as names or numbers, bytes in either alphabet of base64. What has its default may be left out.
/// </summary>
internal static class ProtobufJson
{
    /// <summary>Gets a member by its name in JSON, or by the one in the .proto file; <see langword="null"/> where it is left out or null.</summary>
    public static JsonElement? Member(JsonElement parent, string name) => JsonAnswer.Member(parent, name) ?? JsonAnswer.Member(parent, ProtoNameOf(name));

    /// <summary>Reads a text, which is empty where it is left out.</summary>
    public static string Text(JsonElement parent, string name) => Member(parent, name)?.GetString() ?? "";

    public static byte[] Bytes(JsonElement parent, string name)
    {
        string text = Text(parent, name).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return Convert.FromBase64String(text.PadRight(text.Length + ((4 - (text.Length % 4)) % 4), '='));
    }

    public static long? Integer64(JsonElement parent, string name)
    {
        if (Member(parent, name) is not { } member)
        {
            return null;
        }

        string text = member.ValueKind == JsonValueKind.Number ? member.GetRawText() : member.GetString()!;
        decimal number = decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
        return decimal.IsInteger(number) ? decimal.ToInt64(number) : throw JsonAnswer.Malformed();
    }

    /// <summary>Reads an enumeration. A number that the names do not cover, and a name that is not among them, is another value than all of these.</summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">The member's name in JSON.</param>
    /// <param name="names">The names of the values, in the order of their numbers from 0, which is the default.</param>
    /// <returns>The name; <see langword="null"/> for another value.</returns>
    public static string? Enumeration(JsonElement parent, string name, params ReadOnlySpan<string> names)
    {
        if (Member(parent, name) is not { } member)
        {
            return names[0];
        }

        if (member.ValueKind == JsonValueKind.Number)
        {
            return member.TryGetInt32(out int number) && number >= 0 && number < names.Length ? names[number] : null;
        }

        string text = member.GetString()!;
        return names.Contains(text) ? text : null;
    }

    public static T[] List<T>(JsonElement parent, string name, Func<JsonElement, T> read) =>
        Member(parent, name) is { } list ? [.. list.EnumerateArray().Select(read)] : [];

    // nextPageToken is next_page_token, and dataCrc32c is data_crc32c: an underscore stands before each capital.
    private static string ProtoNameOf(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));
}
