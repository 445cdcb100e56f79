namespace Secrets.Toml;

/// <summary>The version of TOML that a file is read as. Every TOML 1.0 file is a TOML 1.1 file with the same content.</summary>
public enum TomlVersion
{
    /// <summary>TOML 1.0.0: what version 1.1 added is an error.</summary>
    Toml10 = 0,

    /// <summary>
    /// TOML 1.1.0: inline tables may span lines, hold comments and end in a comma; strings know the escapes <c>\e</c> and <c>\xHH</c>;
    /// a time may leave its seconds out.
    /// </summary>
    Toml11,
}
