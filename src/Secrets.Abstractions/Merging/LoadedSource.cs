using Secrets.Redaction;
using Secrets.Timing;

namespace Secrets.Merging;

/// <summary>One source of a chain and what it gave. It never changes: each load gives another, as a copy with other properties.</summary>
internal sealed record LoadedSource(string Name, int Rank, ISecretsSource? Source)
{
    private static readonly HashSet<SecretPath> NoPaths = [];

    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; } = Name;

    /// <summary>Gets the place in the order of precedence; 0 is the highest.</summary>
    public int Rank { get; } = Rank;

    /// <summary>Gets the source; <see langword="null"/> where it is created from others and was not yet.</summary>
    public ISecretsSource? Source { get; init; } = Source;

    public bool IsRemote => Source is null or ISecretsRemoteSource;

    public ISecretsLookup? Lookup => Source as ISecretsLookup;

    /// <summary>Gets what the last successful load gave; <see langword="null"/> where there was none.</summary>
    public SecretsBatch? Batch { get; init; }

    /// <summary>Gets the trees of <see cref="Batch"/> and of what it refines, highest first; none where the source was not asked.</summary>
    public IReadOnlyList<LayerNode> OwnLayers { get; init; } = [];

    /// <summary>Gets <see cref="OwnLayers"/> with what is kept from earlier loads: what is merged and served.</summary>
    public IReadOnlyList<LayerNode> Layers { get; init; } = [];

    /// <summary>Gets the paths that the store no longer has and that are kept for one more load.</summary>
    public IReadOnlySet<SecretPath> PendingRemovals { get; init; } = NoPaths;

    /// <summary>Gets why the last load failed; <see langword="null"/> where it did not.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Gets why nothing that the source has is served, because it is too old; <see langword="null"/> where it is served.</summary>
    public SecretsSourceException? StaleFailure { get; init; }

    /// <summary>Gets why the last load failed, or else why it could not read one of its secrets; <see langword="null"/> where all is well.</summary>
    public Exception? Error => Failure ?? (Unreadable.Count > 0 ? Unreadable[0].Failure : null);

    /// <summary>Gets the failure of a secret whose last value is served; the first of <see cref="Layers"/> then has all such values.</summary>
    public SecretsSourceException? HeldFailure { get; init; }

    /// <summary>Gets the required paths that no source has any more; their last values are served as this source's, from the first of <see cref="Layers"/>.</summary>
    public IReadOnlyList<SecretPath> HeldRequired { get; init; } = [];

    /// <summary>Gets a value indicating whether <see cref="HeldRequired"/> has any path.</summary>
    public bool HoldsRequired => HeldRequired.Count > 0;

    /// <summary>Gets the secrets that the last successful load could not read; the first hundred of them where there are more.</summary>
    public IReadOnlyList<UnreadableSecret> Unreadable { get; init; } = [];

    /// <summary>Gets when the last load began.</summary>
    public Moment StartedAt { get; init; }

    /// <summary>Gets a value indicating whether the last load took nothing on trust: the program asked for it, or it was the first.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Gets changed content that the last load found and that is not served until the next load finds the same; <see langword="null"/> for none.</summary>
    public LoadResult? UnconfirmedChange { get; init; }

    /// <summary>Gets how long after this load the next one looks at <see cref="UnconfirmedChange"/> again.</summary>
    public TimeSpan ConfirmationDelay { get; init; }

    /// <summary>Gets the number of loads that found changed content since two in a row last found the same.</summary>
    public int UnconfirmedLoads { get; init; }

    /// <summary>Gets the paths that the source was last asked for, with success or without; <see langword="null"/> for everything.</summary>
    public IReadOnlyList<SecretDemand>? Demands { get; init; }

    /// <summary>Gets the sources that this one was created from, as they were then; <see langword="null"/> where it is not created from others.</summary>
    public IReadOnlyList<LoadedSource>? CreatedFrom { get; init; }

    /// <summary>Gets the sources that the last attempt to create it used.</summary>
    public IReadOnlyList<LoadedSource>? LastAttemptFrom { get; init; }

    /// <summary>Gets the errors of the last load: its failure, or those of the secrets that it could not read.</summary>
    public IEnumerable<Exception> Errors => Failure is not null ? [Failure] : Unreadable.Select(u => u.Failure);

    /// <summary>Gets a value indicating whether the source exports what it wins.</summary>
    public bool IsExported { get; init; }

    /// <summary>Gets a value indicating whether the source was not asked, because higher ones supply all that is required.</summary>
    public bool IsNotAsked => Batch is null && Failure is null;

    /// <summary>True where a snapshot of the one is a snapshot of the other. What a lookup would answer cannot be listed, so another batch of it counts as new.</summary>
    public bool IsEquivalentTo(LoadedSource other) =>
        ReferenceEquals(Layers, other.Layers) && (Lookup is null || ReferenceEquals(Batch, other.Batch)) && IsNotAsked == other.IsNotAsked;

    /// <summary>Gives the failure of a secret that the last successful load could not read, or of what stands in its way.</summary>
    public SecretsSourceException? UnreadableAt(SecretPath path) =>
        OwnLayers.Select(layer => layer.Find(path)).FirstOrDefault(node => node is not null)?.Leaf is { Kind: SecretKind.Unreadable } leaf
            ? leaf.At(path.ToString(), undeclaredRead: null).Unread()
            : null;

    /// <summary>Gives the failure of a secret whose last value is served; <see langword="null"/> where it is served as it was last read.</summary>
    public SecretsSourceException? HeldAt(SecretPath path) => HeldFailure is null ? null : UnreadableAt(path);

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
            SecretValue? answer = lookup.Find(path, Batch, isElsewhere)?.As(Name);
            return StaleFailure is not null && answer is not null ? SecretValue.Unreadable(StaleFailure, answer.Origin) : answer;
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
        if (Batch is null || Source is not ISecretsPlaces source)
        {
            return Batch?.Places ?? [];
        }

        try
        {
            return [.. source.PlacesOf(path, Batch).Select(PrintableText.Of)];
        }
        catch (Exception)
        {
            return Batch.Places;
        }
    }

    /// <summary>Gives the name alone: a record's own text would hold all that the source gave.</summary>
    public override string ToString() => Name;

    private SecretsSourceException FailureOf(Exception thrown)
    {
        Exception failure = Redactor.Sanitize(thrown, Name);
        return failure as SecretsSourceException ?? new SecretsSourceException(((ISecretsError)failure).Code, failure.Message, Name);
    }
}
