namespace Secrets.Vault;

/// <summary>Which engines paths belong to; each mount is looked up once, one after the other, so that many paths of one ask once.</summary>
internal sealed class VaultMounts(IVaultApi api, int? keyValueVersion) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<VaultMount> _known = [];

    public async Task<VaultMount> FindAsync(string path, CancellationToken cancellationToken)
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

            VaultMount found = await api.FindMountAsync(path, cancellationToken).ConfigureAwait(false);
            _known.Add(found);
            return found;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
