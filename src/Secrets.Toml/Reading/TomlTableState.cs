namespace Secrets.Toml.Reading;

/// <summary>What made a table, which decides what may still be added to it.</summary>
internal enum TomlTableState : byte
{
    /// <summary>A header below it: its own header, or dotted keys, may still come.</summary>
    Implicit,

    /// <summary>Its own header, or it is the root.</summary>
    Header,

    /// <summary>A dotted key: more dotted keys may come, its own header may not.</summary>
    Dotted,

    /// <summary>Braces: nothing may be added after the closing one.</summary>
    Inline,
}
