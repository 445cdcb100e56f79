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
    public SectionNode Merge()
    {
        var roots = new List<Candidate>();
        foreach (LoadedSource source in highestFirst)
        {
            foreach (LayerNode layer in source.Layers)
            {
                // A source that only answers by name has an empty layer.
                if (layer.Children!.Count > 0)
                {
                    roots.Add(new Candidate(source, layer));
                }
            }
        }

        bool isDeclared = options.Declared.IsDeclared || options.Declared.Children.Count == 0;
        return MergeSections(SecretPath.Root, "", roots, options.Declared, isDeclared, blocker: null);
    }

    private SectionNode MergeSections(
        SecretPath path, string pathText, List<Candidate> sections, DeclaredPaths? declared, bool isDeclared, Blocker? blocker)
    {
        IReadOnlyCollection<string> keys = KeysOf(sections, declared);
        var entries = new KeyValuePair<string, SecretValue>[keys.Count];
        int count = 0;
        var here = new List<Candidate>(sections.Count);
        foreach (string key in keys)
        {
            here.Clear();
            AddCandidates(here, key, sections);
            if (!options.Pins.IsEmpty)
            {
                RemovePinned(here, key, path);
            }

            string spelling = here.Count > 0 ? here[0].Node.Key : key;
            string segment = PathText.FormatSegment(spelling);
            var place = new Place(path, spelling, pathText.Length == 0 ? segment : pathText + "." + segment);
            DeclaredPaths? declaredHere = declared?.Children.GetValueOrDefault(key);
            if (Resolve(place, here, declaredHere, isDeclared || declaredHere is { IsDeclared: true }, blocker) is { } value)
            {
                entries[count++] = KeyValuePair.Create(spelling, value);
            }
        }

        return new SectionNode(count == entries.Length ? entries : entries[..count], path, options.Comparison, snapshot, blocker, isRoot: path.Segments.Count == 0);
    }

    private IReadOnlyCollection<string> KeysOf(List<Candidate> sections, DeclaredPaths? declared)
    {
        bool hasDeclared = declared is { Children.Count: > 0 };
        return sections.Count == 1 && !hasDeclared ? sections[0].Node.Children!.Keys : UnitedKeys(sections, hasDeclared ? declared : null);
    }

    private List<string> UnitedKeys(List<Candidate> sections, DeclaredPaths? declared)
    {
        var keys = new List<string>();
        var known = new HashSet<string>(options.Keys);
        foreach (Candidate section in sections)
        {
            Add(section.Node.Children!.Keys);
        }

        if (declared is not null)
        {
            Add(declared.Children.Keys);
        }

        return keys;

        void Add(IEnumerable<string> more)
        {
            foreach (string key in more)
            {
                if (known.Add(key))
                {
                    keys.Add(key);
                }
            }
        }
    }

    private static void AddCandidates(List<Candidate> here, string key, List<Candidate> sections)
    {
        foreach (Candidate section in sections)
        {
            if (section.Node.Children!.TryGetValue(key, out LayerNode? node))
            {
                here.Add(new Candidate(section.Source, node));
            }
        }
    }

    private void RemovePinned(List<Candidate> here, string key, SecretPath parent)
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

    private SecretValue? Resolve(
        in Place place, List<Candidate> candidates, DeclaredPaths? declared, bool isDeclared, Blocker? above)
    {
        int failure = FindFailure(candidates, out Candidate? section, out Candidate? leaf);
        if (section is null)
        {
            // A declared path is looked up even if no source lists it. Declared paths may lie below it.
            bool isKnown = candidates.Count > 0 || declared is { IsDeclared: true };
            SecretValue? answer = isKnown ? Answer(place, candidates, above) : null;
            bool isFailure = failure == 0 && ReferenceEquals(answer, candidates[0].Node.Leaf);
            if (declared is { Children.Count: > 0 } && (answer is null || isFailure))
            {
                Blocker? around = isFailure ? new Blocker(answer!.At(place.Text, undeclaredRead: null), candidates[0].Source.Rank) : above;
                if (MergeDeclared(place, declared, isDeclared, around) is { } merged)
                {
                    return merged;
                }
            }

            // An element that is declared, as in "servers.0", declares its array.
            return answer is null ? null : AttachLeaf(answer, place.Text, isDeclared || declared is { Children.Count: > 0 }, Below(place, answer, candidates, above));
        }

        if (leaf is not null)
        {
            SecretValue conflict = Conflict(leaf, section);
            return conflict.At(place.Text, undeclaredRead: null, below: BelowFailure(place, conflict, Math.Min(leaf.Source.Rank, section.Source.Rank)));
        }

        List<Candidate> sections = options.Sections == SectionMerge.Replace ? [section] : candidates.GetRange(0, failure >= 0 ? failure : candidates.Count);
        Blocker? blocker = failure >= 0 && options.Sections == SectionMerge.Unite && (above is null || candidates[failure].Source.Rank < above.Rank)
            ? new Blocker(candidates[failure].Node.Leaf!.At(place.Text, undeclaredRead: null), candidates[failure].Source.Rank)
            : above;
        return SecretValue.Section(MergeSections(place.Path, place.Text, sections, declared, isDeclared, blocker), section.Node.Origin, place.Text);
    }

    /// <summary>Gives the index of the first failure, or -1, and the first section and leaf above it. What lies below the failure is removed.</summary>
    private static int FindFailure(List<Candidate> candidates, out Candidate? section, out Candidate? leaf)
    {
        (section, leaf) = (null, null);
        for (int i = 0; i < candidates.Count; i++)
        {
            Candidate candidate = candidates[i];
            if (candidate.Node.Leaf is not { } value)
            {
                section ??= candidate;
            }
            else if (value.Kind != SecretKind.Unreadable)
            {
                leaf ??= candidate;
            }
            else
            {
                candidates.RemoveRange(i + 1, candidates.Count - i - 1);
                return i;
            }
        }

        return -1;
    }

    private SecretValue? Answer(in Place place, List<Candidate> leaves, Blocker? blocker)
    {
        Candidate? best = leaves.Count == 0 ? null : leaves[0];
        int rank = Math.Min(best?.Source.Rank ?? int.MaxValue, blocker?.Rank ?? int.MaxValue);
        SecretValue? answer = snapshot.Lookups.IsEmpty ? null : snapshot.Lookups.Find(place.Path, rank, isElsewhere: best is not null);
        return answer ?? best?.Node.Leaf;
    }

    private SecretValue? MergeDeclared(in Place place, DeclaredPaths declared, bool isDeclared, Blocker? blocker)
    {
        SectionNode node = MergeSections(place.Path, place.Text, [], declared, isDeclared, blocker);
        return node.Entries.Length == 0 ? null : SecretValue.Section(node, node.Entries[0].Value.Origin, place.Text);
    }

    /// <summary>
    /// Gives what lookups answer below a leaf of theirs, or below a failure: <c>TOKEN</c> and <c>TOKEN_URL</c> do not contradict each other, and a failure
    /// of a lower source does not stand in a lookup's way. Below any other leaf there is nothing.
    /// </summary>
    private SectionNode? Below(in Place place, SecretValue answer, List<Candidate> candidates, Blocker? above)
    {
        bool isOwn = candidates.Count > 0 && ReferenceEquals(answer, candidates[0].Node.Leaf);
        if (snapshot.Lookups.IsEmpty || (isOwn && answer.Kind != SecretKind.Unreadable))
        {
            return null;
        }

        return isOwn ? BelowFailure(place, answer, candidates[0].Source.Rank) : snapshot.SectionFromLookups(place.Path, above)?.Node;
    }

    private SectionNode? BelowFailure(in Place place, SecretValue failure, int rank) =>
        snapshot.Lookups.IsEmpty ? null : snapshot.SectionFromLookups(place.Path, new Blocker(failure.At(place.Text, undeclaredRead: null), rank))?.Node;

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

    /// <summary>A place in the view; few need it as a path.</summary>
    private readonly struct Place(SecretPath parent, string key, string text)
    {
        public SecretPath Path => parent.Append(key);

        public string Text { get; } = text;
    }

    private sealed class Candidate(LoadedSource source, LayerNode node)
    {
        public LoadedSource Source { get; } = source;

        public LayerNode Node { get; } = node;
    }
}
