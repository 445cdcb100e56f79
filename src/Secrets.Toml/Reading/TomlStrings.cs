using System.Buffers;
using System.Globalization;
using System.Text;

namespace Secrets.Toml.Reading;

/// <summary>Reads the four forms of strings. Line ends in them become LF, so that a file means the same on every system.</summary>
internal static class TomlStrings
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    // Most strings, and most lines of longer ones, are shorter. A vectorized search of so few bytes is hardly faster, and is code that a program
    // compiles when it starts.
    private const int NearBytes = 128;

    private const byte Basic = (byte)'"';
    private const byte Literal = (byte)'\'';

    private static readonly SearchValues<byte> BasicStops = SearchValues.Create([Basic, (byte)'\\', .. TomlCursor.ControlCharacters]);
    private static readonly SearchValues<byte> LiteralStops = SearchValues.Create([Literal, .. TomlCursor.ControlCharacters]);

    /// <summary>Reads a string of any form; the cursor is at its first quote.</summary>
    public static string Read(ref TomlCursor cursor)
    {
        bool isMultiLine = cursor.Rest.StartsWith(cursor.Current == Basic ? "\"\"\""u8 : "'''"u8);
        return isMultiLine ? ReadMultiLine(ref cursor) : ReadSingleLine(ref cursor);
    }

    /// <summary>Reads a string that ends on its line, as those of keys do; the cursor is at its quote.</summary>
    public static string ReadSingleLine(ref TomlCursor cursor)
    {
        byte quote = cursor.Current;
        int start = ++cursor.Offset;
        while (true)
        {
            byte stop = SkipToStop(ref cursor, quote);
            if (stop == quote)
            {
                string text = cursor.TakeText(start);
                cursor.Offset++;
                return text;
            }

            if (stop != '\\')
            {
                throw stop is (byte)'\n' or (byte)'\r' || cursor.IsAtEnd
                    ? cursor.Error((quote == Basic ? "expected \" at the end of a string" : "expected ' at the end of a string") + TomlHints.StringEnd(cursor.Passed))
                    : ControlCharacterError(cursor);
            }

            cursor.Keep(start);
            ReadEscape(ref cursor);
            start = cursor.Offset;
        }
    }

    private static string ReadMultiLine(ref TomlCursor cursor)
    {
        int open = cursor.Offset;
        byte quote = cursor.Current;
        cursor.Offset += 3;
        cursor.SkipLineEnd();
        int start = cursor.Offset;
        while (true)
        {
            byte stop = SkipToStop(ref cursor, quote);
            if (stop == quote)
            {
                if (PassQuotes(ref cursor, quote, start) is { } text)
                {
                    return text;
                }
            }
            else if (stop == '\n')
            {
                cursor.Offset++;
            }
            else if (stop == '\r')
            {
                cursor.Keep(start);
                start = cursor.Offset + 1;
                cursor.SkipLineEnd();
            }
            else if (stop == '\\')
            {
                cursor.Keep(start);
                if (!SkipLineContinuation(ref cursor))
                {
                    ReadEscape(ref cursor);
                }

                start = cursor.Offset;
            }
            else
            {
                throw cursor.IsAtEnd ? UnclosedError(cursor, quote, open) : ControlCharacterError(cursor);
            }
        }
    }

    /// <summary>Passes over quotes. Gives the text where they close it, and <see langword="null"/> where they are part of it.</summary>
    private static string? PassQuotes(ref TomlCursor cursor, byte quote, int start)
    {
        int quotes = CountQuotes(cursor.Rest, quote);
        cursor.Offset += quotes;
        if (quotes < 3)
        {
            return null;
        }

        cursor.Offset -= 3;
        string text = cursor.TakeText(start);
        cursor.Offset += 3;
        return text;
    }

    private static byte SkipToStop(ref TomlCursor cursor, byte quote)
    {
        ReadOnlySpan<byte> rest = cursor.Rest;
        int near = Math.Min(rest.Length, NearBytes), length = 0;
        while (length < near && !IsStop(rest[length], quote))
        {
            length++;
        }

        if (length == NearBytes)
        {
            int more = rest[length..].IndexOfAny(quote == Basic ? BasicStops : LiteralStops);
            length = more < 0 ? rest.Length : length + more;
        }

        cursor.Offset += length;
        return cursor.Current;
    }

    // The quote that ends the string, a backslash where it begins an escape, and the control characters, of which the tab alone may stand in a string.
    private static bool IsStop(byte value, byte quote) =>
        value <= '\\' ? value == quote || (value < ' ' && value != '\t') || (value == '\\' && quote == Basic) : value == 0x7F;

    // At most five: up to two quotes of the text may stand before the closing three.
    private static int CountQuotes(ReadOnlySpan<byte> rest, byte quote)
    {
        rest = rest[..Math.Min(rest.Length, 5)];
        int count = rest.IndexOfAnyExcept(quote);
        return count < 0 ? rest.Length : count;
    }

    // A backslash at the end of a line joins the line with the next text, wherever that is.
    private static bool SkipLineContinuation(ref TomlCursor cursor)
    {
        int backslash = cursor.Offset++;
        cursor.SkipBlanks();
        if (!cursor.SkipLineEnd())
        {
            cursor.Offset = backslash;
            return false;
        }

        do
        {
            cursor.SkipBlanks();
        }
        while (cursor.SkipLineEnd());
        return true;
    }

    private static void ReadEscape(ref TomlCursor cursor)
    {
        int backslash = cursor.Offset++;
        byte letter = cursor.Current;
        int digits = letter switch
        {
            (byte)'x' when cursor.IsToml11 => 2,
            (byte)'u' => 4,
            (byte)'U' => 8,
            _ => 0,
        };
        cursor.Offset++;
        if (digits > 0)
        {
            KeepCodePoint(ref cursor, digits, backslash);
            return;
        }

        cursor.Keep(letter switch
        {
            (byte)'b' => "\b"u8,
            (byte)'t' => "\t"u8,
            (byte)'n' => "\n"u8,
            (byte)'f' => "\f"u8,
            (byte)'r' => "\r"u8,
            (byte)'"' => "\""u8,
            (byte)'\\' => "\\"u8,
            (byte)'e' when cursor.IsToml11 => "\e"u8,
            _ => throw cursor.Error("expected an escape that TOML knows after the backslash" + TomlHints.Backslash, backslash),
        });
    }

    private static void KeepCodePoint(ref TomlCursor cursor, int digits, int backslash)
    {
        ReadOnlySpan<byte> hex = cursor.Rest;
        if (hex.Length < digits

            // The parser would take NULs behind the digits.
            || hex[..digits].ContainsAnyExcept(HexDigits)
            || !uint.TryParse(hex[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint codePoint))
        {
            throw cursor.Error("expected two, four or eight hexadecimal digits after \\x, \\u or \\U" + TomlHints.Backslash, backslash);
        }

        if (!Rune.TryCreate(codePoint, out Rune rune))
        {
            throw cursor.Error("this escape is not a Unicode character", backslash);
        }

        Span<byte> utf8 = stackalloc byte[4];
        cursor.Keep(utf8[..rune.EncodeToUtf8(utf8)]);
        cursor.Offset += digits;
    }

    private static SecretsFormatException UnclosedError(in TomlCursor cursor, byte quote, int open) =>
        cursor.Error(quote == Basic ? "this string has no closing \"\"\"" : "this string has no closing '''", open);

    private static SecretsFormatException ControlCharacterError(in TomlCursor cursor) =>
        cursor.Error("a string cannot hold a control character as it is; write an escape");
}
