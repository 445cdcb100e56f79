namespace Secrets.Toml.Reading;

/// <summary>One header, or one key with its value, as it stands in a document. Offsets are bytes; an end is the first byte after a part.</summary>
internal sealed class TomlPart
{
    /// <summary>Gets the table that the line belongs to: the last header's, or the inline table's around it. A header has none.</summary>
    public TomlTable? Scope { get; init; }

    /// <summary>Gets the table that a header defines, or that holds the last segment of a key.</summary>
    public required TomlTable Table { get; init; }

    /// <summary>Gets the last segment of a key; a header has none.</summary>
    public string? Key { get; init; }

    /// <summary>Gets where the header or the key begins.</summary>
    public required int Start { get; init; }

    /// <summary>Gets where the value begins.</summary>
    public int ValueStart { get; init; }

    /// <summary>Gets where the header or the value ends.</summary>
    public required int End { get; init; }
}
