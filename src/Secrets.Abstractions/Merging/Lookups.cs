namespace Secrets.Merging;

/// <summary>The sources of a snapshot that answer by name (<see cref="ISecretsLookup"/>), highest first.</summary>
internal sealed class Lookups
{
    private readonly List<LoadedSource> _sources = [];
    private readonly Pins _pins;

    public Lookups(IReadOnlyList<LoadedSource> highestFirst, Pins pins)
    {
        _pins = pins;
        foreach (LoadedSource source in highestFirst)
        {
            if (source.Lookup is not null)
            {
                _sources.Add(source);
            }
        }
    }

    public bool IsEmpty => _sources.Count == 0;

    /// <summary>Gives the answer of the highest lookup that has one.</summary>
    /// <param name="path">The path of a leaf.</param>
    /// <param name="rank">Only lookups above this rank answer.</param>
    /// <param name="isElsewhere">Whether a lower source has the path, or may have it.</param>
    public SecretValue? Find(SecretPath path, int rank, bool isElsewhere)
    {
        foreach (LoadedSource source in _sources)
        {
            if (source.Rank < rank && source.Answer(path, _pins, isElsewhere) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Gives where a section begins below which a lookup answers; <see langword="null"/> where none does.</summary>
    /// <param name="path">The path of a section.</param>
    /// <param name="rank">Only lookups above this rank answer.</param>
    /// <param name="isCertain">Whether only those values count that cannot belong to a key beside the section.</param>
    public SecretOrigin? FindSection(SecretPath path, int rank, bool isCertain)
    {
        foreach (LoadedSource source in _sources)
        {
            if (source.Rank < rank && source.AnswerSection(path, _pins, isCertain) is { } origin)
            {
                return origin;
            }
        }

        return null;
    }
}
