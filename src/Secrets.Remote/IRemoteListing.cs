namespace Secrets.Remote;

/// <summary>
/// Lists the secrets of a store: implemented by an <see cref="IRemoteStore"/> that can. A program that requires nothing reads a whole store or everything below a prefix, for
/// which the store must be listed. A program that names what it needs causes no listing.
/// </summary>
public interface IRemoteListing
{
    /// <summary>Gets one page of the list.</summary>
    /// <param name="prefix">The beginning of the names; empty for all. Names that begin otherwise may be on the page and are ignored.</param>
    /// <param name="pageToken"><see cref="RemotePage.NextPageToken"/> of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<RemotePage> ListAsync(string prefix, string? pageToken, CancellationToken cancellationToken);
}
