using System.Globalization;
using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>
/// One section of a snapshot: its keys in order, and a table for each way of spelling one.
/// The exact table comes first, because that is how nearly every read is spelled and the cheapest to hash;
/// the root also has one of all paths, so that a dotted read is one look too.
/// </summary>
internal sealed class SectionNode
{
    private readonly KeyValuePair<string, SecretValue>[] _entries;
    private readonly Dictionary<string, SecretValue> _exact;
    private readonly Dictionary<string, SecretValue>? _equivalent;
    private readonly Dictionary<string, SecretValue>? _byPath;
    private readonly Dictionary<string, SecretValue>.AlternateLookup<ReadOnlySpan<char>> _exactSpan;
    private readonly Dictionary<string, SecretValue>.AlternateLookup<ReadOnlySpan<char>> _equivalentSpan;

    public SectionNode(
        KeyValuePair<string, SecretValue>[] entries,
        SecretPath path,
        KeyComparison comparison,
        Snapshot? snapshot,
        Blocker? blocker,
        Dictionary<string, SecretValue>? byPath = null)
    {
        _entries = entries;
        _byPath = byPath;
        _exact = new Dictionary<string, SecretValue>(entries.Length, StringComparer.Ordinal);
        _equivalent = comparison == KeyComparison.Ordinal ? null : new(entries.Length, KeyEquivalence.For(comparison));
        foreach ((string key, SecretValue value) in entries)
        {
            _exact.TryAdd(key, value);
            _equivalent?.TryAdd(key, value);
        }

        _exactSpan = _exact.GetAlternateLookup<ReadOnlySpan<char>>();
        _equivalentSpan = _equivalent is null ? _exactSpan : _equivalent.GetAlternateLookup<ReadOnlySpan<char>>();
        Path = path;
        Snapshot = snapshot;
        Blocker = blocker;
        View = new SecretsView(this);
    }

    public ReadOnlySpan<KeyValuePair<string, SecretValue>> Entries => _entries;

    public IReadOnlyList<KeyValuePair<string, SecretValue>> EntryList => _entries;

    public SecretPath Path { get; }

    /// <summary>Gets the snapshot that answers for paths which the tables do not have; none inside an array.</summary>
    public Snapshot? Snapshot { get; }

    /// <summary>Gets the failure that stands for what this section does not have, because a source could not say whether it has it.</summary>
    public Blocker? Blocker { get; }

    public SecretsView View { get; }

    /// <summary>Gives a section that is not part of a view: a source's own, or one inside an array.</summary>
    public static SectionNode Detached(IReadOnlyList<KeyValuePair<string, SecretValue>> entries, SecretOrigin origin) =>
        new([.. entries.Select(e => KeyValuePair.Create(e.Key, e.Value.Entries is { } below
            ? SecretValue.Section(Detached(below, origin), e.Value.Origin, e.Key)
            : e.Value))], SecretPath.Root, KeyComparison.Equivalent, snapshot: null, blocker: null);

    public SecretValue GetByKey(string key) => FindByKey(key) ?? throw NotFound(AsPath(key));

    public SecretValue GetByPath(string path) => FindByPath(path) ?? throw NotFound(SecretPath.Parse(path));

    public SecretValue? FindByKey(string key)
    {
        if (_exact.TryGetValue(key, out SecretValue? value))
        {
            return value;
        }

        if (_byPath is not null && _byPath.TryGetValue(key, out value))
        {
            return value;
        }

        return _equivalent is not null && _equivalent.TryGetValue(key, out value) ? value : FindOther(key);
    }

    public SecretValue? FindByPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_byPath is not null && _byPath.TryGetValue(path, out SecretValue? found))
        {
            return found;
        }

        // Parsed only where the walk finds nothing: parsing allocates, and finds the mistake in a path such as "a..b".
        return (PathText.IsPlain(path) ? Walk(path) : null) ?? FindBySegments(SecretPath.Parse(path).Segments);
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
                return node.Snapshot?.FindBeyond(node, segments.Skip(i));
            }

            if (i == segments.Count - 1 || value.Kind == SecretKind.Unreadable)
            {
                return value;
            }

            if (value.Node is null)
            {
                return null;
            }

            node = value.Node;
        }

        return null;
    }

    public Exception NotFound(SecretPath path) => NotFound([path]);

    /// <summary>Gives the exception for paths, counted from this section, that nothing has.</summary>
    public Exception NotFound(IReadOnlyList<SecretPath> paths)
    {
        SecretPath[] full = [.. paths.Select(Path.Append)];
        return Snapshot?.NotFound(full)
            ?? new SecretNotFoundException($"{string.Join(", ", full.AsEnumerable())} not found.", [.. full.Select(p => p.ToString())]);
    }

    /// <summary>Follows a path of bare keys through sections, without allocating.</summary>
    private SecretValue? Walk(ReadOnlySpan<char> path)
    {
        SectionNode? node = this;
        while (node is not null)
        {
            int dot = path.IndexOf('.');
            ReadOnlySpan<char> key = dot < 0 ? path : path[..dot];
            if (!node._exactSpan.TryGetValue(key, out SecretValue? value) && !node._equivalentSpan.TryGetValue(key, out value))
            {
                return null;
            }

            if (dot < 0)
            {
                return value;
            }

            node = value.Node;
            path = path[(dot + 1)..];
        }

        return null;
    }

    private SecretValue? FindOwn(string key) =>
        _exact.TryGetValue(key, out SecretValue? value) || (_equivalent is not null && _equivalent.TryGetValue(key, out value)) ? value : null;

    private SecretValue? FindOther(string key) => (PathText.IsPlain(key) ? Walk(key) : null) ?? FindBySegments(AsPath(key).Segments);

    // A key need not be a path: "a b" is none, and is looked for as it is.
    private static SecretPath AsPath(string key) => SecretPath.TryParse(key, provider: null, out SecretPath? path) ? path : new SecretPath(key);
}
