using System.Globalization;
using System.Text;
using Secrets.Conversion;

namespace Secrets.Toml.Editing;

/// <summary>Writes values as TOML 1.0, which every reader takes.</summary>
internal static class TomlLiteral
{
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(double value) => FloatText.Of(value);

    /// <summary>Tells whether UTF-8 can write a text: no half of a surrogate pair is in it.</summary>
    public static bool IsWellFormed(string value)
    {
        for (int i = 0; i < value.Length; i += char.IsSurrogate(value[i]) ? 2 : 1)
        {
            if (char.IsSurrogate(value[i]) && (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes a string: several lines between triple quotes, a backslash or a quote between single quotes where they can hold it, anything else between double quotes.</summary>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair, which no file can.</exception>
    public static string Of(string value, string lineEnd)
    {
        if (!IsWellFormed(value))
        {
            throw new ArgumentException("The value holds half of a surrogate pair, which UTF-8 cannot write.", nameof(value));
        }

        if (value.Contains('\n', StringComparison.Ordinal))
        {
            return "\"\"\"" + lineEnd + Escape(value, isMultiLine: true).Replace("\n", lineEnd, StringComparison.Ordinal) + "\"\"\"";
        }

        return value.AsSpan().ContainsAny('\\', '"') && !value.Contains('\'', StringComparison.Ordinal) && !value.Any(IsControl)
            ? "'" + value + "'"
            : "\"" + Escape(value, isMultiLine: false) + "\"";
    }

    private static bool IsControl(char character) => character is < ' ' or '\u007F';

    private static string Escape(string value, bool isMultiLine)
    {
        var text = new StringBuilder(value.Length + 16);
        for (int i = 0; i < value.Length; i++)
        {
            _ = value[i] switch
            {
                '\\' => text.Append("\\\\"),

                // A quote alone needs no escape on several lines; two in a row could be taken for the closing ones.
                '"' when isMultiLine && i + 1 < value.Length && value[i + 1] != '"' && (i == 0 || value[i - 1] != '"') => text.Append('"'),
                '"' => text.Append("\\\""),
                '\n' when isMultiLine => text.Append('\n'),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                char other when IsControl(other) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)other:X4}"),
                char other => text.Append(other),
            };
        }

        return text.ToString();
    }
}
