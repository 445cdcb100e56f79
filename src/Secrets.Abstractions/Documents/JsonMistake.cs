using System.Text;
using System.Text.Json;

namespace Secrets.Documents;

/// <summary>Says what is wrong with a JSON text, and where. The framework's own message quotes the text; these are fixed texts.</summary>
internal static class JsonMistake
{
    /// <param name="json">The whole text.</param>
    /// <param name="last">The token before the mistake.</param>
    /// <param name="failure">What the framework found; its position is right.</param>
    /// <param name="place">Where the secret lives.</param>
    /// <param name="isFull">Whether nothing may nest deeper than the token before the mistake.</param>
    public static SecretsFormatException Describe(ReadOnlySpan<byte> json, JsonTokenType last, JsonException failure, string place, bool isFull)
    {
        int line = (int)(failure.LineNumber ?? 0);
        int start = StartOfLine(json, line);
        int at = (int)Math.Min(start + (failure.BytePositionInLine ?? 0), json.Length);
        if (isFull && json[at..] is [(byte)'{' or (byte)'[', ..])
        {
            return new SecretsFormatException($"expected at most {JsonObjectReader.MaxDepth} levels of JSON", place) { IsBeyondLimit = true };
        }

        return new SecretsFormatException(
            "expected a JSON object; " + Problem(json[..at], json[at..], last), place, line + 1, Encoding.UTF8.GetCharCount(json[start..at]) + 1);
    }

    private static string Problem(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest, JsonTokenType last) => rest switch
    {
        [] => "the text ends before the object is closed",
        [(byte)'\'', ..] or [0xE2, 0x80, >= 0x98 and <= 0x9F, ..] => "keys and text are written in plain double quotes",
        [(byte)'}' or (byte)']', ..] when before.TrimEnd(" \t\r\n"u8).EndsWith(","u8) => "there is a comma before the end of the object or array",
        [(byte)'/' or (byte)'#', ..] => "JSON has no comments",
        [< 0x20, ..] => "a line break or another control character in text is written as an escape, such as \\n",
        _ when before.EndsWith("\\"u8) || IsAfterUnicodeEscape(before) => "this is not an escape in JSON; a literal backslash is written \\\\",
        _ when Typography.IsWideSpaceNext(rest) => Typography.WideSpaceHint,
        _ => last switch
        {
            JsonTokenType.StartObject => "a key in double quotes is missing here",
            JsonTokenType.PropertyName => "a value is missing here; text is written in double quotes",
            JsonTokenType.StartArray => "a value or \"]\" is missing here",
            _ => "a colon, a comma, or the end of the object, is missing here, or there is text after the end",
        },
    };

    // Up to three digits were read of the four that the escape has.
    private static bool IsAfterUnicodeEscape(ReadOnlySpan<byte> before)
    {
        int digits = 0;
        while (digits < 3 && digits < before.Length && char.IsAsciiHexDigit((char)before[^(digits + 1)]))
        {
            digits++;
        }

        return before[..^digits].EndsWith("\\u"u8);
    }

    private static int StartOfLine(ReadOnlySpan<byte> json, int line)
    {
        int start = 0;
        for (; line > 0; line--)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return start;
    }
}
