using Secrets.InMemory;

namespace Secrets.Merging;

/// <summary>Values that a test lays over a store's for one flow of execution. They are not read after it has ended, even in flows that still carry it.</summary>
internal sealed class Overlay : IDisposable
{
    private readonly Overlay? _below;
    private readonly IReadOnlyList<SecretPath> _paths;
    private readonly LoadedSource _source;
    private readonly int _depth;
    private volatile CachedView? _last;
    private volatile bool _isEnded;

    /// <exception cref="ArgumentException">A key is not a valid path, or a value has an unsupported type.</exception>
    /// <exception cref="SecretsSourceException">A path is too deep.</exception>
    public Overlay(Overlay? below, IReadOnlyList<KeyValuePair<string, object?>> values, KeyComparison comparison, TimeProvider timeProvider)
    {
        _below = below;
        _depth = below is null ? 1 : below._depth + 1;
        _paths = [.. values.Select(v => SecretPath.Parse(v.Key))];
        string name = _depth == 1 ? "override" : FormattableString.Invariant($"override#{_depth}");
        var source = new InMemorySource(values);
        SecretsBatch batch = source.Load(new SecretsRequest(name, demands: null, comparison, timeProvider));
        IReadOnlyList<LayerNode> layers = LayerBuilder.Build(batch, name, comparison);
        _source = new LoadedSource(name, Rank: -_depth, source) { Batch = batch, OwnLayers = layers, Layers = layers };
    }

    /// <summary>Gives the innermost one that has not ended; <see langword="null"/> where all have.</summary>
    public static Overlay? Live(Overlay? innermost)
    {
        while (innermost is { _isEnded: true })
        {
            innermost = innermost._below;
        }

        return innermost;
    }

    /// <summary>Gives what the flow reads over what the store serves; the same object until either changes.</summary>
    public Snapshot Over(Snapshot served)
    {
        Snapshot below = Live(_below)?.Over(served) ?? served;
        if (_last is not { } last || !ReferenceEquals(last.Below, below))
        {
            _last = last = new CachedView(below, below.WithOverride(_source, _paths));
        }

        return last.Above;
    }

    public void Dispose() => _isEnded = true;

    private sealed class CachedView(Snapshot below, Snapshot above)
    {
        public Snapshot Below { get; } = below;

        public Snapshot Above { get; } = above;
    }
}
