namespace Secrets.Merging;

/// <summary>What a reader that finds nothing was looking for: a message about it says how to add the one or the other.</summary>
internal enum SoughtKind
{
    /// <summary>A value.</summary>
    Value = 0,

    /// <summary>A section.</summary>
    Section,

    /// <summary>Either, as with <c>secrets["database"]</c>.</summary>
    Any,
}
