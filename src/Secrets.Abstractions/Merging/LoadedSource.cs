namespace Secrets.Merging;

/// <summary>One source of a chain and what it gave.</summary>
internal sealed class LoadedSource(string name, int rank, ISecretsSource? source)
{
    /// <summary>Makes a copy, to be given other properties.</summary>
    public LoadedSource(LoadedSource other)
        : this(other.Name, other.Rank, other.Source)
    {
        Batch = other.Batch;
        Own = other.Own;
        Layers = other.Layers;
        Leaving = other.Leaving;
        Failure = other.Failure;
        Held = other.Held;
        HoldsRequired = other.HoldsRequired;
        Demands = other.Demands;
        MadeOf = other.MadeOf;
        TriedOf = other.TriedOf;
        IsExported = other.IsExported;
    }

    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the place in the order of precedence; 0 is the highest.</summary>
    public int Rank { get; } = rank;

    /// <summary>Gets the source; <see langword="null"/> where it is made from others and was not yet.</summary>
    public ISecretsSource? Source { get; } = source;

    public bool IsRemote => Source is null or ISecretsRemoteSource;

    public ISecretsLookup? Lookup => Source as ISecretsLookup;

    /// <summary>Gets what the last successful load gave; <see langword="null"/> where there was none.</summary>
    public SecretsBatch? Batch { get; init; }

    /// <summary>Gets the trees of <see cref="Batch"/> and of what it refines, highest first; none where the source was not asked.</summary>
    public IReadOnlyList<LayerNode> Own { get; init; } = [];

    /// <summary>Gets <see cref="Own"/> with what is kept from earlier loads: what is merged and served.</summary>
    public IReadOnlyList<LayerNode> Layers { get; init; } = [];

    /// <summary>Gets the paths that the store no longer has and that are kept for one more load.</summary>
    public IReadOnlySet<SecretPath> Leaving { get; init; } = new HashSet<SecretPath>();

    /// <summary>Gets why the last load failed; <see langword="null"/> where it did not.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Gets the failure of a secret whose last value is served; the first of <see cref="Layers"/> then has all such values.</summary>
    public SecretsSourceException? Held { get; init; }

    /// <summary>Gets a value indicating whether something that the program requires is gone, and its last value is served as this source's.</summary>
    public bool HoldsRequired { get; init; }

    /// <summary>Gets the paths that the source was last asked for, with success or without; <see langword="null"/> for everything.</summary>
    public IReadOnlyList<SecretsDemand>? Demands { get; init; }

    /// <summary>Gets the sources that this one was made of, as they were then; <see langword="null"/> where it is not made of others.</summary>
    public IReadOnlyList<LoadedSource>? MadeOf { get; init; }

    /// <summary>Gets what the last try to make it was made of.</summary>
    public IReadOnlyList<LoadedSource>? TriedOf { get; init; }

    /// <summary>Gets a value indicating whether the source exports what it wins.</summary>
    public bool IsExported { get; init; }

    /// <summary>Gets a value indicating whether the source was not asked, because higher ones supply all that is required.</summary>
    public bool IsNotAsked => Batch is null && Failure is null;

    /// <summary>True where a snapshot of the one is a snapshot of the other. What a lookup would answer cannot be listed, so another batch of it counts as new.</summary>
    public bool IsServedAs(LoadedSource other) =>
        ReferenceEquals(Layers, other.Layers) && (Lookup is null || ReferenceEquals(Batch, other.Batch)) && IsNotAsked == other.IsNotAsked;

    /// <summary>Gives the failure of a secret that the last successful load could not read, or of what stands in its way.</summary>
    public SecretsSourceException? UnreadableAt(SecretPath path) =>
        Own.Select(layer => layer.Find(path)).FirstOrDefault(node => node is not null)?.Leaf is { Kind: SecretKind.Unreadable } leaf
            ? leaf.At(path.ToString(), undeclaredRead: null).Unread()
            : null;

    /// <summary>Gives the failure of a secret whose last value is served; <see langword="null"/> where it is served as it was last read.</summary>
    public SecretsSourceException? HeldAt(SecretPath path) => Held is null ? null : UnreadableAt(path);

    /// <summary>Gives what a lookup answers; one that throws has a secret that cannot be read.</summary>
    public SecretValue? Answer(SecretPath path, Pins pins)
    {
        if (Batch is null || Lookup is not { } lookup || !pins.Allows(path, Name))
        {
            return null;
        }

        try
        {
            return lookup.Find(path, Batch);
        }
        catch (Exception thrown)
        {
            Exception failure = Redaction.Redaction.Foreign(thrown, Name);
            return SecretValue.Unreadable(
                failure as SecretsSourceException ?? new SecretsSourceException(((ISecretsError)failure).Code, failure.Message, Name),
                new SecretOrigin(Name, path.ToString(), version: null, default));
        }
    }
}
