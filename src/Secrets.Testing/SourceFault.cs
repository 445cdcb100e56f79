namespace Secrets.Testing;

/// <summary>How a store breaks. A harness can bring about all of them unless it says which it cannot, and why.</summary>
public enum SourceFault
{
    /// <summary>The store does not exist: no file, no vault of that name.</summary>
    Missing,

    /// <summary>The store cannot be reached.</summary>
    Unavailable,

    /// <summary>The store lets nobody in.</summary>
    AccessDenied,

    /// <summary>What the store holds cannot be read as what it should be; the secret's value stands in it.</summary>
    Malformed,

    /// <summary>The store takes the call and does not answer.</summary>
    Silent,

    /// <summary>The store gives all its secrets but one, which it denies.</summary>
    SecretDenied,
}
