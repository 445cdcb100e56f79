namespace Secrets.Toml.Reading;

/// <summary>How a document is read, and how much of it.</summary>
internal sealed class TomlReaderOptions
{
    /// <summary>Gets the version of TOML. Default: 1.1.</summary>
    public TomlVersion Version { get; init; } = TomlVersion.Toml11;

    /// <summary>Gets how deep tables and arrays may nest, whatever the notation. Default: 128.</summary>
    /// <remarks>The reader recurses once per level of brackets, so this bounds its stack too.</remarks>
    public int MaxDepth { get; init; } = 128;

    /// <summary>Gets the greatest size of a document in bytes. Default: 16 MiB.</summary>
    public int MaxSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>Gets the file's name in errors, or <see langword="null"/> where the document is not a file.</summary>
    public string? File { get; init; }

    /// <summary>Gets what notes where everything stands, or <see langword="null"/> where nobody asks.</summary>
    public TomlLayout? Layout { get; init; }
}
