namespace Secrets;

/// <summary>What became of a source.</summary>
public enum SecretsSourceState
{
    /// <summary>It was loaded.</summary>
    Loaded = 0,

    /// <summary>It was looked for and does not exist: no file at any of its places.</summary>
    Missing,

    /// <summary>It serves what it last gave, since its last load, or that of one of its secrets, failed.</summary>
    Degraded,

    /// <summary>As <see cref="Degraded"/>, and what it serves is older than <see cref="SecretsSourceOptions.MaxStaleness"/>.</summary>
    Stale,

    /// <summary>No load has succeeded yet, and the failure was tolerated: it supplies nothing.</summary>
    Failed,

    /// <summary>It was not asked, because everything that the program requires comes from higher sources.</summary>
    NotAsked,
}
