using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>What a store serves at one moment: immutable, and complete before it is visible.</summary>
internal sealed class Snapshot
{
    private readonly MergeOptions _options;
    private readonly WarningLog _warnings;
    private readonly HashSet<string> _localSources = new(StringComparer.Ordinal);
    private volatile Dictionary<string, SecretValue>? _byPath;

    public Snapshot(
        IReadOnlyList<LoadedSource> highestFirst, MergeOptions options, WarningLog warnings, ReadMarks? reads = null)
    {
        Sources = highestFirst;
        _options = options;
        _warnings = warnings;
        Lookups = new Lookups(highestFirst, options.Pins);
        foreach (LoadedSource source in highestFirst)
        {
            if (!source.IsRemote)
            {
                _localSources.Add(source.Name);
            }
        }

        Root = new MergeRules(this, highestFirst, options, warnings, reads).Merge();
    }

    /// <summary>Gets the sources, highest first.</summary>
    public IReadOnlyList<LoadedSource> Sources { get; }

    /// <summary>Gets the sources that answer for paths which no source has listed.</summary>
    public Lookups Lookups { get; }

    public SectionNode Root { get; }

    /// <summary>Gets every section and leaf, by the text of its path; created when it is first needed.</summary>
    public IReadOnlyDictionary<string, SecretValue> ByPath => _byPath ??= AddTo(new(StringComparer.Ordinal), Root);

    public Pins Pins => _options.Pins;

    public SectionMerge Sections => _options.Sections;

    /// <summary>Gets a value indicating whether the program declared what it needs.</summary>
    public bool HasDeclarations => _options.Declared.Children.Count > 0;

    /// <summary>Gives the same snapshot, without remembering reads.</summary>
    public Snapshot Unmarked() => new(Sources, _options, _warnings);

    /// <summary>Gives what would be served if one more source stood above all others and alone supplied some paths.</summary>
    public Snapshot WithOverride(LoadedSource highest, IReadOnlyList<SecretPath> paths) =>
        new([highest, .. Sources], _options with { Pins = _options.Pins.With(paths, highest.Name) }, _warnings);

    public KeyComparison Comparison => _options.Comparison;

    /// <summary>Gives a source's rank; the lowest of all where it is not in the chain.</summary>
    public int RankOf(string source) => Sources.FirstOrDefault(s => string.Equals(s.Name, source, StringComparison.Ordinal))?.Rank ?? int.MaxValue;

    public bool IsLocal(string source) => _localSources.Contains(source);

    /// <summary>Answers for a path that the tables do not have: a lookup may, and a failure that stands in the section's place does.</summary>
    public SecretValue? FindBeyond(SectionNode node, IEnumerable<string> rest) =>
        AskLookups(node, rest) ?? node.Blocker?.Value;

    /// <summary>Gives what is required at a path, or below or around it, and is gone from every source: its last value is still served.</summary>
    public IReadOnlyList<SecretPath> HeldRequiredAt(SecretPath path) =>
        [.. Sources.SelectMany(s => s.HeldRequired).Where(held => PathComparer.For(_options.Comparison).Overlap(held, path))];

    /// <summary>True where the program declared the path, or a section above it.</summary>
    public bool IsDeclared(SecretPath path) => _options.Declared.Declares(path);

    public Exception NotFound(IReadOnlyList<SecretPath> paths, SoughtKind sought = SoughtKind.Value) => new NotFoundReport(this).Exception(paths, sought);

    /// <summary>Gives the section that lookups alone have at a path; <see langword="null"/> where they answer for nothing below it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="blocker">The failure that stands there; only lookups above it answer.</param>
    public SecretValue? SectionFromLookups(SecretPath path, Blocker? blocker)
    {
        int rank = blocker?.Rank ?? int.MaxValue;
        SecretOrigin? origin = Lookups.FindSection(path, rank, isCertain: false);
        return origin is null
            ? null
            : SecretValue.Section(
                new SectionNode([], path, Comparison, this, blocker) { IsFromLookups = true, IsCertain = Lookups.FindSection(path, rank, isCertain: true) is not null },
                origin,
                path.ToString());
    }

    private static Dictionary<string, SecretValue> AddTo(Dictionary<string, SecretValue> byPath, SectionNode section)
    {
        foreach ((_, SecretValue value) in section.Entries)
        {
            if (value.Node is { } below)
            {
                AddTo(byPath, below);
            }

            byPath[value.DisplayPath] = value;
        }

        return byPath;
    }

    private SecretValue? AskLookups(SectionNode node, IEnumerable<string> rest)
    {
        var path = new SecretPath([.. node.Path.Segments, .. rest]);
        SecretValue? answer = Lookups.Find(path, node.Blocker?.Rank ?? int.MaxValue, isElsewhere: false);
        SecretValue? section = SectionFromLookups(path, node.Blocker);
        if (answer is null)
        {
            return section;
        }

        bool isFree = !HasDeclarations || _options.UndeclaredReads == UndeclaredReads.Allow || IsDeclared(path);

        // One warning for a path, however it is spelled.
        UndeclaredRead? undeclared = isFree ? null : new(PathText.Format(path.Segments.Select(KeySpellings.Snake)), _options.UndeclaredReads, _warnings);
        return Attachment.Attach(answer, path.ToString(), this, undeclared, below: section?.Node);
    }
}
