using Secrets.Remote.Calls;

namespace Secrets.Vault;

/// <summary>Finds the mounts of paths for one load. A mount may have become another one since it was asked for.</summary>
internal sealed class VaultMountCalls(VaultSession session, bool isKindGiven, RemoteCalls calls)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, VaultMount> _askedAgain = new(StringComparer.Ordinal);

    /// <summary>Gives the mount of a path, and asks for it where it is not known.</summary>
    public Task<VaultMount> FindAsync(string path, CancellationToken cancellationToken) => session.Mounts.FindAsync(path, AskAsync, cancellationToken);

    /// <summary>Reads at the mount of a path, and once more where the answer says that the mount is another one now.</summary>
    /// <param name="path">The path.</param>
    /// <param name="read">Reads.</param>
    /// <param name="isSuspect">Says whether an answer can come from the wrong kind of mount: absence of what was there before.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<T> ReadAsync<T>(string path, Func<VaultMount, CancellationToken, Task<T>> read, Func<T, bool> isSuspect, CancellationToken cancellationToken)
    {
        VaultMount mount = await FindAsync(path, cancellationToken).ConfigureAwait(false);
        try
        {
            T found = await read(mount, cancellationToken).ConfigureAwait(false);
            return isSuspect(found) && await FindOtherAsync(mount, path, cancellationToken).ConfigureAwait(false) is { } other
                ? await read(other, cancellationToken).ConfigureAwait(false)
                : found;
        }
        catch (VaultException failure) when (failure.HttpStatus == 404)
        {
            if (await FindOtherAsync(mount, path, cancellationToken).ConfigureAwait(false) is not { } other)
            {
                throw;
            }

            return await read(other, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for a mount again, once in a load, whose answer serves all reads of the mount as it was; gives it where it is another one now.</summary>
    private async Task<VaultMount?> FindOtherAsync(VaultMount mount, string path, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // A read that began after the answer has the mount as it is now, and does not ask about that.
            if (isKindGiven || (!_askedAgain.TryAdd(mount.Path, mount) && !ReferenceEquals(_askedAgain[mount.Path], mount)))
            {
                return null;
            }
        }

        VaultMount now = await session.Mounts.RefreshAsync(mount, path, AskAsync, cancellationToken).ConfigureAwait(false);
        return now.Kind == mount.Kind && string.Equals(now.Path, mount.Path, StringComparison.Ordinal) ? null : now;
    }

    private Task<VaultMount> AskAsync(string path, CancellationToken cancellationToken) =>
        calls.CallAsync(c => session.Api.FindMountAsync(path, c), cancellationToken);
}
