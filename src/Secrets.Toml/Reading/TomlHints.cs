using Secrets.Documents;

namespace Secrets.Toml.Reading;

/// <summary>What a mistake probably is, in the words of the format that was meant. A hint is a fixed text: it never holds any part of the document.</summary>
internal static class TomlHints
{
    /// <summary>What to write instead of a backslash that begins no escape.</summary>
    public const string Backslash = "; in double quotes a backslash is written \\\\, and a Windows path or a pattern goes into single quotes as it is";

    private const string Pair = "key = \"value\"";

    private const string Quote = "; this is a typographic quote, as word processors write it: use \" or '";

    /// <summary>For a place where a key is expected.</summary>
    public static string Key(ReadOnlySpan<byte> rest) => rest switch
    {
        [(byte)'{', ..] => $"; this looks like JSON, where TOML writes {Pair}",
        [(byte)';', ..] or [(byte)'/', (byte)'/' or (byte)'*', ..] => "; a comment begins with #",
        _ => Typography.IsQuoteNext(rest) ? Quote : Typography.IsWideSpaceNext(rest) ? "; this is not a plain space: replace it" : "",
    };

    /// <summary>For a place where <c>=</c> is expected after a key.</summary>
    public static string AfterKey(string key, ReadOnlySpan<byte> rest) => rest switch
    {
        [(byte)':', ..] => $"; this looks like YAML or JSON, where TOML writes {Pair}",
        [>= (byte)'A' and <= (byte)'z', ..] when key is "export" or "set" => $"; this looks like a line of a shell: leave out the word before the key, and write {Pair}",
        _ when key is "---" => $"; this looks like YAML, where TOML writes {Pair}",
        _ => Typography.IsWideSpaceNext(rest) ? "; this is not a plain space: replace it" : "",
    };

    /// <summary>For a place where a value is expected.</summary>
    public static string Value(ReadOnlySpan<byte> rest) =>
        Typography.IsQuoteNext(rest) ? Quote
        : Typography.IsWideSpaceNext(rest) ? "; this is not a plain space: replace it"
        : "; text needs quotes, and true and false are lower case";

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
        [not (byte)' ', ..] when before.EndsWith("'"u8) => "; a string in single quotes ends at the next ': text with a ' in it needs double quotes",
        _ => "",
    };
}
