using System.Globalization;
using Secrets.Redaction;

namespace Secrets;

/// <summary>Where a value came from. It never holds the value.</summary>
public sealed class SecretOrigin
{
    private readonly string _place;

    /// <summary>Creates an origin in a store that has names, not lines.</summary>
    /// <param name="sourceName">The source's name in the chain.</param>
    /// <param name="location">Where the value lives, in the source's own notation: an ARN, a vault URL, the name of a variable.</param>
    /// <param name="version">The store's version of the value, or <see langword="null"/> where it has none.</param>
    /// <param name="readAt">When the source read it.</param>
    public SecretOrigin(string sourceName, string location, string? version, DateTimeOffset readAt)
    {
        ArgumentNullException.ThrowIfNull(sourceName);
        ArgumentNullException.ThrowIfNull(location);
        SourceName = sourceName;
        _place = location;
        Version = version;
        ReadAt = readAt;
    }

    /// <summary>Creates an origin in a file.</summary>
    /// <param name="sourceName">The source's name in the chain.</param>
    /// <param name="file">The file, as an editor or a person finds it.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="column">The column, counted from 1.</param>
    /// <param name="readAt">When the source read it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="line"/> or <paramref name="column"/> is less than 1.</exception>
    public SecretOrigin(string sourceName, string file, int line, int column, DateTimeOffset readAt)
        : this(sourceName, file ?? throw new ArgumentNullException(nameof(file)), version: null, readAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(line, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(column, 1);
        Line = line;
        Column = column;
    }

    /// <summary>Gets the source's name in the chain, as in <c>toml</c> or <c>toml#2</c>.</summary>
    public string SourceName { get; }

    /// <summary>
    /// Gets the place in the source's own notation, as in <c>.secrets/secrets.toml(12,1)</c>, an ARN, or <c>TRELLO_API_KEY</c>. It is for messages:
    /// line breaks and other characters that cannot be seen are written as <see cref="Printable"/> writes them.
    /// </summary>
    public string Location => Line == 0 ? Printable(_place) : string.Create(CultureInfo.InvariantCulture, $"{Printable(_place)}({Line},{Column})");

    /// <summary>Gets the file, or <see langword="null"/> where the value does not come from a file with lines.</summary>
    public string? File => Line == 0 ? null : _place;

    /// <summary>Gets the line in <see cref="File"/>, counted from 1; 0 without a file.</summary>
    public int Line { get; }

    /// <summary>Gets the column in <see cref="File"/>, counted from 1; 0 without a file.</summary>
    public int Column { get; }

    /// <summary>Gets the store's version of the value, or <see langword="null"/> where it has none.</summary>
    public string? Version { get; }

    /// <summary>
    /// Gets a rule of the source that a reader should know who expected another kind of value here, as one sentence; messages about such a mistake end
    /// with it. It never holds a value.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? Note
    {
        get;
        init => field = value is null ? null : PrintableText.Of(value);
    }

    /// <summary>Gets when the source read the value.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>
    /// Gives a text from outside for a message, on one line: line breaks, other control characters and characters that change the order of what is shown
    /// become escapes, as in <c>\n</c> or <c>\u202E</c>. For authors of sources whose stores have names that others choose.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The same text where all of it can be seen.</returns>
    public static string Printable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PrintableText.Of(text);
    }

    /// <summary>Gives the same place as a source of this name gives it.</summary>
    internal SecretOrigin As(string sourceName) => string.Equals(SourceName, sourceName, StringComparison.Ordinal) ? this
        : File is null ? new SecretOrigin(sourceName, _place, Version, ReadAt) { Note = Note }
        : new SecretOrigin(sourceName, _place, Line, Column, ReadAt) { Note = Note };

    /// <summary>True where both are the same place and version in one store, whatever the chain calls it.</summary>
    internal bool IsSamePlace(SecretOrigin other) =>
        Line == other.Line
        && Column == other.Column
        && string.Equals(_place, other._place, StringComparison.Ordinal)
        && string.Equals(Version, other.Version, StringComparison.Ordinal);

    /// <summary>Gives the source's name and the location, on one line.</summary>
    /// <returns>As in <c>toml .secrets/secrets.toml(12,1)</c>.</returns>
    public override string ToString() =>
        Version is null ? $"{Printable(SourceName)} {Location}" : $"{Printable(SourceName)} {Location} version {Printable(Version)}";
}
