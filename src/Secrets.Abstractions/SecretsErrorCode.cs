namespace Secrets;

/// <summary>Why a secret or a source could not be read. Programs act on this code, never on the text of an exception.</summary>
public enum SecretsErrorCode
{
    /// <summary>None of the other codes describes the failure.</summary>
    Unknown = 0,

    /// <summary>The secret, the file or the store does not exist.</summary>
    NotFound,

    /// <summary>The store knows the caller, or refuses to, and does not let it read.</summary>
    AccessDenied,

    /// <summary>The store could not be reached, or did not answer in time; a later try may succeed.</summary>
    Unavailable,

    /// <summary>The store or the file answered with something that cannot be read as what it should be.</summary>
    InvalidFormat,

    /// <summary>The chain or a source is set up in a way that cannot work; a later try will fail as well.</summary>
    InvalidConfiguration,
}
