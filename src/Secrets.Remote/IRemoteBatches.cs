namespace Secrets.Remote;

/// <summary>Reads several secrets in one call: implemented by an <see cref="IRemoteStore"/> that can.</summary>
public interface IRemoteBatches
{
    /// <summary>Gets how many secrets one call may ask for.</summary>
    /// <value>At least 2.</value>
    int MaxBatchSize { get; }

    /// <summary>Says whether a secret can be read together with others.</summary>
    /// <param name="name">The secret.</param>
    /// <returns><see langword="true"/> by default. A secret for which it is <see langword="false"/> is read by <see cref="IRemoteStore.ReadAsync"/>.</returns>
    bool CanBatch(RemoteName name) => true;

    /// <summary>Reads several secrets.</summary>
    /// <param name="names">The secrets, at least two and at most <see cref="MaxBatchSize"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// Each secret by the name it was asked for, with <see langword="null"/> for one that the store does not have and <see cref="RemoteSecret.Unreadable"/> for one that cannot
    /// be read. A name that is left out counts as a malformed answer.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <remarks>If the call fails in a way that one secret can cause, such as a denial, the secrets are read one by one.</remarks>
    Task<IReadOnlyDictionary<RemoteName, RemoteSecret?>> ReadBatchAsync(IReadOnlyList<RemoteName> names, CancellationToken cancellationToken);
}
