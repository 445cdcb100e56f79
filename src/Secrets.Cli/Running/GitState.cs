namespace Secrets.Cli.Running;

/// <summary>What git knows of a file.</summary>
internal enum GitState
{
    /// <summary>There is no git, or no work tree around the file.</summary>
    None,

    /// <summary>It would be committed.</summary>
    NotIgnored,

    /// <summary>It is left out.</summary>
    Ignored,

    /// <summary>It is in the repository, or about to be.</summary>
    Tracked,
}
