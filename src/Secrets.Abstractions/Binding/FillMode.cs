namespace Secrets.Binding;

/// <summary>What kind of object is filled.</summary>
internal enum FillMode
{
    /// <summary>A new one, of which what is required must be there.</summary>
    New,

    /// <summary>One that exists, and keeps what no secret says.</summary>
    Existing,

    /// <summary>A copy of one that exists, whose own objects still belong to the original as well.</summary>
    Copy,
}
