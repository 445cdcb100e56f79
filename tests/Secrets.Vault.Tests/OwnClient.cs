namespace Secrets.Vault.Tests;

/// <summary>A program's own client, which holds one secret.</summary>
internal sealed class OwnClient : IVaultApi, IDisposable
{
    public bool IsDisposed { get; private set; }

    public Task<VaultMount> FindMountAsync(string path, CancellationToken cancellationToken) => Task.FromResult(new VaultMount("secret/", VaultMountKind.KeyValue2));

    public Task<VaultSecret?> ReadAsync(VaultMount mount, string path, int? version, CancellationToken cancellationToken) =>
        Task.FromResult<VaultSecret?>(new VaultSecret("""{"a":"x"}""") { Version = new VaultVersion(1, DateTimeOffset.UnixEpoch) });

    public Task<VaultVersion?> ReadVersionAsync(VaultMount mount, string path, int? version, CancellationToken cancellationToken) =>
        Task.FromResult<VaultVersion?>(new VaultVersion(1, DateTimeOffset.UnixEpoch));

    public Task<IReadOnlyList<string>> ListAsync(VaultMount mount, string path, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<VaultLease?> RenewLeaseAsync(VaultLease lease, CancellationToken cancellationToken) => Task.FromResult<VaultLease?>(null);

    public Task RevokeLeaseAsync(VaultLease lease, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<TimeSpan?> KeepLoginAsync(CancellationToken cancellationToken) => Task.FromResult<TimeSpan?>(null);

    public void Dispose() => IsDisposed = true;
}
