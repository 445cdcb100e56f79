using System.Diagnostics;
using System.Globalization;
using Secrets.Files;
using Secrets.Toml.Editing;
using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>
/// Sets and removes values in a TOML document and leaves everything else byte for byte as it is: comments, order, blank lines, quoting and line ends.
/// </summary>
/// <remarks>
/// <para>After each edit the document is read again and compared with what it should hold; an edit that does not pass leaves the document as it was.</para>
/// <para>Only <see cref="Save"/> writes a file. An instance is not for several threads at once.</para>
/// </remarks>
[DebuggerDisplay("TOML document")]
public sealed class TomlEditor
{
    private const int MaxSize = 16 * 1024 * 1024;

    private readonly string? _file;

    // What the file held when it was read or written last.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private byte[]? _saved;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private TomlDocument _document;

    private TomlEditor(byte[] utf8, TomlVersion version, string? file, byte[]? saved)
    {
        _document = TomlDocument.Read(utf8, version, file);
        _file = file;
        _saved = saved;
    }

    /// <summary>Gets or sets when two keys are one. A key that is there in another spelling is changed, not added a second time.</summary>
    /// <value>Default <see cref="KeyComparison.Equivalent"/>: case, <c>_</c> and <c>-</c> are ignored.</value>
    public KeyComparison KeyComparison { get; set; } = KeyComparison.Equivalent;

    /// <summary>Reads a document from its bytes.</summary>
    /// <param name="utf8">The document, with or without a byte order mark; it may be empty.</param>
    /// <param name="version">The version of TOML that it may use.</param>
    /// <returns>An editor that has no file.</returns>
    /// <exception cref="SecretsFormatException">The bytes are not TOML: <see cref="SecretsErrorCode.InvalidFormat"/>, with line and column.</exception>
    public static TomlEditor Parse(ReadOnlySpan<byte> utf8, TomlVersion version = TomlVersion.Toml11) => new(utf8.ToArray(), version, file: null, saved: null);

    /// <summary>Reads a file, which need not exist: then the document is empty, and <see cref="Save"/> creates it.</summary>
    /// <param name="file">The file. A relative path counts from the current directory.</param>
    /// <param name="version">The version of TOML that it may use.</param>
    /// <returns>An editor of that file.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="SecretsFormatException">The file is not TOML, with line and column, or larger than 16 MiB: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">
    /// The file cannot be read: <see cref="SecretsErrorCode.AccessDenied"/>, <see cref="SecretsErrorCode.Unavailable"/>, or
    /// <see cref="SecretsErrorCode.InvalidConfiguration"/> where it is not a regular file.
    /// </exception>
    public static TomlEditor Open(string file, TomlVersion version = TomlVersion.Toml11)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        string full = Path.GetFullPath(file);
        byte[]? saved = Read(full);
        return new TomlEditor(saved ?? [], version, full, saved);
    }

    /// <summary>Says what a path leads to.</summary>
    /// <param name="path">A TOML dotted key; a number names an element of an array.</param>
    /// <returns>The kind, or <see langword="null"/> where the document has nothing there.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a dotted key.</exception>
    /// <exception cref="SecretsFormatException">The path leads through a value that is no section: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public SecretKind? KindOf(string path) => Follow(path).Value?.Kind;

    /// <summary>Gives a value as it is written in the document, with its quotes.</summary>
    /// <param name="path">A TOML dotted key; a number names an element of an array.</param>
    /// <returns>The text, or <see langword="null"/> where there is nothing, or a section or array that headers or dotted keys write in several places.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a dotted key.</exception>
    /// <exception cref="SecretsFormatException">The path leads through a value that is no section: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public string? GetRaw(string path) =>
        FindText(Follow(path)) is (int start, int end) ? System.Text.Encoding.UTF8.GetString(_document.Utf8.AsSpan(start..end)) : null;

    /// <summary>Sets a string. A value that is there is replaced in its place; a new key is added to its section, which is created where it is missing.</summary>
    /// <param name="path">A TOML dotted key; a number names an element of an array, or the one after the last of an array of tables.</param>
    /// <param name="value">The string. One with line breaks is written on several lines.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a dotted key, or UTF-8 cannot write the value.</exception>
    /// <exception cref="SecretsFormatException">
    /// The path leads through a value that is no section, or to a section that headers write, or the document would exceed a limit of the reader (128 levels, 16 MiB, 500,000 values
    /// and tables): <see cref="SecretsErrorCode.InvalidFormat"/>, with the place. The document stays as it was.
    /// </exception>
    /// <exception cref="InvalidOperationException">The edit has a defect of this library; the document stays as it was.</exception>
    public void Set(string path, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        SetRaw(path, TomlLiteral.Of(value, TomlLines.LineEnd(_document.Utf8)));
    }

    /// <summary>Sets an integer, as <see cref="Set(string, string)"/> sets a string.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    /// <param name="path">A TOML dotted key.</param>
    /// <param name="value">The integer.</param>
    public void Set(string path, long value) => SetRaw(path, TomlLiteral.Of(value));

    /// <summary>Sets a float, as <see cref="Set(string, string)"/> sets a string.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    /// <param name="path">A TOML dotted key.</param>
    /// <param name="value">The float.</param>
    public void Set(string path, double value) => SetRaw(path, TomlLiteral.Of(value));

    /// <summary>Sets a boolean, as <see cref="Set(string, string)"/> sets a string.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    /// <param name="path">A TOML dotted key.</param>
    /// <param name="value">The boolean.</param>
    public void Set(string path, bool value) => SetRaw(path, TomlLiteral.Of(value));

    /// <summary>Sets a value that is given as TOML writes it: a date, an array, an inline table, a string in the quotes of your choice.</summary>
    /// <param name="path">A TOML dotted key; a number names an element of an array, or the one after the last of an array of tables.</param>
    /// <param name="toml">One value, as in <c>"text"</c>, <c>2026-01-31</c> or <c>["a", "b"]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a dotted key, or UTF-8 cannot write the value.</exception>
    /// <exception cref="SecretsFormatException">
    /// <paramref name="toml"/> is not one TOML value, the path leads through a value that is no section, or to a section that headers write, or the document would exceed a limit of the
    /// reader (128 levels, 16 MiB, 500,000 values and tables): <see cref="SecretsErrorCode.InvalidFormat"/>, with the place. The document stays as it was.
    /// </exception>
    /// <exception cref="InvalidOperationException">The edit has a defect of this library; the document stays as it was.</exception>
    public void SetRaw(string path, string toml)
    {
        ArgumentNullException.ThrowIfNull(toml);
        if (!TomlLiteral.IsWellFormed(toml))
        {
            throw new ArgumentException("The value holds half of a surrogate pair, which UTF-8 cannot write.", nameof(toml));
        }

        TomlValue value = _document.ReadValue(toml);
        TomlTrail trail = Follow(path);
        TomlModel expected = TomlModel.Of(_document.Root);
        expected.Set(trail.Address.Concat(trail.Rest), value);
        TomlSplices splices;
        if (trail.Value is null)
        {
            splices = trail.Rest.Count > 0
                ? TomlInsertion.Add(_document, trail, toml)
                : throw new SecretsFormatException($"{path} would be a new section of an array; name a key in it", _file);
        }
        else if (FindText(trail) is (int start, int end))
        {
            splices = new TomlSplices();
            splices.Replace(start, end, toml);
        }
        else
        {
            throw new SecretsFormatException($"{path} is a section; name a key in it", _file, trail.Value.Value.Position.Line, trail.Value.Value.Position.Column);
        }

        Accept(splices, after => after.Matches(expected));
    }

    /// <summary>Removes a key with its value and its line, or a section with all that is in it. Comments on lines of their own stay, except inside of a section.</summary>
    /// <param name="path">A TOML dotted key; a number names an element of an array.</param>
    /// <returns><see langword="false"/> where the document has nothing there.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a dotted key.</exception>
    /// <exception cref="SecretsFormatException">The path leads through a value that is no section: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="InvalidOperationException">The edit has a defect of this library; the document stays as it was.</exception>
    public bool Remove(string path)
    {
        TomlTrail trail = Follow(path);
        if (trail.Value is null)
        {
            return false;
        }

        TomlModel before = TomlModel.Of(_document.Root);
        Accept(TomlRemoval.Remove(_document, trail), after =>
        {
            before.Remove(trail.Address, after);
            return before.Matches(after);
        });
        return true;
    }

    /// <summary>Gives the document as it is now.</summary>
    /// <returns>A copy of its bytes.</returns>
    public byte[] ToUtf8() => [.. _document.Utf8];

    /// <summary>
    /// Writes the file in one step: the content goes to a new file beside it, which is renamed over it. An existing file keeps its mode, and a symbolic link
    /// stays one. A new file is readable and writable by its owner alone (0600), and so are directories that are created for it (0700).
    /// </summary>
    /// <exception cref="InvalidOperationException">The document was not opened from a file.</exception>
    /// <exception cref="SecretsSourceException">
    /// Nothing was written, because the file or its directory cannot be (<see cref="SecretsErrorCode.AccessDenied"/>), or because the file has changed since it was
    /// opened or the system reports an error (<see cref="SecretsErrorCode.Unavailable"/>).
    /// </exception>
    public void Save()
    {
        string file = _file ?? throw new InvalidOperationException("This document was not opened from a file; write ToUtf8() where you want it.");
        if (_saved is null ? File.Exists(file) : Read(file) is not { } present || !present.AsSpan().SequenceEqual(_saved))
        {
            throw new SecretsSourceException(SecretsErrorCode.Unavailable, $"{file} has changed since it was read; nothing was written. Open it again and repeat the edit.", "toml");
        }

        try
        {
            AtomicFile.Write(file, _document.Utf8);
            _saved = _document.Utf8;
        }
        catch (UnauthorizedAccessException)
        {
            throw new SecretsSourceException(
                SecretsErrorCode.AccessDenied, $"{file} cannot be written: it is read-only, or this process has no permission to create files in its directory.", "toml");
        }
        catch (IOException failure)
        {
            throw new SecretsSourceException(SecretsErrorCode.Unavailable, $"{file} cannot be written: the system reports error 0x{failure.HResult:X8}.", "toml");
        }
    }

    /// <summary>Names the document, without its content.</summary>
    /// <returns>As in <c>/home/jane/shop/.secrets/secrets.toml, 120 bytes</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_file ?? "a TOML document"}, {_document.Utf8.Length} bytes");

    private static byte[]? Read(string file) => new SecretsFile(file, file, isListed: false).Read(MaxSize, "toml", []);

    private TomlTrail Follow(string path)
    {
        SecretPath parsed = SecretPath.Parse(path);
        return TomlTrail.Follow(_document, parsed, KeyComparison);
    }

    private (int Start, int End)? FindText(TomlTrail trail)
    {
        if (trail.Array is { } array && trail.Value is not null)
        {
            return _document.Layout.Elements(array)?[trail.Index];
        }

        TomlPart? part = _document.Layout.Parts.FirstOrDefault(p =>
            p.Scope is not null && p.Table == trail.Holder && string.Equals(p.Key, trail.Key, StringComparison.Ordinal));
        return part is null || trail.Value is null ? null : (part.ValueStart, part.End);
    }

    private void Accept(TomlSplices splices, Func<TomlModel, bool> isExpected)
    {
        TomlDocument? edited = TryRead(splices.ApplyTo(_document.Utf8));
        if (edited is null || !isExpected(TomlModel.Of(edited.Root)))
        {
            throw new InvalidOperationException("The edited document does not hold what it should, so the edit was dropped. This is a defect of the editor; please report it without any secret.");
        }

        _document = edited;
    }

    private TomlDocument? TryRead(byte[] utf8)
    {
        try
        {
            return _document.With(utf8);
        }
        catch (SecretsFormatException failure) when (!failure.IsBeyondLimit)
        {
            return null;
        }
    }
}
