using System.Buffers.Binary;
using System.Text;

namespace Secrets.Files;

/// <summary>Recognizes text in UTF-16 and UTF-32, so that an error can name the encoding and the fix. Windows PowerShell writes UTF-16 unless told otherwise.</summary>
internal static class ForeignEncoding
{
    private const string AppendedProblem =
        "this part is UTF-16 (little-endian), and UTF-8 is expected; save the whole file as UTF-8 (\">>\" of Windows PowerShell appends UTF-16: use Add-Content -Encoding utf8)";

    private static readonly (string Name, byte[] Mark, int Unit, bool IsBigEndian)[] Known =
    [
        // The mark of UTF-16 begins that of UTF-32.
        ("UTF-32 (little-endian)", [0xFF, 0xFE, 0, 0], 4, false),
        ("UTF-32 (big-endian)", [0, 0, 0xFE, 0xFF], 4, true),
        ("UTF-16 (little-endian)", [0xFF, 0xFE], 2, false),
        ("UTF-16 (big-endian)", [0xFE, 0xFF], 2, true),
    ];

    /// <summary>Gives the error for a document that begins with the mark of such an encoding, is text in it, or has a part in UTF-16; otherwise <see langword="null"/>.</summary>
    /// <param name="content">The document.</param>
    /// <param name="isUtf8">Whether it is valid UTF-8. Such a document is in another encoding only if it has NULs.</param>
    /// <param name="file">The document's name.</param>
    public static SecretsFormatException? FindInDocument(ReadOnlySpan<byte> content, bool isUtf8, string? file) =>
        isUtf8 && !content.Contains((byte)0) ? null : FindIn(content, file);

    private static SecretsFormatException? FindIn(ReadOnlySpan<byte> content, string? file)
    {
        if (FindByMarkOrText(content) is { } problem)
        {
            return new SecretsFormatException(problem, file, line: 1, column: 1);
        }

        content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        int start = StartOfPart(content);
        if (start < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> before = content[..start];
        ReadOnlySpan<byte> line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        return new SecretsFormatException(AppendedProblem, file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(line) + 1);
    }

    private static string? FindByMarkOrText(ReadOnlySpan<byte> content)
    {
        foreach ((string name, byte[] mark, int unit, bool isBigEndian) in Known)
        {
            if (content.StartsWith(mark) || IsText(content, unit, isBigEndian))
            {
                return Problem(name);
            }
        }

        return null;
    }

    /// <summary>Gives where the first line begins that was appended in UTF-16 (little-endian); less than 0 where there is none.</summary>
    private static int StartOfPart(ReadOnlySpan<byte> content)
    {
        int start = content.IndexOf((byte)0) - 1;
        if (start < 0)
        {
            return -1;
        }

        ReadOnlySpan<byte> part = content[start..];
        int length = 2;
        while (length + 2 <= part.Length && part[(length - 2)..length] is not [(byte)'\n', 0])
        {
            length += 2;
        }

        // One NUL may be anything, such as the end of a C string.
        return length > 2 && IsText(part[..length], unit: 2, isBigEndian: false) ? start : -1;
    }

    /// <summary>Gives an error's text for content that is text in such an encoding; otherwise <see langword="null"/>. A key's bytes may begin with a mark by chance.</summary>
    public static string? FindInSecret(ReadOnlySpan<byte> content)
    {
        foreach ((string name, byte[] mark, int unit, bool isBigEndian) in Known)
        {
            if (IsText(content.StartsWith(mark) ? content[mark.Length..] : content, unit, isBigEndian))
            {
                return Problem(name);
            }
        }

        return null;
    }

    private static string Problem(string name) =>
        $"this is {name}, and UTF-8 is expected; save it as UTF-8 (\">\" of Windows PowerShell writes UTF-16: use Set-Content -Encoding utf8)";

    /// <summary>Says whether all units are characters of text, and at least three quarters of them ASCII: those have bytes that are NUL, which text in UTF-8 does not.</summary>
    private static bool IsText(ReadOnlySpan<byte> content, int unit, bool isBigEndian)
    {
        if (content.IsEmpty || content.Length % unit != 0 || !content.Contains((byte)0))
        {
            return false;
        }

        int ascii = 0;
        for (int i = 0; i < content.Length; i += unit)
        {
            uint c = Read(content.Slice(i, unit), isBigEndian);
            if (c is (>= 0x20 and < 0x7F) or '\t' or '\n' or '\r')
            {
                ascii++;
            }
            else if (c < 0xA0 || (unit == 4 && !Rune.IsValid(c)))
            {
                return false;
            }
        }

        return ascii * 4 >= content.Length / unit * 3;
    }

    private static uint Read(ReadOnlySpan<byte> unit, bool isBigEndian) => (unit.Length, isBigEndian) switch
    {
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(unit),
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(unit),
        (_, false) => BinaryPrimitives.ReadUInt32LittleEndian(unit),
        _ => BinaryPrimitives.ReadUInt32BigEndian(unit),
    };
}
