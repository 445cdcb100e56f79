namespace Secrets.Toml.Reading;

/// <summary>A key of a table, and its value.</summary>
internal struct TomlEntry
{
    /// <summary>The key, without quotes.</summary>
    public string Key;

    /// <summary>The value.</summary>
    public TomlValue Value;
}
