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

    /// <summary>A source could not be read. It serves what it last gave, or nothing where no load has succeeded yet.</summary>
    RefreshFailed,

    /// <summary>A handler threw.</summary>
    HandlerFailed,

    /// <summary>One secret of a source could not be read. Its last value is served, or its reads throw where it could never be read.</summary>
    Unreadable,

    /// <summary>A required secret is gone from every source. Its last value is served.</summary>
    RequiredGone,

    /// <summary>A source was read again after a failure. It is reported to <see cref="SecretsBuilder.OnWarning"/> alone and is never in <see cref="SecretsStore.Warnings"/>.</summary>
    Recovered,
}
