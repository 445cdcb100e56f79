namespace Secrets;

/// <summary>The state of a source.</summary>
public enum SecretsSourceState
{
    /// <summary>It was loaded.</summary>
    Loaded = 0,

    /// <summary>It was looked for and does not exist: no file at any of its places.</summary>
    Missing,

    /// <summary>
    /// Not all is well: its last load failed, one of its secrets could not be read, or a required one is gone. It serves what it last gave; a secret that could never be read
    /// throws its code.
    /// </summary>
    Degraded,

    /// <summary>As <see cref="Degraded"/>, and what it serves is older than <see cref="SecretsSourceOptions.MaxStaleness"/>.</summary>
    Stale,

    /// <summary>No load has succeeded yet, and the failure was tolerated: it supplies nothing.</summary>
    Failed,

    /// <summary>It was not asked, because everything that the program requires comes from higher sources.</summary>
    NotAsked,
}
