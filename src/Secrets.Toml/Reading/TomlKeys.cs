namespace Secrets.Toml.Reading;

/// <summary>Reads keys: bare words and strings that end on their line.</summary>
internal static class TomlKeys
{
    /// <summary>Reads one key, which may be a part of a dotted key.</summary>
    public static string Read(ref TomlCursor cursor)
    {
        if (cursor.Current is (byte)'"' or (byte)'\'')
        {
            return TomlStrings.ReadSingleLine(ref cursor);
        }

        int start = cursor.Offset;
        ReadOnlySpan<byte> rest = cursor.Rest;
        int length = 0;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[length]) || rest[length] is (byte)'_' or (byte)'-'))
        {
            length++;
        }

        cursor.Offset += length;
        return length > 0 ? cursor.TakeText(start) : throw cursor.Error("expected a key" + TomlHints.Key(cursor.Rest));
    }
}
