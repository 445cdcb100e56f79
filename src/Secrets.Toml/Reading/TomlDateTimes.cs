namespace Secrets.Toml.Reading;

/// <summary>Reads dates and times and gives them as RFC 3339 writes them, with seconds and with every digit of a fraction.</summary>
internal static class TomlDateTimes
{
    /// <summary>Says whether a value that starts with a digit is a date or a time, and not a number.</summary>
    public static bool IsNext(ReadOnlySpan<byte> value) => IsDate(value) || IsTime(value);

    /// <summary>Reads a date, a time, or both; the cursor is at the first digit.</summary>
    public static string Read(ref TomlCursor cursor, out SecretKind kind)
    {
        // Where the part starts that is not kept yet: what is written as RFC 3339 writes it is taken in one piece.
        int part = cursor.Offset;
        if (!IsDate(cursor.Rest))
        {
            ReadTime(ref cursor, ref part);
            kind = SecretKind.LocalTime;
            return cursor.TakeText(part);
        }

        ReadDate(ref cursor);
        kind = SecretKind.LocalDate;
        if (SkipSeparator(ref cursor, ref part))
        {
            ReadTime(ref cursor, ref part);
            kind = SkipOffset(ref cursor, ref part) ? SecretKind.OffsetDateTime : SecretKind.LocalDateTime;
        }

        return cursor.TakeText(part);
    }

    private static bool IsDate(ReadOnlySpan<byte> value) =>
        value.Length > 4 && value[4] == '-' && !value[..4].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsTime(ReadOnlySpan<byte> value) =>
        value.Length > 2 && value[2] == ':' && !value[..2].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static void ReadDate(ref TomlCursor cursor)
    {
        int year = ReadNumber(ref cursor, 4, 0, 9999, "expected a year of four digits");
        cursor.Expect((byte)'-', "expected \"-\" in a date");
        int month = ReadNumber(ref cursor, 2, 1, 12, "expected a month from 01 to 12");
        cursor.Expect((byte)'-', "expected \"-\" in a date");

        // The calendar repeats every 400 years; .NET has no year 0, RFC 3339 has.
        int days = DateTime.DaysInMonth(2000 + (year % 400), month);
        ReadNumber(ref cursor, 2, 1, days, "expected a day that this month has, in two digits");
    }

    private static bool SkipSeparator(ref TomlCursor cursor, ref int part)
    {
        if (cursor.Skip((byte)'T'))
        {
            return true;
        }

        ReadOnlySpan<byte> rest = cursor.Rest;
        bool isSeparator = rest.Length > 0 && (rest[0] == 't' || (rest[0] == ' ' && rest.Length > 1 && char.IsAsciiDigit((char)rest[1])));
        if (isSeparator)
        {
            Replace(ref cursor, ref part, 1, "T"u8);
        }

        return isSeparator;
    }

    private static void ReadTime(ref TomlCursor cursor, ref int part)
    {
        ReadNumber(ref cursor, 2, 0, 23, "expected an hour from 00 to 23");
        cursor.Expect((byte)':', "expected \":\" in a time");
        ReadNumber(ref cursor, 2, 0, 59, "expected minutes from 00 to 59");
        if (cursor.Current != ':' && cursor.IsToml11)
        {
            Replace(ref cursor, ref part, 0, ":00"u8);
            return;
        }

        cursor.Expect((byte)':', "expected \":\" and the seconds of a time");
        ReadNumber(ref cursor, 2, 0, 60, "expected seconds from 00 to 60");
        if (cursor.Skip((byte)'.'))
        {
            int length = cursor.Rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (length == 0 || cursor.IsAtEnd)
            {
                throw cursor.Error("expected the digits of a fraction of a second");
            }

            cursor.Offset += length < 0 ? cursor.Rest.Length : length;
        }
    }

    private static bool SkipOffset(ref TomlCursor cursor, ref int part)
    {
        switch (cursor.Current)
        {
            case (byte)'Z':
                cursor.Offset++;
                return true;
            case (byte)'z':
                Replace(ref cursor, ref part, 1, "Z"u8);
                return true;
            case (byte)'+' or (byte)'-':
                cursor.Offset++;
                ReadNumber(ref cursor, 2, 0, 23, "expected the hours of an offset, from 00 to 23");
                cursor.Expect((byte)':', "expected \":\" in an offset");
                ReadNumber(ref cursor, 2, 0, 59, "expected the minutes of an offset, from 00 to 59");
                return true;
            default:
                return false;
        }
    }

    private static int ReadNumber(ref TomlCursor cursor, int digits, int min, int max, string expected)
    {
        int start = cursor.Offset;
        int value = 0;
        for (; digits > 0; digits--)
        {
            if (!char.IsAsciiDigit((char)cursor.Current))
            {
                throw cursor.Error(expected + TomlHints.Text, start);
            }

            value = (value * 10) + cursor.Current - '0';
            cursor.Offset++;
        }

        return value >= min && value <= max ? value : throw cursor.Error(expected + TomlHints.Text, start);
    }

    private static void Replace(ref TomlCursor cursor, ref int part, int length, ReadOnlySpan<byte> with)
    {
        cursor.Keep(part);
        cursor.Keep(with);
        cursor.Offset += length;
        part = cursor.Offset;
    }
}
