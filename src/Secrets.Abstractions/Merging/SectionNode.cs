using System.Globalization;
using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>
/// One section of a snapshot: its keys in order, and a table of them. The root also has a table of all paths, so that a dotted read is one look too;
/// it is created at the first read of a path, since many programs read by key alone.
/// </summary>
internal sealed class SectionNode
{
    private readonly KeyValuePair<string, SecretValue>[] _entries;
    private readonly KeyTable _keys;
    private readonly KeyComparison _comparison;
    private readonly bool _isRoot;
    private volatile KeyTable? _paths;

    // What a text is looked up in first: at the root the paths, once they have a table and no key can be taken for a path; else the keys.
    private volatile KeyTable _keysOrPaths;

    public SectionNode(
        KeyValuePair<string, SecretValue>[] entries,
        SecretPath path,
        KeyComparison comparison,
        Snapshot? snapshot,
        Blocker? blocker,
        bool isRoot = false)
    {
        _entries = entries;
        _keys = new KeyTable(entries, comparison);
        _comparison = comparison;
        _isRoot = isRoot;
        _keysOrPaths = _keys;
        Path = path;
        Snapshot = snapshot;
        Blocker = blocker;
        View = new SecretsView(this);
        Keys = KeyEquivalence.For(comparison);
    }

    public ReadOnlySpan<KeyValuePair<string, SecretValue>> Entries => _entries;

    public KeyValuePair<string, SecretValue>[] EntryList => _entries;

    public SecretPath Path { get; }

    /// <summary>Gets the snapshot that answers for paths which the tables do not have; <see langword="null"/> for a section that is not part of a view.</summary>
    public Snapshot? Snapshot { get; }

    /// <summary>Gets a value indicating whether the section lies in an array, which is one leaf: no lookup answers within it.</summary>
    public bool IsInArray { get; init; }

    /// <summary>Gets a value indicating whether lookups alone have this section, so that it can be read by name and not be enumerated.</summary>
    public bool IsFromLookups { get; init; }

    /// <summary>
    /// Gets a value indicating whether what lookups have below this section cannot be meant for a key beside it, as <c>PASSWORD_FILE</c> can. Only then
    /// does the section exist for a reader who did not ask for a section.
    /// </summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>Gets the failure that a read of a missing key throws, because a source could not say whether it has the key.</summary>
    public Blocker? Blocker { get; }

    public SecretsView View { get; }

    /// <summary>Gets how keys compare, in this section as in the whole chain.</summary>
    public IEqualityComparer<string> Keys { get; }

    /// <summary>Gives a section that is not part of a view: a source's own, or one inside an array.</summary>
    public static SectionNode Standalone(IReadOnlyList<KeyValuePair<string, SecretValue>> entries, SecretOrigin origin) =>
        new([.. entries.Select(e => KeyValuePair.Create(e.Key, e.Value.Entries is { } below
            ? SecretValue.Section(Standalone(below, origin), e.Value.Origin, e.Key)
            : e.Value))], SecretPath.Root, KeyComparison.Equivalent, snapshot: null, blocker: null);

    /// <summary>Gets a value indicating whether there is a table of paths already.</summary>
    public bool HasPathTable => _paths is not null;

    /// <summary>Creates the table of a root's paths, so that no read has to.</summary>
    public KeyTable CreatePathTable()
    {
        var paths = new KeyTable(Snapshot!.ByPath, _comparison);
        if (AreBare(_entries))
        {
            _keysOrPaths = paths;
        }

        _paths = paths;
        return paths;
    }

    public SecretValue GetByKey(string key) => FindByKey(key) ?? throw NotFound([AsPath(key)], SoughtKind.Any);

    public SecretValue GetByPath(string path, SoughtKind sought = SoughtKind.Any) => FindByPath(path) ?? throw NotFound([SecretPath.Parse(path, nameof(path))], sought);

    public SecretValue GetLeaf(string path) => FindLeaf(path) ?? throw NotFound([SecretPath.Parse(path, nameof(path))]);

    /// <summary>Finds what is to be read as one value. A section that lookups alone have is absence then: a variable merely begins like the path.</summary>
    public SecretValue? FindLeaf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        SecretValue? value = _paths?.Find(path) ?? FindOtherPath(path);
        return value?.Node is { IsFromLookups: true } section ? section.Blocker?.Value : value;
    }

    public SecretValue? FindByKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _keysOrPaths.Find(key) ?? FindOther(key);
    }

    public SecretValue? FindByPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _paths?.Find(path) ?? FindOtherPath(path);
    }

    public SecretValue? FindBySegments(IReadOnlyList<string> segments)
    {
        SectionNode node = this;
        for (int i = 0; i < segments.Count; i++)
        {
            SecretValue? value = node.FindOwn(segments[i]);
            while (value?.Elements is { } elements && i + 1 < segments.Count)
            {
                i++;
                value = int.TryParse(segments[i], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < elements.Length
                    ? elements[index]
                    : null;
                if (value is null)
                {
                    return null;
                }
            }

            if (value is null)
            {
                return node.FindBeyond(segments.Skip(i));
            }

            if (i == segments.Count - 1)
            {
                return value;
            }

            if ((value.Node ?? value.Below) is not { } next)
            {
                return value.Kind == SecretKind.Unreadable ? value : null;
            }

            node = next;
        }

        return null;
    }

    /// <summary>Finds a key of this section, and nothing beyond it.</summary>
    public SecretValue? FindOwn(string key) => _keys.Find(key);

    /// <summary>Finds what sources have listed below this section. Lookups are not asked: they answer for paths that nobody has written down.</summary>
    public SecretValue? FindListed(IEnumerable<string> segments)
    {
        SecretValue? value = null;
        SectionNode? node = this;
        foreach (string segment in segments)
        {
            value = node?.FindOwn(segment);
            node = value?.Node;
        }

        return value;
    }

    /// <summary>Gives the exception for paths, counted from this section, that nothing has.</summary>
    public Exception NotFound(IReadOnlyList<SecretPath> paths, SoughtKind sought = SoughtKind.Value)
    {
        SecretPath[] full = [.. paths.Select(Path.Append)];
        return Snapshot?.NotFound(full, sought)
            ?? new SecretNotFoundException($"{string.Join(", ", full.AsEnumerable())} not found.", [.. full.Select(p => p.ToString())]);
    }

    private static bool AreBare(KeyValuePair<string, SecretValue>[] entries)
    {
        foreach ((string key, _) in entries)
        {
            if (!PathText.IsBare(key))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Follows a path of bare keys through sections, without allocating.</summary>
    private SecretValue? Walk(ReadOnlySpan<char> path)
    {
        SectionNode? node = this;
        while (node is not null)
        {
            int dot = path.IndexOf('.');
            ReadOnlySpan<char> key = dot < 0 ? path : path[..dot];
            SecretValue? value = node._keys.Find(key);
            if (dot < 0)
            {
                return value;
            }

            node = value?.Node;
            path = path[(dot + 1)..];
        }

        return null;
    }

    private SecretValue? FindBeyond(IEnumerable<string> rest) => IsInArray ? null : Snapshot?.FindBeyond(this, rest);

    private SecretValue? FindOther(string key) => FindInTable(key) ?? (PathText.IsPlain(key) ? Walk(key) : null) ?? FindBySegments(AsPath(key).Segments);

    private SecretValue? FindInTable(string path) => _isRoot ? (_paths ?? CreatePathTable()).Find(path) : null;

    // Parsed only if the walk finds nothing: parsing allocates. It also reports the mistake in a path such as "a..b".
    private SecretValue? FindOtherPath(string path) => FindInTable(path) ?? (PathText.IsPlain(path) ? Walk(path) : null) ?? FindBySegments(SecretPath.Parse(path, nameof(path)).Segments);

    // A key need not be a valid path: "a b" is not one, and is looked up as it is.
    private static SecretPath AsPath(string key) => SecretPath.TryParse(key, provider: null, out SecretPath? path) ? path : new SecretPath(key);
}
