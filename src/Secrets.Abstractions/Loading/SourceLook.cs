using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>What one look at a source gave: a batch with its trees, or a failure.</summary>
internal sealed class SourceLook
{
    public SourceLook(SecretsBatch batch, IReadOnlyList<LayerNode> layers)
    {
        Batch = batch;
        Layers = layers;
    }

    public SourceLook(Exception failure) => Failure = failure;

    public SecretsBatch? Batch { get; }

    public IReadOnlyList<LayerNode> Layers { get; } = [];

    public Exception? Failure { get; }

    /// <summary>Gets a value indicating whether there is anything in it to serve.</summary>
    public bool HasContent => Layers.Any(layer => layer.Children is { Count: > 0 });

    /// <summary>Gives the look that a loaded source stands for: its last load, whether it succeeded or failed.</summary>
    public static SourceLook Of(LoadedSource loaded) =>
        loaded.Failure is null && loaded.Batch is { } batch ? new SourceLook(batch, loaded.Own) : new SourceLook(loaded.Failure!);

    /// <summary>True where both found the same keys, values and places, or failed alike.</summary>
    public bool IsSame(SourceLook other) =>
        string.Equals(Failure?.Message, other.Failure?.Message, StringComparison.Ordinal)
        && Batch?.IsMissing == other.Batch?.IsMissing
        && LayerNode.AreSame(Layers, other.Layers);
}
