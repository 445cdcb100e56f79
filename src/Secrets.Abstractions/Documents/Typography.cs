using System.Buffers;
using System.Globalization;
using System.Text;

namespace Secrets.Documents;

/// <summary>Characters that word processors and web pages put in the place of the plain ones.</summary>
internal static class Typography
{
    public const string WideSpaceHint = "this is not a plain space: replace it";

    /// <summary>Says whether a character is a quotation mark other than <c>"</c> and <c>'</c>: curly, low, angle or full-width.</summary>
    public static bool IsQuote(char c) => c is (>= '\u2018' and <= '\u201F') or '\u00AB' or '\u00BB' or '\u2039' or '\u203A' or '\uFF02' or '\uFF07';

    /// <summary>Says whether a text begins with such a quotation mark.</summary>
    public static bool IsQuoteNext(ReadOnlySpan<byte> utf8) => First(utf8) is { } c && IsQuote(c);

    /// <summary>Says whether a text ends with such a quotation mark.</summary>
    public static bool IsQuoteLast(ReadOnlySpan<byte> utf8) =>
        Rune.DecodeLastFromUtf8(utf8, out Rune rune, out _) == OperationStatus.Done && rune.IsBmp && IsQuote((char)rune.Value);

    /// <summary>Says whether a text begins with a space that is not the plain one.</summary>
    public static bool IsWideSpaceNext(ReadOnlySpan<byte> utf8) => First(utf8) is { } c && IsWideSpace(c);

    /// <summary>
    /// Gives the hint for a space that is not the plain one, or for a character of no width and no meaning in a file, such as a zero-width space or a byte order mark that is
    /// not at the beginning; <see langword="null"/> for any other character.
    /// </summary>
    public static string? UnseenHint(char c) =>
        IsWideSpace(c) ? WideSpaceHint
        : CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format ? "this is a character that cannot be seen: remove it"
        : null;

    /// <summary>Gives that hint for the character with which a text begins.</summary>
    public static string? UnseenHintNext(ReadOnlySpan<byte> utf8) => First(utf8) is { } c ? UnseenHint(c) : null;

    private static bool IsWideSpace(char c) => c > '\u007F' && char.IsWhiteSpace(c);

    private static char? First(ReadOnlySpan<byte> utf8) =>
        Rune.DecodeFromUtf8(utf8, out Rune rune, out _) == OperationStatus.Done && rune.IsBmp ? (char)rune.Value : null;
}
