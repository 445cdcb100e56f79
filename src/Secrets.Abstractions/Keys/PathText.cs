using System.Buffers;
using System.Globalization;
using System.Text;
using Secrets.Redaction;

namespace Secrets.Keys;

/// <summary>
/// Paths as text: TOML's dotted keys (TOML 1.1, "Keys"), where a bare segment may also hold letters beyond ASCII, and <c>\uD800</c> to <c>\uDFFF</c>
/// are surrogates without a partner, so that every key has a text of its own.
/// </summary>
internal static class PathText
{
    private static readonly SearchValues<char> BareOrDot = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>True where splitting at the dots is all that parsing would do.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(BareOrDot);

    /// <summary>True where a segment is its own text.</summary>
    public static bool IsBare(string segment)
    {
        foreach (char c in segment)
        {
            if (!IsBare(c))
            {
                return false;
            }
        }

        return true;
    }

    public static string Format(IEnumerable<string> segments) => string.Join('.', segments.Select(FormatSegment));

    /// <summary>Gives a path as a C# program writes it, for advice that can be pasted.</summary>
    public static string Literal(string path) =>
        "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    public static string FormatSegment(string segment)
    {
        if (segment.Length > 0 && IsBare(segment))
        {
            return segment;
        }

        return PrintableText.Append(new StringBuilder((segment.Length * 2) + 2).Append('"'), segment, isQuoted: true).Append('"').ToString();
    }

    /// <summary>Splits a path; on a mistake the result is <see langword="null"/> and <paramref name="problem"/> says what was expected at which character.</summary>
    public static string[]? Split(string text, out string problem)
    {
        var segments = new List<string>(4);
        int at = 0;
        while (true)
        {
            SkipBlanks(text, ref at);
            string? segment = at < text.Length && text[at] is '"' or '\''
                ? Quoted(text, ref at, out problem)
                : BareSegment(text, ref at, out problem);
            if (segment is null)
            {
                return null;
            }

            segments.Add(segment);
            SkipBlanks(text, ref at);
            if (at == text.Length)
            {
                problem = "";
                return [.. segments];
            }

            if (text[at] != '.')
            {
                problem = Expected("\".\" or the end of the path", at);
                return null;
            }

            at++;
        }
    }

    private static string? BareSegment(string text, ref int at, out string problem)
    {
        int start = at;
        while (at < text.Length && (IsBare(text[at]) || !char.IsAscii(text[at])))
        {
            at++;
        }

        problem = at > start ? "" : Expected("a key: letters, digits, \"_\", \"-\", or a key in quotes", at);
        return at > start ? text[start..at] : null;
    }

    private static string? Quoted(string text, ref int at, out string problem)
    {
        char quote = text[at++];
        var segment = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && quote == '"')
            {
                if (!Escape(text, ref at, segment))
                {
                    problem = Expected("an escape that TOML knows", at);
                    return null;
                }
            }
            else
            {
                segment.Append(text[at++]);
            }
        }

        if (at == text.Length)
        {
            problem = Expected("a closing quote", at);
            return null;
        }

        at++;
        problem = "";
        return segment.ToString();
    }

    private static bool Escape(string text, ref int at, StringBuilder segment)
    {
        char kind = at + 1 < text.Length ? text[at + 1] : '\0';
        int digits = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (at + 2 + digits > text.Length
                || !uint.TryParse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code))
            {
                return false;
            }

            if (Rune.IsValid(code))
            {
                segment.Append(new Rune(code).ToString());
            }
            else if (kind == 'u')
            {
                // A surrogate without its partner, which TOML does not have and a key of a source may.
                segment.Append((char)code);
            }
            else
            {
                return false;
            }

            at += 2 + digits;
            return true;
        }

        int index = "btnfre\"\\".IndexOf(kind, StringComparison.Ordinal);
        if (index < 0)
        {
            return false;
        }

        segment.Append("\b\t\n\f\r\u001b\"\\"[index]);
        at += 2;
        return true;
    }

    private static bool IsBare(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static void SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }
    }

    private static string Expected(string what, int at) =>
        string.Create(CultureInfo.InvariantCulture, $"expected {what} at character {at + 1} of the path");
}
