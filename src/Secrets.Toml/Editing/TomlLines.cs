using System.Text;

namespace Secrets.Toml.Editing;

/// <summary>The lines of a document, as an edit needs them.</summary>
internal static class TomlLines
{
    /// <summary>Gives the first byte after a byte order mark.</summary>
    public static int First(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>Gives the line end that new lines get: that of the document's first line.</summary>
    public static string LineEnd(ReadOnlySpan<byte> utf8)
    {
        int end = utf8.IndexOf((byte)'\n');
        return end > 0 && utf8[end - 1] == '\r' ? "\r\n" : "\n";
    }

    /// <summary>Gives where the line of an offset begins.</summary>
    public static int Start(ReadOnlySpan<byte> utf8, int offset) => Math.Max(utf8[..offset].LastIndexOf((byte)'\n') + 1, First(utf8));

    /// <summary>Gives where the line after that of an offset begins, or the document's end.</summary>
    public static int Next(ReadOnlySpan<byte> utf8, int offset)
    {
        int length = utf8[offset..].IndexOf((byte)'\n');
        return length < 0 ? utf8.Length : offset + length + 1;
    }

    /// <summary>Gives the blanks that the line of an offset begins with.</summary>
    public static string Indentation(ReadOnlySpan<byte> utf8, int offset)
    {
        int start = Start(utf8, offset);
        return Encoding.ASCII.GetString(utf8[start..SkipBlanks(utf8, start)]);
    }

    /// <summary>Tells whether a line begins here that holds nothing; the document's end is no line.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> utf8, int start)
    {
        int end = SkipBlanks(utf8, start);
        return end < utf8.Length ? utf8[end] is (byte)'\n' or (byte)'\r' : end > start;
    }

    public static bool IsComment(ReadOnlySpan<byte> utf8, int start)
    {
        int at = SkipBlanks(utf8, start);
        return at < utf8.Length && utf8[at] == '#';
    }

    /// <summary>Tells whether there is nothing before an offset on its line.</summary>
    public static bool IsFirstOnLine(ReadOnlySpan<byte> utf8, int offset) => SkipBlanks(utf8, Start(utf8, offset)) >= offset;

    /// <summary>Tells whether nothing but a comment follows an offset on its line.</summary>
    public static bool IsLastOnLine(ReadOnlySpan<byte> utf8, int offset)
    {
        int at = SkipBlanks(utf8, offset);
        return at == utf8.Length || utf8[at] is (byte)'\n' or (byte)'\r' or (byte)'#';
    }

    /// <summary>Finds the comma between two offsets that lies in no comment, or gives -1.</summary>
    public static int FindComma(ReadOnlySpan<byte> utf8, int start, int end)
    {
        for (int at = start; at < end; at++)
        {
            if (utf8[at] == ',')
            {
                return at;
            }

            if (utf8[at] == '#')
            {
                at = Next(utf8, at) - 1;
            }
        }

        return -1;
    }

    public static int SkipBlanks(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && utf8[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
