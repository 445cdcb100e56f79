namespace Secrets.Merging;

/// <summary>What one load of a source gave: a batch with its trees, or a failure.</summary>
internal sealed class LoadResult
{
    public LoadResult(SecretsBatch batch, IReadOnlyList<LayerNode> layers)
    {
        Batch = batch;
        Layers = layers;
    }

    public LoadResult(Exception failure) => Failure = failure;

    public SecretsBatch? Batch { get; }

    public IReadOnlyList<LayerNode> Layers { get; } = [];

    public Exception? Failure { get; }

    /// <summary>Gets a value indicating whether there is anything in it to serve.</summary>
    public bool HasContent => Layers.Any(layer => layer.Children is { Count: > 0 });

    /// <summary>Gives the result of a source's last load, whether it succeeded or failed.</summary>
    public static LoadResult Of(LoadedSource loaded) =>
        loaded.Failure is null && loaded.Batch is { } batch ? new LoadResult(batch, loaded.OwnLayers) : new LoadResult(loaded.Failure!);

    /// <summary>True where both found the same keys, values and places, or failed with the same message.</summary>
    public bool IsSame(LoadResult other) =>
        string.Equals(Failure?.Message, other.Failure?.Message, StringComparison.Ordinal)
        && Batch?.IsMissing == other.Batch?.IsMissing
        && LayerNode.AreSame(Layers, other.Layers);
}
