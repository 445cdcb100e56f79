namespace Secrets;

/// <summary>What a warning is about. Programs act on this code, never on the text.</summary>
public enum SecretsWarningCode
{
    /// <summary>A source reported a mistake that did not keep it from loading.</summary>
    Source = 0,

    /// <summary>A secret was not exported to the process environment, because its name or value must not or cannot be.</summary>
    NotExported,

    /// <summary>A secret was read that the program never required.</summary>
    UndeclaredRead,

    /// <summary>A source could not be read and serves what it last gave, or nothing.</summary>
    RefreshFailed,

    /// <summary>A handler of a change threw.</summary>
    HandlerFailed,
}
