namespace Secrets;

/// <summary>What a source has to do with a path.</summary>
public enum SecretOutcome
{
    /// <summary>It supplies the value, or a part of the section.</summary>
    Supplied = 0,

    /// <summary>It has a value, and a higher source's is served.</summary>
    Shadowed,

    /// <summary>It does not have one.</summary>
    Absent,

    /// <summary>It has one and could not read it; lower sources are blocked.</summary>
    Unreadable,

    /// <summary>It has a leaf where another source has a section, or the reverse; or it has a leaf where the path needs a section.</summary>
    Conflicting,

    /// <summary>It was not asked for it: the program does not require the path, or higher sources have it.</summary>
    NotAsked,

    /// <summary>A pin lets only another source supply the path.</summary>
    Pinned,

    /// <summary>It has a value, which is not served because a higher source could not read its own.</summary>
    Blocked,

    /// <summary>It could not be read at all, which was tolerated.</summary>
    Failed,
}
