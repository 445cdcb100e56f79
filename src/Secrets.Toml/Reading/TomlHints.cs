using System.Buffers;
using System.Text;
using Secrets.Documents;

namespace Secrets.Toml.Reading;

/// <summary>What a mistake probably is, in the words of the format that was meant. A hint is a fixed text: it never holds any part of the document.</summary>
internal static class TomlHints
{
    /// <summary>What to write instead of a backslash that begins no escape.</summary>
    public const string Backslash = "; in double quotes a backslash is written \\\\, and a Windows path or a pattern goes into single quotes as it is";

    /// <summary>For text that begins like a number or a date.</summary>
    public const string Text = "; text needs quotes";

    private const string Pair = "key = \"value\"";

    private const string Quote = "; this is a typographic quote, as word processors write it: use \" or '";

    /// <summary>For a place where a key is expected.</summary>
    public static string Key(ReadOnlySpan<byte> rest) => rest switch
    {
        [(byte)'{', ..] => $"; this looks like JSON, where TOML writes {Pair}",
        [(byte)';', ..] or [(byte)'/', (byte)'/' or (byte)'*', ..] => "; a comment begins with #",
        _ => Typography.IsQuoteNext(rest) ? Quote : KeyCharacter(rest),
    };

    /// <summary>For a place where <c>=</c> is expected after a key.</summary>
    public static string AfterKey(string key, ReadOnlySpan<byte> rest) => rest switch
    {
        [(byte)':', ..] => $"; this looks like YAML or JSON, where TOML writes {Pair}",
        [>= (byte)'A' and <= (byte)'z', ..] when key is "export" or "set" => $"; this looks like a line of a shell: leave out the word before the key, and write {Pair}",
        _ when key is "---" => $"; this looks like YAML, where TOML writes {Pair}",
        _ => KeyCharacter(rest),
    };

    /// <summary>For a place where a value is expected.</summary>
    public static string Value(ReadOnlySpan<byte> rest) =>
        Typography.IsQuoteNext(rest) ? Quote
        : Unseen(rest) is { Length: > 0 } unseen ? unseen
        : Text + ", and true and false are lower case";

    /// <summary>For a place where a comma or the end of an array or an inline table is expected.</summary>
    public static string ElementEnd(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || !EndsLikeNumber(before) ? Unseen(rest) : Text;

    /// <summary>For a string that is not closed on its line.</summary>
    public static string StringEnd(ReadOnlySpan<byte> before) =>
        before.EndsWith("\\\""u8) ? "; the last quote is escaped by the backslash before it" + Backslash
        : Typography.IsQuoteLast(before) ? Quote
        : "";

    /// <summary>For a place where the end of a line is expected.</summary>
    public static string LineEnd(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest) => rest switch
    {
        [(byte)',', ..] => "; TOML has no comma between lines",
        [(byte)';', ..] or [(byte)'/', (byte)'/' or (byte)'*', ..] => "; a comment begins with #",
        _ when Typography.IsQuoteNext(rest) => Quote,
        _ when Unseen(rest) is { Length: > 0 } unseen => unseen,
        _ when before.EndsWith("'"u8) => "; a string in single quotes ends at the next ': text with a ' in it needs double quotes",
        _ when before.EndsWith("\""u8) => "; a string in double quotes ends at the next \": a \" in it is written \\\"",
        _ when EndsLikeNumber(before.TrimEnd(" \t"u8)) => Text,
        _ => "",
    };

    // Where a key stands, or was expected.
    private static string KeyCharacter(ReadOnlySpan<byte> rest) => IsLetterNext(rest) ? "; a key with letters beyond a to z stands in quotes" : Unseen(rest);

    private static string Unseen(ReadOnlySpan<byte> rest) => Typography.UnseenHintNext(rest) is { } hint ? "; " + hint : "";

    // A number, a date, true or false was read, and is only the beginning of what stands there.
    private static bool EndsLikeNumber(ReadOnlySpan<byte> before) => before is [.., var last] && char.IsAsciiLetterOrDigit((char)last);

    private static bool IsLetterNext(ReadOnlySpan<byte> rest) => rest is [> 0x7F, ..] && Rune.DecodeFromUtf8(rest, out Rune rune, out _) == OperationStatus.Done && Rune.IsLetter(rune);
}
