using System.Buffers;
using System.Globalization;
using System.Text;

namespace Secrets.Documents;

/// <summary>Characters that word processors and web pages put in the place of the plain ones.</summary>
internal static class Typography
{
    /// <summary>Says whether a character is a quotation mark other than <c>"</c> and <c>'</c>: curly, low, angle or full-width.</summary>
    public static bool IsQuote(char c) => c is (>= '\u2018' and <= '\u201F') or '\u00AB' or '\u00BB' or '\u2039' or '\u203A' or '\uFF02' or '\uFF07';

    /// <summary>Says whether a text begins with such a quotation mark.</summary>
    public static bool IsQuoteNext(ReadOnlySpan<byte> utf8) => First(utf8) is { } c && IsQuote(c);

    /// <summary>Says whether a text ends with such a quotation mark.</summary>
    public static bool IsQuoteLast(ReadOnlySpan<byte> utf8) =>
        Rune.DecodeLastFromUtf8(utf8, out Rune rune, out _) == OperationStatus.Done && rune.IsBmp && IsQuote((char)rune.Value);

    /// <summary>Says whether a text begins with a space that is not the plain one.</summary>
    public static bool IsWideSpaceNext(ReadOnlySpan<byte> utf8) => First(utf8) is { } c && IsWideSpace(c);

    /// <summary>Says whether a character is a space that is not the plain one.</summary>
    public static bool IsWideSpace(char c) => c > '\u007F' && char.IsWhiteSpace(c);

    /// <summary>Says whether a character has no width and no meaning in a file: a zero-width space, or a byte order mark that is not at the beginning.</summary>
    public static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    /// <summary>Says whether a text begins with such a character.</summary>
    public static bool IsInvisibleNext(ReadOnlySpan<byte> utf8) => First(utf8) is { } c && IsInvisible(c);

    private static char? First(ReadOnlySpan<byte> utf8) =>
        Rune.DecodeFromUtf8(utf8, out Rune rune, out _) == OperationStatus.Done && rune.IsBmp ? (char)rune.Value : null;
}
