namespace Secrets.Remote;

/// <summary>How far a vendor's failure reaches: to one secret, or to the whole store.</summary>
internal enum FailureKind
{
    /// <summary>The secret does not exist.</summary>
    Missing,

    /// <summary>The credentials are valid, and do not permit this call.</summary>
    Denied,

    /// <summary>The server answered, and this secret cannot be read. Others can.</summary>
    Secret,

    /// <summary>No whole answer came. It concerns one secret where other calls are answered meanwhile, and the whole store otherwise.</summary>
    NoAnswer,

    /// <summary>The store accepts fewer calls than were made.</summary>
    Throttled,

    /// <summary>The whole store is out: no connection, sealed, credentials refused.</summary>
    Store,
}
