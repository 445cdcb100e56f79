using System.Diagnostics;

namespace Secrets.Toml.Reading;

/// <summary>One value and where it stands: a scalar as its canonical text, a table, or an array.</summary>
[DebuggerDisplay("{Kind}")]
internal readonly struct TomlValue(SecretKind kind, object content, TomlPosition position)
{
    private readonly object _content = content;

    /// <summary>Gets the kind; <see cref="SecretKind.Section"/> is a table.</summary>
    public SecretKind Kind { get; } = kind;

    /// <summary>Gets the place of the key, of the header, or, for an array's element, of the value itself.</summary>
    public TomlPosition Position { get; } = position;

    /// <summary>Gets the canonical text of a scalar.</summary>
    public string Text => (string)_content;

    /// <summary>Gets the table of a <see cref="SecretKind.Section"/>.</summary>
    public TomlTable Table => (TomlTable)_content;

    /// <summary>Gets the array of a <see cref="SecretKind.Array"/>.</summary>
    public TomlArray Array => (TomlArray)_content;
}
