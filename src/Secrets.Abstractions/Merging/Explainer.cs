using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>Works out what each source has to do with one path.</summary>
internal sealed class Explainer
{
    private readonly SectionNode _node;
    private readonly SecretPath _path;
    private readonly SecretPath _full;
    private readonly SecretValue? _winner;
    private readonly SecretValue? _array;
    private readonly List<SecretCandidate> _candidates = [];

    public Explainer(SectionNode node, SecretPath path)
    {
        _node = node;
        _path = path;
        _full = node.Path.Append(path);
        _winner = node.FindBySegments(path.Segments);
        _array = ArrayAround();
    }

    public SecretExplanation Explain(string asked)
    {
        SecretValue? exact = _path.Segments.Count > 1 && _node.FindOwn(asked) is { } own && !ReferenceEquals(own, _winner) ? own : null;
        foreach (LoadedSource source in _node.Snapshot?.Sources ?? [])
        {
            Add(source, _node.Snapshot!);
        }

        return new SecretExplanation(Spelling(), _winner?.Origin, _candidates)
        {
            ExactKey = exact?.Origin,
            Problem = _winner is { Kind: SecretKind.Unreadable } ? OneLine(_winner.Unread().Message) : null,
            Hint = _winner is null && _node.Snapshot is { } snapshot ? new NotFoundReport(snapshot).Hint(_full) : null,
        };
    }

    /// <summary>Gives the path as it is spelled where it was found: however it is asked about, the answer is the same.</summary>
    private string Spelling() =>
        _winner is not null
        && SecretPath.TryParse(_winner.DisplayPath, provider: null, out SecretPath? found)
        && new PathComparer(_node.Keys).Equals(found, _full)
            ? _winner.DisplayPath
            : _full.ToString();

    /// <summary>Gives the array that the path lies in. An array is one leaf, so its source supplies everything in it.</summary>
    private SecretValue? ArrayAround()
    {
        for (int length = 1; length < Math.Min(_full.Segments.Count, DepthLimit.MaxKeys); length++)
        {
            if (_node.Snapshot?.Root.FindBySegments([.. _full.Segments.Take(length)]) is { Kind: SecretKind.Array } array)
            {
                return array;
            }
        }

        return null;
    }

    private void Add(LoadedSource source, Snapshot snapshot)
    {
        if (!snapshot.Pins.Allows(_full, source.Name) && !snapshot.Pins.AllowsBelow(_full, source.Name))
        {
            Add(source, SecretOutcome.Pinned, []);
        }
        else if (source.Batch is null)
        {
            Add(source, source.Failure is null ? SecretOutcome.NotAsked : SecretOutcome.Failed, [], Code(source.Failure));
        }
        else if (!AddLayers(source, snapshot))
        {
            AddWithoutLayers(source, snapshot);
        }
    }

    private bool AddLayers(LoadedSource source, Snapshot snapshot)
    {
        bool hasAny = false;
        foreach (LayerNode layer in source.Layers)
        {
            if (layer.Find(_full, out bool isAbove) is { } found)
            {
                SecretOutcome outcome = isAbove && found.Leaf is { Kind: SecretKind.Array } array
                    ? OutcomeWithin(array)
                    : OutcomeOf(found.Leaf?.Kind, isAbove, found.Origin, snapshot.Sections);
                Add(source, outcome, [found.Origin.Location], outcome is SecretOutcome.Supplied or SecretOutcome.Shadowed ? WhyOld(source, layer) : null);
                hasAny = true;
            }
        }

        return hasAny;
    }

    private void AddWithoutLayers(LoadedSource source, Snapshot snapshot)
    {
        if (!SecretDemand.Includes(source.Demands, _full, snapshot.Comparison))
        {
            Add(source, SecretOutcome.NotAsked, []);
        }
        else if (_winner is { Kind: SecretKind.Section } && _array is null && source.AnswerSection(_full, snapshot.Pins) is { } section)
        {
            Add(source, SecretOutcome.Supplied, [section.Location]);
        }
        else if (_winner is { Kind: SecretKind.Section })
        {
            // A variable never stands in the place of a section.
            SecretValue? leaf = source.Answer(_full, snapshot.Pins, isElsewhere: true);
            Add(source, leaf is null ? SecretOutcome.Absent : SecretOutcome.Conflicting, leaf is null ? [] : [leaf.Origin.Location]);
        }
        else if (source.Answer(_full, snapshot.Pins, IsElsewhere(snapshot)) is { } answer)
        {
            Add(source, OutcomeOf(answer.Kind, isAbove: false, answer.Origin, snapshot.Sections), [answer.Origin.Location]);
        }
        else
        {
            Add(source, SecretOutcome.Absent, source.PlacesOf(_full));
        }
    }

    private void Add(LoadedSource source, SecretOutcome outcome, IReadOnlyList<string> places, string? reason = null) =>
        _candidates.Add(new SecretCandidate(source.Name, outcome, places, reason));

    private bool IsElsewhere(Snapshot snapshot) => snapshot.Sources.Any(s => s.Layers.Any(layer => layer.Find(_full) is not null));

    private SecretOutcome OutcomeWithin(SecretValue array) =>
        _winner is null ? SecretOutcome.Absent
        : IsSame(_array?.Origin, array.Origin) ? SecretOutcome.Supplied
        : SecretOutcome.Shadowed;

    private SecretOutcome OutcomeOf(SecretKind? leaf, bool isAbove, SecretOrigin origin, SectionMerge sections) => (_winner?.Kind, leaf) switch
    {
        (_, SecretKind.Unreadable) => SecretOutcome.Unreadable,
        (null or SecretKind.Section or SecretKind.Unreadable, _) when _candidates.Exists(c => c.Outcome == SecretOutcome.Unreadable) => SecretOutcome.Blocked,
        (SecretKind.Unreadable, _) => SecretOutcome.Conflicting,
        (SecretKind.Section, null) => sections == SectionMerge.Replace && _candidates.Exists(c => c.Outcome == SecretOutcome.Supplied)
            ? SecretOutcome.Shadowed
            : SecretOutcome.Supplied,
        (null, not null) when isAbove => SecretOutcome.Conflicting,
        _ when IsSame(_winner?.Origin, origin) => SecretOutcome.Supplied,
        _ => SecretOutcome.Shadowed,
    };

    private static bool IsSame(SecretOrigin? winner, SecretOrigin origin) =>
        string.Equals(winner?.SourceName, origin.SourceName, StringComparison.Ordinal)
        && string.Equals(winner?.Location, origin.Location, StringComparison.Ordinal);

    /// <summary>Says why a value is older than the source's last load; <see langword="null"/> where it is not.</summary>
    private string? WhyOld(LoadedSource source, LayerNode layer)
    {
        if (Code(source.Failure) is { } failure)
        {
            return "the last value; the last load failed: " + failure;
        }

        return source.OwnLayers.Contains(layer) ? null
            : source.HoldsRequired && ReferenceEquals(layer, source.Layers[0]) ? "the last value; it is required and gone from every source"
            : Code(source.HeldAt(_full)) is { } unreadable ? "the last value; now: " + unreadable
            : "the last value; the last load did not find it";
    }

    private static string? Code(Exception? failure) => failure is null ? null : OneLine($"{((ISecretsError)failure).Code}: {failure.Message}");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
