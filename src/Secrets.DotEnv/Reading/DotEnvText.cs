using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Secrets.Files;

namespace Secrets.DotEnv.Reading;

/// <summary>A file's text, whose lines all end in <c>\n</c>, and the places in it. Columns count UTF-16 units, as editors do.</summary>
internal sealed class DotEnvText
{
    private static readonly SearchValues<char> Control =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\t' or '\n'))]);

    private readonly string? _file;
    private int _line = 1;
    private int _lineStart;
    private int _known;

    private DotEnvText(string text, string? file)
    {
        Text = text;
        _file = file;
    }

    public string Text { get; }

    /// <summary>Reads UTF-8, with or without a byte order mark, with LF or CRLF.</summary>
    /// <exception cref="SecretsFormatException">It is not UTF-8, or holds a control character.</exception>
    public static DotEnvText Decode(ReadOnlySpan<byte> utf8, string? file)
    {
        utf8 = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (ForeignEncoding.FindInDocument(utf8, Utf8.IsValid(utf8), file) is { } failure)
        {
            throw failure;
        }

        char[] buffer = new char[utf8.Length];
        OperationStatus status = Utf8.ToUtf16(utf8, buffer, out _, out int length, replaceInvalidSequences: false);

        // A file that was checked out on another system must give the same secret.
        var text = new DotEnvText(new string(buffer, 0, length).Replace("\r\n", "\n", StringComparison.Ordinal), file);
        if (status != OperationStatus.Done)
        {
            throw text.Error(text.Text.Length, "this is not valid UTF-8; save the file as UTF-8");
        }

        int control = text.Text.AsSpan().IndexOfAny(Control);
        return control < 0 ? text : throw text.Error(
            control,
            string.Create(CultureInfo.InvariantCulture, $"expected text; the control character U+{(int)text.Text[control]:X4} can only be written as an escape in double quotes"));
    }

    /// <summary>Gives the line and the column of a character. Places that are asked for in their order cost one pass together.</summary>
    public (int Line, int Column) Position(int at)
    {
        if (at < _known)
        {
            (_line, _lineStart, _known) = (1, 0, 0);
        }

        for (int end = Text.IndexOf('\n', _known, at - _known); end >= 0; end = Text.IndexOf('\n', _known, at - _known))
        {
            _line++;
            _lineStart = _known = end + 1;
        }

        _known = at;
        return (_line, at - _lineStart + 1);
    }

    /// <param name="at">The character.</param>
    /// <param name="problem">What was expected, without any part of the text.</param>
    public SecretsFormatException Error(int at, string problem)
    {
        (int line, int column) = Position(at);
        return new SecretsFormatException(problem, _file, line, column);
    }
}
