using Secrets.Loading;
using Secrets.Refreshing;

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
        Unreadable = other.Unreadable;
        Held = other.Held;
        HeldRequired = other.HeldRequired;
        Begun = other.Begun;
        IsProven = other.IsProven;
        Unsettled = other.Unsettled;
        Looks = other.Looks;
        Demands = other.Demands;
        MadeOf = other.MadeOf;
        TriedOf = other.TriedOf;
        IsExported = other.IsExported;
    }

    /// <summary>Gives a source that need not be asked, because higher ones supply all that is required.</summary>
    public static LoadedSource NotAsked(ChainEntry entry, int rank, ISecretsSource? source, IReadOnlyList<LoadedSource>? madeOf = null) =>
        new(entry.Name, rank, source) { Demands = [], MadeOf = madeOf, IsExported = entry.Policy.IsExported };

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

    /// <summary>Gets why the last load failed, or else why it could not read one of its secrets; <see langword="null"/> where all is well.</summary>
    public Exception? Trouble => Failure ?? (Unreadable.Count > 0 ? Unreadable[0].Failure : null);

    /// <summary>Gets the failure of a secret whose last value is served; the first of <see cref="Layers"/> then has all such values.</summary>
    public SecretsSourceException? Held { get; init; }

    /// <summary>Gets the required paths that no source has any more; their last values are served as this source's, from the first of <see cref="Layers"/>.</summary>
    public IReadOnlyList<SecretPath> HeldRequired { get; init; } = [];

    /// <summary>Gets a value indicating whether <see cref="HeldRequired"/> has any path.</summary>
    public bool HoldsRequired => HeldRequired.Count > 0;

    /// <summary>Gets the secrets that the last successful load could not read; the first hundred of them where there are more.</summary>
    public IReadOnlyList<UnreadableSecret> Unreadable { get; init; } = [];

    /// <summary>Gets when the last load began.</summary>
    public Moment Begun { get; init; }

    /// <summary>Gets a value indicating whether the last load took nothing on trust: the program asked for it, or it was the first.</summary>
    public bool IsProven { get; init; }

    /// <summary>Gets changed content that the last load found and that is not served until the next look finds the same; <see langword="null"/> for none.</summary>
    public SourceLook? Unsettled { get; init; }

    /// <summary>Gets the number of looks that found changed content since it last came to rest.</summary>
    public int Looks { get; init; }

    /// <summary>Gets the paths that the source was last asked for, with success or without; <see langword="null"/> for everything.</summary>
    public IReadOnlyList<SecretsDemand>? Demands { get; init; }

    /// <summary>Gets the sources that this one was made of, as they were then; <see langword="null"/> where it is not made of others.</summary>
    public IReadOnlyList<LoadedSource>? MadeOf { get; init; }

    /// <summary>Gets what the last try to make it was made of.</summary>
    public IReadOnlyList<LoadedSource>? TriedOf { get; init; }

    /// <summary>Gets all that went wrong in the last load: its failure, or those of the secrets that it could not read.</summary>
    public IEnumerable<Exception> Troubles => Failure is not null ? [Failure] : Unreadable.Select(u => u.Failure);

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
    /// <param name="path">The path of a leaf.</param>
    /// <param name="pins">What may keep the source out.</param>
    /// <param name="isElsewhere">Whether a lower source has the path, or may have it.</param>
    public SecretValue? Answer(SecretPath path, Pins pins, bool isElsewhere)
    {
        if (Batch is null || Lookup is not { } lookup || !pins.Allows(path, Name))
        {
            return null;
        }

        try
        {
            return lookup.Find(path, Batch, isElsewhere)?.As(Name);
        }
        catch (Exception thrown)
        {
            return SecretValue.Unreadable(FailureOf(thrown), new SecretOrigin(Name, path.ToString(), version: null, default));
        }
    }

    /// <summary>Gives where a section begins below which a lookup answers; <see langword="null"/> where it does not, or cannot say.</summary>
    public SecretOrigin? AnswerSection(SecretPath path, Pins pins, bool isCertain = false)
    {
        if (Batch is null || Lookup is not { } lookup || !(pins.Allows(path, Name) || pins.AllowsBelow(path, Name)))
        {
            return null;
        }

        try
        {
            return lookup.FindSection(path, Batch, isCertain)?.As(Name);
        }
        catch (Exception)
        {
            // A read of the leaf asks the lookup again, and gets the failure.
            return null;
        }
    }

    /// <summary>Gives where the source looked for a path, for messages.</summary>
    public IReadOnlyList<string> PlacesOf(SecretPath path)
    {
        if (Batch is null || Lookup is not { } lookup)
        {
            return Batch?.Places ?? [];
        }

        try
        {
            return [.. lookup.PlacesOf(path, Batch).Select(Redaction.PrintableText.Of)];
        }
        catch (Exception)
        {
            return Batch.Places;
        }
    }

    private SecretsSourceException FailureOf(Exception thrown)
    {
        Exception failure = Redaction.Redaction.Foreign(thrown, Name);
        return failure as SecretsSourceException ?? new SecretsSourceException(((ISecretsError)failure).Code, failure.Message, Name);
    }
}
