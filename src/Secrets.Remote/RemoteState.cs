namespace Secrets.Remote;

/// <summary>What goes on from one load to the next.</summary>
internal class RemoteState(IReadOnlyList<RemoteRead> reads)
{
    public IReadOnlyList<RemoteRead> Reads { get; } = reads;
}
