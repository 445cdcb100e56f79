using System.Globalization;
using Secrets.Conversion;

namespace Secrets.Toml.Reading;

/// <summary>Reads integers and floats and gives their canonical texts.</summary>
internal static class TomlNumbers
{
    /// <summary>Reads a number; the cursor is at its sign, its first digit, or the first letter of <c>inf</c> or <c>nan</c>.</summary>
    public static string Read(ref TomlCursor cursor, out SecretKind kind)
    {
        int start = cursor.Offset;
        bool isNegative = cursor.Current == '-';
        bool isSigned = isNegative || cursor.Current == '+';
        if (isSigned)
        {
            cursor.Offset++;
        }

        kind = SecretKind.Float;
        if (cursor.Skip("inf"u8))
        {
            return isNegative ? "-inf" : "inf";
        }

        if (cursor.Skip("nan"u8))
        {
            return "nan";
        }

        if (cursor.Current == '0' && !isSigned && Radix(cursor.Rest) is int radix and not 10)
        {
            kind = SecretKind.Integer;
            return ReadPrefixed(ref cursor, radix);
        }

        return ReadDecimal(ref cursor, start, out kind);
    }

    private static string ReadDecimal(ref TomlCursor cursor, int start, out SecretKind kind)
    {
        int first = cursor.Offset;
        bool startsWithZero = cursor.Current == '0';
        int part = start;
        SkipDigits(ref cursor, ref part);
        if (startsWithZero && cursor.Offset > first + 1)
        {
            throw cursor.Error("a number cannot start with a zero" + TomlHints.Text, first);
        }

        kind = SecretKind.Integer;
        if (cursor.Skip((byte)'.'))
        {
            kind = SecretKind.Float;
            SkipDigits(ref cursor, ref part);
        }

        if (cursor.Current is (byte)'e' or (byte)'E')
        {
            kind = SecretKind.Float;
            cursor.Offset++;
            if (cursor.Current is (byte)'+' or (byte)'-')
            {
                cursor.Offset++;
            }

            SkipDigits(ref cursor, ref part);
        }

        string digits = cursor.TakeText(part);
        if (kind == SecretKind.Float)
        {
            double value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(value) ? FloatText.Of(value) : throw cursor.Error("this float is out of the range of 64 bits" + TomlHints.Text, start);
        }

        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
            ? integer.ToString(CultureInfo.InvariantCulture)
            : throw OutOfRange(cursor, start);
    }

    // Keeps each part before an underscore; `part` is where the next one starts.
    private static void SkipDigits(ref TomlCursor cursor, ref int part)
    {
        do
        {
            if (!char.IsAsciiDigit((char)cursor.Current))
            {
                throw cursor.Error("expected a digit" + TomlHints.Text);
            }

            int length = cursor.Rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            cursor.Offset += length < 0 ? cursor.Rest.Length : length;
        }
        while (SkipUnderscore(ref cursor, ref part));
    }

    private static bool SkipUnderscore(ref TomlCursor cursor, ref int part)
    {
        if (cursor.Current != '_')
        {
            return false;
        }

        cursor.Keep(part);
        part = ++cursor.Offset;
        return true;
    }

    private static int Radix(ReadOnlySpan<byte> number) => (number.Length > 1 ? number[1] : 0) switch
    {
        'x' => 16,
        'o' => 8,
        'b' => 2,
        _ => 10,
    };

    private static string ReadPrefixed(ref TomlCursor cursor, int radix)
    {
        int start = cursor.Offset;
        cursor.Offset += 2;
        long value = 0;
        do
        {
            int digit = Digit(cursor.Current);
            if (digit >= radix)
            {
                throw cursor.Error("expected a digit of the number's base" + TomlHints.Text);
            }

            for (; digit < radix; digit = Digit(cursor.Current))
            {
                if (value > (long.MaxValue - digit) / radix)
                {
                    throw OutOfRange(cursor, start);
                }

                value = (value * radix) + digit;
                cursor.Offset++;
            }
        }
        while (cursor.Skip((byte)'_'));

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => int.MaxValue,
    };

    private static SecretsFormatException OutOfRange(in TomlCursor cursor, int start) =>
        cursor.Error("this integer is out of the range of 64 bits" + TomlHints.Text, start);
}
