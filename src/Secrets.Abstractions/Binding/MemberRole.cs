namespace Secrets.Binding;

/// <summary>What binding does with a member of a type.</summary>
internal enum MemberRole
{
    /// <summary>The member is assigned.</summary>
    Set,

    /// <summary>The list, dictionary or object that the member holds is filled; it has no public setter.</summary>
    Fill,

    /// <summary>The member stores a value and has no public setter.</summary>
    Fixed,

    /// <summary>No secret can become the member's type.</summary>
    Unsupported,
}
