namespace Secrets.Vault;

/// <summary>Which engines paths belong to. Each mount is looked up once, one after the other, so that many paths of one ask once.</summary>
internal sealed class VaultMounts(int? keyValueVersion) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<VaultMount> _known = [];

    /// <summary>Gives the mount of a path, and asks for it where it is not known.</summary>
    public async Task<VaultMount> FindAsync(string path, Func<string, CancellationToken, Task<VaultMount>> ask, CancellationToken cancellationToken)
    {
        if (keyValueVersion is { } version)
        {
            return new VaultMount(path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)], version == 1 ? VaultMountKind.KeyValue1 : VaultMountKind.KeyValue2);
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_known.Find(m => path.StartsWith(m.Path, StringComparison.Ordinal)) is { } known)
            {
                return known;
            }

            VaultMount found = await ask(path, cancellationToken).ConfigureAwait(false);
            _known.Add(found);
            return found;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Asks for a mount again whose answer says that it has changed, as where version 1 of key/value was upgraded. Of several callers that saw the same mount, the first one asks.
    /// </summary>
    /// <returns>The mount as it is now.</returns>
    public async Task<VaultMount> RefreshAsync(VaultMount seen, string path, Func<string, CancellationToken, Task<VaultMount>> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _known.RemoveAll(m => ReferenceEquals(m, seen));
        }
        finally
        {
            _turn.Release();
        }

        return await FindAsync(path, ask, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _turn.Dispose();
}
