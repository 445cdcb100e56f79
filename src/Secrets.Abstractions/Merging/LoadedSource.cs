namespace Secrets.Merging;

/// <summary>One source of a chain and what it gave.</summary>
internal sealed class LoadedSource(string name, int rank, ISecretsSource? source)
{
    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the place in the order of precedence; 0 is the highest.</summary>
    public int Rank { get; } = rank;

    /// <summary>Gets the source; <see langword="null"/> where it is made from others and was not yet.</summary>
    public ISecretsSource? Source { get; } = source;

    public bool IsRemote => Source is null or ISecretsRemoteSource;

    public ISecretsLookup? Lookup => Source as ISecretsLookup;

    /// <summary>Gets what the load gave; <see langword="null"/> where the source was not asked.</summary>
    public SecretsBatch? Batch { get; init; }

    /// <summary>Gets the trees of <see cref="Batch"/> and of what it refines, highest first; none where the source was not asked.</summary>
    public IReadOnlyList<LayerNode> Own { get; init; } = [];

    /// <summary>Gets <see cref="Own"/> with what is kept from earlier loads: what is merged and served.</summary>
    public IReadOnlyList<LayerNode> Layers { get; init; } = [];

    /// <summary>Gets the paths that the store no longer has and that are kept for one more load.</summary>
    public IReadOnlySet<SecretPath> Leaving { get; init; } = new HashSet<SecretPath>();

    /// <summary>Gets why the last load failed, or one secret of it that is kept from an earlier one; <see langword="null"/> where all is well.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Gets the paths that the source was asked for; <see langword="null"/> for everything.</summary>
    public IReadOnlyList<SecretsDemand>? Demands { get; init; }

    /// <summary>Gets a value indicating whether the source exports what it wins.</summary>
    public bool IsExported { get; init; }

    public LoadedSource With(IReadOnlyList<LayerNode> layers, IReadOnlySet<SecretPath>? leaving = null, Exception? failure = null) => new(Name, Rank, Source)
    {
        Batch = Batch,
        Own = Own,
        Layers = layers,
        Leaving = leaving ?? Leaving,
        Failure = failure ?? Failure,
        Demands = Demands,
        IsExported = IsExported,
    };

    public SecretValue? Answer(SecretPath path, Pins pins) =>
        Batch is not null && pins.Allows(path, Name) ? Lookup?.Find(path, Batch) : null;
}
