namespace Secrets;

/// <summary>What became of a source.</summary>
public enum SecretsSourceState
{
    /// <summary>It was loaded.</summary>
    Loaded = 0,

    /// <summary>It was looked for and does not exist: no file at any of its places.</summary>
    Missing,

    /// <summary>It was not asked, because everything that the program requires comes from higher sources.</summary>
    NotAsked,
}
