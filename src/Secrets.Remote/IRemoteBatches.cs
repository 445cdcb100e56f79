namespace Secrets.Remote;

/// <summary>Reads several secrets in one call: implemented by an <see cref="IRemoteStore"/> that can.</summary>
public interface IRemoteBatches
{
    /// <summary>Says which secrets one call reads together, such as <c>names.Chunk(20)</c>.</summary>
    /// <param name="names">All secrets that are read.</param>
    /// <returns>The batches. A secret that is alone in its batch is read by <see cref="IRemoteStore.ReadAsync"/>.</returns>
    IEnumerable<IReadOnlyList<RemoteName>> Split(IReadOnlyCollection<RemoteName> names);

    /// <summary>Reads several secrets.</summary>
    /// <param name="names">The secrets of one batch, at least two.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// Each secret by the name it was asked for, with <see langword="null"/> for one that the store does not have and <see cref="RemoteSecret.Unreadable"/> for one that cannot
    /// be read. A secret that is left out is read by itself.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <remarks>If the call fails in a way that one secret can cause, such as a denial, the secrets are read one by one.</remarks>
    Task<IReadOnlyDictionary<RemoteName, RemoteSecret?>> ReadBatchAsync(IReadOnlyList<RemoteName> names, CancellationToken cancellationToken);
}
