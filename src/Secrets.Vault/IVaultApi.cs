namespace Secrets.Vault;

/// <summary>
/// The calls of Vault that the source makes. A program that holds a client of its own, such as VaultSharp's, puts it behind this with a few lines;
/// <c>docs/vault.md</c> shows them.
/// </summary>
/// <remarks>Failures are <see cref="VaultException"/>. All members may be called from several threads at once. The source disposes none that it did not make.</remarks>
public interface IVaultApi
{
    /// <summary>Gets the engine that a path belongs to (API reference, <c>/sys/internal/ui/mounts/:path</c>).</summary>
    /// <param name="path">The path, as in <c>secret/shop</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The mount.</returns>
    /// <exception cref="VaultException">The server answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<VaultMount> FindMountAsync(string path, CancellationToken cancellationToken);

    /// <summary>Reads what lies at a path.</summary>
    /// <param name="mount">The engine.</param>
    /// <param name="path">The path below the mount.</param>
    /// <param name="version">The number of a version, of version 2 of the key/value engine; <see langword="null"/> for the latest.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The content, or <see langword="null"/> where there is none, or it was deleted.</returns>
    /// <exception cref="VaultException">The server answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<VaultSecret?> ReadAsync(VaultMount mount, string path, int? version, CancellationToken cancellationToken);

    /// <summary>Gets the version of a secret of version 2 of the key/value engine, without its content.</summary>
    /// <param name="mount">The engine.</param>
    /// <param name="path">The path below the mount.</param>
    /// <param name="version">The number of a version; <see langword="null"/> for the latest.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version, or <see langword="null"/> where there is none, or it was deleted.</returns>
    /// <exception cref="VaultException">The server answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<VaultVersion?> ReadVersionAsync(VaultMount mount, string path, int? version, CancellationToken cancellationToken);

    /// <summary>Lists what lies below a path of the key/value engine.</summary>
    /// <param name="mount">The engine.</param>
    /// <param name="path">The path below the mount, empty or with a slash at the end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The names; one with a slash at the end has others below it. None where there is nothing.</returns>
    /// <exception cref="VaultException">The server answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<IReadOnlyList<string>> ListAsync(VaultMount mount, string path, CancellationToken cancellationToken);

    /// <summary>Renews a lease.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The lease from now on, or <see langword="null"/> where it can no longer be renewed.</returns>
    /// <exception cref="VaultException">The server answered with another error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<VaultLease?> RenewLeaseAsync(VaultLease lease, CancellationToken cancellationToken);

    /// <summary>Asks whether a lease is still good (API reference, <c>/sys/leases/lookup</c>).</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The lease with the time that it has left, or <see langword="null"/> where the server does not know it any more, or nobody may ask.</returns>
    /// <exception cref="VaultException">The server answered with another error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<VaultLease?> LookUpLeaseAsync(VaultLease lease, CancellationToken cancellationToken);

    /// <summary>Ends a lease before its time.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task that ends with the call.</returns>
    /// <exception cref="VaultException">The server answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task RevokeLeaseAsync(VaultLease lease, CancellationToken cancellationToken);

    /// <summary>Logs in where nobody is, and renews the login where that is due.</summary>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>In how long it wants to be called again; <see langword="null"/> for a login that needs no renewal.</returns>
    /// <exception cref="VaultException">The server answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<TimeSpan?> KeepLoginAsync(CancellationToken cancellationToken);
}
