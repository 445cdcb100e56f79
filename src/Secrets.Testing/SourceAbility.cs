namespace Secrets.Testing;

/// <summary>What a store can hold and a source can do. A harness has all of them unless it says which it lacks, and why.</summary>
public enum SourceAbility
{
    /// <summary>Paths of several segments.</summary>
    Nesting,

    /// <summary>Keys with dots, spaces and letters beyond ASCII.</summary>
    OddKeys,

    /// <summary>Two keys that are one under <see cref="KeyComparison.Equivalent"/>, such as <c>api_key</c> and <c>API-KEY</c>.</summary>
    EqualKeys,

    /// <summary>Secrets that exist and are empty.</summary>
    EmptyValues,

    /// <summary>Line breaks within a secret, and at its end.</summary>
    LineBreaks,

    /// <summary>Integers, floats and booleans that are told from text.</summary>
    TypedValues,

    /// <summary>Bytes that are not text.</summary>
    Bytes,

    /// <summary>A version for each secret, which its origin names.</summary>
    Versions,

    /// <summary>Giving all that there is without being told the names.</summary>
    Listing,

    /// <summary>Counting what the store is asked: <see cref="SourceHarness.Calls"/>.</summary>
    CountedCalls,
}
