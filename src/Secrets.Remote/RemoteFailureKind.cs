namespace Secrets.Remote;

/// <summary>How far a failure of a call reaches, and what follows from it.</summary>
public enum RemoteFailureKind
{
    /// <summary>The secret does not exist. That is absence, not a failure.</summary>
    Missing,

    /// <summary>The credential is valid and does not permit this call. Other secrets are read.</summary>
    Denied,

    /// <summary>The store answered, and this secret cannot be read. Other secrets are read.</summary>
    Secret,

    /// <summary>No complete answer came. It concerns one secret if other calls are answered meanwhile, and the whole store otherwise.</summary>
    NoAnswer,

    /// <summary>The store accepts fewer calls than were made. The call is repeated more slowly until the time of the load is over.</summary>
    Throttled,

    /// <summary>No call can succeed: no connection, a sealed store, a refused credential. The load ends.</summary>
    Store,
}
