namespace Secrets.Remote;

/// <summary>A failure that a store knows itself, without its table: a member of <see cref="IRemoteStore"/> throws it.</summary>
public sealed class RemoteException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">What happened.</param>
    public RemoteException(RemoteFailure failure)
        : base(failure?.Problem)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure = failure;
    }

    /// <summary>Gets what happened.</summary>
    public RemoteFailure Failure { get; }
}
