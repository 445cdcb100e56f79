using System.Globalization;

namespace Secrets.Toml.Reading;

/// <summary>A place in a document. Both numbers count from 1; columns count UTF-16 units, as editors do, and a tab is one.</summary>
internal readonly struct TomlPosition(int line, int column)
{
    /// <summary>Gets the line.</summary>
    public int Line { get; } = line;

    /// <summary>Gets the column.</summary>
    public int Column { get; } = column;

    /// <summary>Gives <c>(line,column)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Line},{Column})");
}
