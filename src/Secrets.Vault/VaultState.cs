using Secrets.Remote.Loading;

namespace Secrets.Vault;

/// <summary>What goes on from one load to the next, with the session, and with those whose place it took: they are given up by the next load, when nobody needs their credentials any more.</summary>
internal sealed class VaultState(IReadOnlyList<RemoteRead> reads, VaultSession session, IReadOnlyList<VaultSession> replaced) : RemoteState(reads), IAsyncDisposable
{
    public VaultSession Session { get; } = session;

    public IReadOnlyList<VaultSession> Replaced { get; } = replaced;

    public async ValueTask DisposeAsync() => await Task.WhenAll(Replaced.Append(Session).Select(s => s.DisposeAsync().AsTask())).ConfigureAwait(false);
}
