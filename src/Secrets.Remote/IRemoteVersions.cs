namespace Secrets.Remote;

/// <summary>
/// Tells whether a secret has changed, without reading its content: implemented by an <see cref="IRemoteStore"/> that can. A refresh then reads only what changed.
/// </summary>
public interface IRemoteVersions
{
    /// <summary>Checks whether a secret is still what was read.</summary>
    /// <param name="name">The secret.</param>
    /// <param name="stamp">The <see cref="RemoteSecret.Stamp"/> of what was read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns><see langword="true"/> if it is, so that it need not be read again; <see langword="false"/> if it changed or if that is uncertain.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <remarks>
    /// A failure of the kind <see cref="RemoteFailureKind.Missing"/> says that the secret no longer exists. If the first check of a load is denied (<see cref="RemoteFailureKind.Denied"/>), the others are
    /// not made and every secret is read: the permission is mostly given for all.
    /// </remarks>
    Task<bool> IsCurrentAsync(RemoteName name, string stamp, CancellationToken cancellationToken);
}
