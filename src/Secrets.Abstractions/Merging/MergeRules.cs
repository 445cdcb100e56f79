using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>
/// All rules of precedence, in one place. For each path the candidates are what the sources have there, highest first,
/// and those of one source in the order in which it refines itself:
/// <list type="number">
/// <item>a pin leaves only its target's candidates;</item>
/// <item>what lies below an unreadable candidate is blocked;</item>
/// <item>leaves alone: the highest wins, and lookups take part in their places;</item>
/// <item>sections alone: they unite, or the highest replaces the others; a failure below them stands for every key that they lack;</item>
/// <item>leaves and sections: the path is unreadable, and names both.</item>
/// </list>
/// </summary>
internal sealed class MergeRules(Snapshot snapshot, IReadOnlyList<LoadedSource> highestFirst, MergeOptions options, WarningLog warnings, ReadMarks? reads = null)
{
    private readonly Dictionary<string, SecretValue> _byPath = new(StringComparer.Ordinal);

    /// <summary>Gets every section and leaf that was merged, by the text of its path.</summary>
    public IReadOnlyDictionary<string, SecretValue> ByPath => _byPath;

    public SectionNode Merge()
    {
        var roots = new List<Candidate>();
        foreach (LoadedSource source in highestFirst)
        {
            foreach (LayerNode layer in source.Layers)
            {
                roots.Add(new Candidate(source, layer));
            }
        }

        bool isDeclared = options.Declared.IsDeclared || options.Declared.Children.Count == 0;
        return MergeSections(SecretPath.Root, "", roots, options.Declared, isDeclared, blocker: null);
    }

    private SectionNode MergeSections(
        SecretPath path, string pathText, IReadOnlyList<Candidate> sections, DeclaredPaths? required, bool isDeclared, Blocker? blocker)
    {
        var keys = new OrderedDictionary<string, DeclaredPaths?>(options.Keys);
        foreach (Candidate section in sections)
        {
            foreach ((string key, _) in section.Node.Children!)
            {
                keys.TryAdd(key, required?.Children.GetValueOrDefault(key));
            }
        }

        if (required is not null)
        {
            foreach ((string key, DeclaredPaths child) in required.Children)
            {
                keys.TryAdd(key, child);
            }
        }

        var entries = new List<KeyValuePair<string, SecretValue>>(keys.Count);
        foreach ((string key, DeclaredPaths? requirement) in keys)
        {
            List<Candidate> here = CandidatesAt(key, path, sections);
            string spelling = here.Count > 0 ? here[0].Node.Key : key;
            string segment = PathText.FormatSegment(spelling);
            string text = pathText.Length == 0 ? segment : pathText + "." + segment;
            if (Resolve(path.Append(spelling), text, here, requirement, isDeclared || requirement is { IsDeclared: true }, blocker) is { } value)
            {
                entries.Add(KeyValuePair.Create(spelling, value));
                _byPath[text] = value;
            }
        }

        return new SectionNode([.. entries], path, options.Comparison, snapshot, blocker, path.Segments.Count == 0 ? _byPath : null);
    }

    private List<Candidate> CandidatesAt(string key, SecretPath parent, IReadOnlyList<Candidate> sections)
    {
        var here = new List<Candidate>(sections.Count);
        foreach (Candidate section in sections)
        {
            if (section.Node.Children!.TryGetValue(key, out LayerNode? node))
            {
                here.Add(new Candidate(section.Source, node));
            }
        }

        if (!options.Pins.IsEmpty)
        {
            SecretPath path = parent.Append(key);
            here.RemoveAll(c => !options.Pins.Allows(path, c.Source.Name)
                && (c.Node.Children is null || !options.Pins.AllowsBelow(path, c.Source.Name)));

            // The indexer finds a key "a.b" before the path a.b, which may be pinned.
            if (key.Contains('.', StringComparison.Ordinal) && SecretPath.TryParse(key, provider: null, out SecretPath? dotted))
            {
                SecretPath meant = parent.Append(dotted);
                here.RemoveAll(c => !options.Pins.Allows(meant, c.Source.Name));
            }
        }

        return here;
    }

    private SecretValue? Resolve(
        SecretPath path, string text, List<Candidate> candidates, DeclaredPaths? required, bool isDeclared, Blocker? above)
    {
        int failure = candidates.FindIndex(c => c.Node.Leaf is { Kind: SecretKind.Unreadable });
        if (failure >= 0)
        {
            candidates.RemoveRange(failure + 1, candidates.Count - failure - 1);
        }

        Candidate? section = candidates.Find(c => c.Node.Children is not null);
        if (section is null)
        {
            // A required path is known by being required; its keys may be below it.
            bool isKnown = candidates.Count > 0 || required is { IsDeclared: true };
            SecretValue? answer = isKnown ? Answer(path, candidates, above) : null;
            bool isFailure = failure == 0 && ReferenceEquals(answer, candidates[0].Node.Leaf);
            if (required is { Children.Count: > 0 } && (answer is null || isFailure))
            {
                Blocker? around = isFailure ? new Blocker(answer!.At(text, undeclaredRead: null), candidates[0].Source.Rank) : above;
                if (MergeRequired(path, text, required, isDeclared, around) is { } merged)
                {
                    return merged;
                }
            }

            // An element that is declared, as in "servers.0", declares its array.
            return answer is null ? null : AttachLeaf(answer, text, isDeclared || required is { Children.Count: > 0 }, Below(path, text, answer, candidates, above));
        }

        Candidate? leaf = candidates.Find(c => c.Node.Leaf is { Kind: not SecretKind.Unreadable });
        if (leaf is not null)
        {
            SecretValue conflict = Conflict(leaf, section);
            return conflict.At(text, undeclaredRead: null, below: BelowFailure(path, text, conflict, Math.Min(leaf.Source.Rank, section.Source.Rank)));
        }

        List<Candidate> sections = options.Sections == SectionMerge.Replace ? [section] : candidates.FindAll(c => c.Node.Children is not null);
        Blocker? blocker = failure >= 0 && options.Sections == SectionMerge.Unite && (above is null || candidates[failure].Source.Rank < above.Rank)
            ? new Blocker(candidates[failure].Node.Leaf!.At(text, undeclaredRead: null), candidates[failure].Source.Rank)
            : above;
        return SecretValue.Section(MergeSections(path, text, sections, required, isDeclared, blocker), section.Node.Origin, text);
    }

    private SecretValue? Answer(SecretPath path, List<Candidate> leaves, Blocker? blocker)
    {
        Candidate? best = leaves.Count == 0 ? null : leaves[0];
        int rank = Math.Min(best?.Source.Rank ?? int.MaxValue, blocker?.Rank ?? int.MaxValue);
        return snapshot.Lookups.Find(path, rank, isElsewhere: best is not null) ?? best?.Node.Leaf;
    }

    private SecretValue? MergeRequired(SecretPath path, string text, DeclaredPaths required, bool isDeclared, Blocker? blocker)
    {
        SectionNode node = MergeSections(path, text, [], required, isDeclared, blocker);
        return node.Entries.Length == 0 ? null : SecretValue.Section(node, node.Entries[0].Value.Origin, text);
    }

    /// <summary>
    /// Gives what lookups answer below a leaf of theirs, or below a failure: <c>TOKEN</c> and <c>TOKEN_URL</c> do not contradict each other, and a failure
    /// of a lower source does not stand in a lookup's way. Below any other leaf there is nothing.
    /// </summary>
    private SectionNode? Below(SecretPath path, string text, SecretValue answer, List<Candidate> candidates, Blocker? above)
    {
        bool isOwn = candidates.Count > 0 && ReferenceEquals(answer, candidates[0].Node.Leaf);
        if (snapshot.Lookups.IsEmpty || (isOwn && answer.Kind != SecretKind.Unreadable))
        {
            return null;
        }

        return isOwn ? BelowFailure(path, text, answer, candidates[0].Source.Rank) : snapshot.SectionFromLookups(path, above)?.Node;
    }

    private SectionNode? BelowFailure(SecretPath path, string text, SecretValue failure, int rank) =>
        snapshot.Lookups.IsEmpty ? null : snapshot.SectionFromLookups(path, new Blocker(failure.At(text, undeclaredRead: null), rank))?.Node;

    private SecretValue AttachLeaf(SecretValue leaf, string path, bool isDeclared, SectionNode? below) => Attachment.Attach(
        leaf,
        path,
        snapshot,
        isDeclared || options.UndeclaredReads == UndeclaredReads.Allow || !snapshot.IsLocal(leaf.Origin.SourceName)
            ? null
            : new UndeclaredRead(path, options.UndeclaredReads, warnings),
        reads?.Of(path),
        below);

    private static SecretValue Conflict(Candidate leaf, Candidate section) => SecretValue.Unreadable(
        new SecretsSourceException(
            SecretsErrorCode.InvalidConfiguration,
            $"it is a value in {leaf.Node.Origin} and a section in {section.Node.Origin}; rename one of them, or pin the path to one source."),
        (leaf.Source.Rank < section.Source.Rank ? leaf : section).Node.Origin);

    private sealed class Candidate(LoadedSource source, LayerNode node)
    {
        public LoadedSource Source { get; } = source;

        public LayerNode Node { get; } = node;
    }
}
