namespace Secrets.Remote.Loading;

/// <summary>What continues from one load to the next.</summary>
internal class RemoteState(IReadOnlyList<RemoteRead> reads)
{
    public IReadOnlyList<RemoteRead> Reads { get; } = reads;

    /// <summary>Gets or sets where the load looked; what a listed prefix gave is covered by the prefix.</summary>
    public IReadOnlyList<RemotePlace> Places { get; set; } = [];
}
