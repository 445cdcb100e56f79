using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Secrets.Files;

namespace Secrets.Toml.Reading;

/// <summary>
/// The bytes of a document and the place of the reader in them, with what every part of the grammar needs: blanks, comments, errors.
/// </summary>
internal ref struct TomlCursor
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly TomlReaderOptions _options;

    // The first byte after a byte order mark.
    private readonly int _first;

    // Text that the document does not hold in one piece, while it is put together.
    private readonly ArrayBufferWriter<byte> _kept = new();

    // Where Locate last was. It only moves forward, so that all calls together pass over the document once.
    private int _markOffset;
    private int _markLine = 1;
    private int _markColumn = 1;

    /// <summary>Starts at the first byte after a byte order mark. The whole document is known to be UTF-8 from here on.</summary>
    public TomlCursor(ReadOnlySpan<byte> utf8, TomlReaderOptions options)
    {
        _utf8 = utf8;
        _options = options;
        if (utf8.Length > options.MaxSize)
        {
            throw TooLarge(options);
        }

        _first = utf8.StartsWith("\uFEFF"u8) ? 3 : 0;
        Offset = _markOffset = _first;
        bool isUtf8 = Utf8.IsValid(utf8);
        if (ForeignEncoding.FindInDocument(utf8, isUtf8, options.File) is { } failure)
        {
            throw failure;
        }

        if (!isUtf8)
        {
            throw Error("this is not valid UTF-8; save the file as UTF-8", FirstInvalid());
        }
    }

    /// <summary>Gets the control characters, all but the tab: nothing in TOML may hold them as they are.</summary>
    public static ReadOnlySpan<byte> ControlCharacters =>
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\n\v\f\r\u000E\u000F"u8 +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F"u8;

    /// <summary>Says whether a byte is one of <see cref="ControlCharacters"/>.</summary>
    public static bool IsControl(byte value) => (value < ' ' && value != '\t') || value == 0x7F;

    /// <summary>Gets or sets the index of the current byte.</summary>
    public int Offset { get; set; }

    /// <summary>Gets whether the document may use what TOML 1.1 added.</summary>
    public readonly bool IsToml11 => _options.Version >= TomlVersion.Toml11;

    /// <summary>Gets whether nothing is left.</summary>
    public readonly bool IsAtEnd => Offset == _utf8.Length;

    /// <summary>Gets the current byte; at the end it is NUL, which no document may hold.</summary>
    public readonly byte Current => Offset < _utf8.Length ? _utf8[Offset] : (byte)0;

    /// <summary>Gets what was passed over.</summary>
    public readonly ReadOnlySpan<byte> Passed => _utf8[..Offset];

    /// <summary>Gets what is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _utf8[Offset..];

    /// <summary>Keeps a part of a text that is not in the document in one piece.</summary>
    public readonly void Keep(scoped ReadOnlySpan<byte> part) => _kept.Write(part);

    /// <summary>Keeps what was passed over since <paramref name="start"/>.</summary>
    public readonly void Keep(int start) => _kept.Write(_utf8[start..Offset]);

    /// <summary>Gives all that was kept, followed by what was passed over since <paramref name="start"/>.</summary>
    public readonly string TakeText(int start)
    {
        if (_kept.WrittenCount == 0)
        {
            return Decode(_utf8[start..Offset]);
        }

        Keep(start);
        string text = Encoding.UTF8.GetString(_kept.WrittenSpan);
        _kept.ResetWrittenCount();
        return text;
    }

    /// <summary>Passes over one byte, if it is the current one.</summary>
    public bool Skip(byte expected)
    {
        if (Current != expected)
        {
            return false;
        }

        Offset++;
        return true;
    }

    /// <summary>Passes over a word, if it is what comes next.</summary>
    public bool Skip(scoped ReadOnlySpan<byte> word)
    {
        bool isNext = Rest.StartsWith(word);
        if (isNext)
        {
            Offset += word.Length;
        }

        return isNext;
    }

    /// <summary>Passes over one byte, which must be the current one.</summary>
    public void Expect(byte expected, string message)
    {
        if (!Skip(expected))
        {
            throw Error(message);
        }
    }

    /// <summary>Passes over spaces and tabs.</summary>
    public void SkipBlanks()
    {
        while (Current is (byte)' ' or (byte)'\t')
        {
            Offset++;
        }
    }

    /// <summary>Passes over spaces, tabs, line ends and comments.</summary>
    public void SkipBlankLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (SkipLineEnd());
    }

    /// <summary>Passes over one line end, if the cursor is at one.</summary>
    public bool SkipLineEnd()
    {
        if (Skip((byte)'\n'))
        {
            return true;
        }

        if (Current != '\r')
        {
            return false;
        }

        Offset++;
        Expect((byte)'\n', "expected a line feed after the carriage return");
        return true;
    }

    /// <summary>Passes over blanks and a comment to the end of the line or of the document, which must come next.</summary>
    public void ExpectLineEnd()
    {
        SkipBlanks();
        SkipComment();
        if (!SkipLineEnd() && !IsAtEnd)
        {
            throw Error("expected the end of the line" + TomlHints.LineEnd(Passed, Rest));
        }
    }

    /// <summary>Passes over a comment, if the cursor is at one, up to its line end.</summary>
    public void SkipComment()
    {
        if (Current != '#')
        {
            return;
        }

        // A vectorized search of so few bytes is hardly faster, and is code that a program compiles when it starts.
        ReadOnlySpan<byte> rest = Rest;
        int length = 1;
        while (length < rest.Length && !IsControl(rest[length]))
        {
            length++;
        }

        Offset += length;
        if (!IsAtEnd && Current is not ((byte)'\n' or (byte)'\r'))
        {
            throw Error("a comment cannot hold a control character");
        }
    }

    /// <summary>Gives the position of an offset at or after that of the last call.</summary>
    public TomlPosition Locate(int offset)
    {
        ReadOnlySpan<byte> passed = _utf8[_markOffset..offset];
        int lineEnd = passed.LastIndexOf((byte)'\n');
        if (lineEnd >= 0)
        {
            _markLine += 1 + passed[..lineEnd].Count((byte)'\n');
            _markColumn = 1;
            passed = passed[(lineEnd + 1)..];
        }

        _markColumn += passed.IsEmpty ? 0 : Encoding.UTF8.GetCharCount(passed);
        _markOffset = offset;
        return new TomlPosition(_markLine, _markColumn);
    }

    /// <summary>Makes the exception for a mistake at the cursor.</summary>
    public readonly SecretsFormatException Error(string message) => Error(message, Offset);

    /// <summary>Makes the exception for a mistake anywhere. The message must not hold any part of the document.</summary>
    public readonly SecretsFormatException Error(string message, int offset) => Error(message, offset, isBeyondLimit: false);

    /// <summary>Makes the exception for a document that is beyond a limit of the reader.</summary>
    public readonly SecretsFormatException LimitError(string message, int offset) => Error(message, offset, isBeyondLimit: true);

    private readonly SecretsFormatException Error(string message, int offset, bool isBeyondLimit)
    {
        TomlCursor fresh = this;
        if (offset < _markOffset)
        {
            (fresh._markOffset, fresh._markLine, fresh._markColumn) = (_first, 1, 1);
        }

        TomlPosition position = fresh.Locate(offset);
        return new SecretsFormatException(message, _options.File, position.Line, position.Column) { IsBeyondLimit = isBeyondLimit };
    }

    // Nearly all texts are ASCII and short, for which Latin-1 is the fastest way to a string.
    private static string Decode(ReadOnlySpan<byte> text) =>
        Ascii.IsValid(text) ? Encoding.Latin1.GetString(text) : Encoding.UTF8.GetString(text);

    private static SecretsFormatException TooLarge(TomlReaderOptions options) =>
        new(string.Create(CultureInfo.InvariantCulture, $"this document is larger than the limit of {options.MaxSize} bytes"), options.File) { IsBeyondLimit = true };

    private readonly int FirstInvalid()
    {
        int offset = Offset;
        while (Rune.DecodeFromUtf8(_utf8[offset..], out _, out int length) == OperationStatus.Done)
        {
            offset += length;
        }

        return offset;
    }
}
