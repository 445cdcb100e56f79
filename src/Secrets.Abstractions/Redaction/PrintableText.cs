using System.Buffers;
using System.Globalization;
using System.Text;

namespace Secrets.Redaction;

/// <summary>
/// Makes texts from outside safe for messages: names of files, secrets and keys may hold line breaks, with which they could forge a line of a message,
/// and characters that change the order of what is shown.
/// </summary>
internal static class PrintableText
{
    /// <summary>Gives a text on one line, with escapes for what cannot be seen.</summary>
    public static string Of(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or >= '\u007f')
            {
                return OfUnicode(text);
            }
        }

        return text;
    }

    private static string OfUnicode(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            // A surrogate without its partner is enumerated as the replacement character.
            if (rune == Rune.ReplacementChar || !IsPrintable(rune))
            {
                return Append(new StringBuilder(text.Length + 8), text, isQuoted: false).ToString();
            }
        }

        return text;
    }

    /// <summary>Appends a text with escapes, as TOML writes them; within quotes, the quote and the backslash have escapes too. Different texts stay different then.</summary>
    public static StringBuilder Append(StringBuilder builder, ReadOnlySpan<char> text, bool isQuoted)
    {
        for (int length; !text.IsEmpty; text = text[length..])
        {
            OperationStatus status = Rune.DecodeFromUtf16(text, out Rune rune, out length);
            if (status != OperationStatus.Done)
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[0]:X4}");
            }
            else if (IsPrintable(rune))
            {
                (isQuoted && rune.Value is ('"' or '\\') ? builder.Append('\\') : builder).Append(text[..length]);
            }
            else
            {
                AppendEscape(builder, rune.Value);
            }
        }

        return builder;
    }

    private static void AppendEscape(StringBuilder builder, int code) => _ = code switch
    {
        '\n' => builder.Append("\\n"),
        '\r' => builder.Append("\\r"),
        '\t' => builder.Append("\\t"),
        <= char.MaxValue => builder.Append(CultureInfo.InvariantCulture, $"\\u{code:X4}"),
        _ => builder.Append(CultureInfo.InvariantCulture, $"\\U{code:X8}"),
    };

    private static bool IsPrintable(Rune rune) => rune.IsAscii
        ? rune.Value is >= ' ' and < '\u007f'
        : Rune.GetUnicodeCategory(rune) is not
            (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
