using Secrets.Remote;

namespace Secrets.Vault;

/// <summary>What goes on from one load to the next, with the session.</summary>
internal sealed class VaultState(IReadOnlyList<RemoteRead> reads, VaultSession session) : RemoteState(reads), IAsyncDisposable
{
    public VaultSession Session { get; } = session;

    public ValueTask DisposeAsync() => Session.DisposeAsync();
}
