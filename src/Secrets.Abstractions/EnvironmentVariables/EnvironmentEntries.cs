using System.Globalization;
using Secrets.Keys;

namespace Secrets.EnvironmentVariables;

/// <summary>The variables that begin with a prefix, as entries: <c>__</c> stands between two keys, and keys that count from 0 make an array.</summary>
internal sealed class EnvironmentEntries(string prefix, IReadOnlyDictionary<string, string> variables, SecretsRequest request)
{
    private readonly IEqualityComparer<string> _keys = KeyEquivalence.For(request.KeyComparison);

    public IReadOnlyList<SecretEntry> Read()
    {
        SecretEntry[] entries = [.. variables.Keys.Order(StringComparer.Ordinal).Select(Entry)];

        // The chain refuses what is too deep.
        return Array.Exists(entries, e => e.Path.Segments.Count > DepthLimit.MaxKeys) ? entries : [.. Fold(entries, depth: 0)];
    }

    /// <summary>Gives the names of a path: those that are set, then the one that people write.</summary>
    public static IReadOnlyList<string> NamesOf(SecretPath path, string prefix, EnvironmentCopy copy)
    {
        var paths = PathComparer.For(copy.Comparison);
        IEnumerable<string> set = copy.Variables.Keys.Where(name => paths.Equals(PathOf(name, prefix), path)).Order(StringComparer.Ordinal);
        return [.. set.Append(EnvironmentNames.Of(prefix, path.Segments, copy.Comparison)).Distinct(StringComparer.Ordinal)];
    }

    private static SecretPath PathOf(string name, string prefix)
    {
        string rest = name[prefix.Length..];
        string[] keys = rest.Split("__");
        return Array.Exists(keys, k => k.Length == 0) ? new SecretPath(rest) : new SecretPath(keys);
    }

    private SecretEntry Entry(string name) => new(PathOf(name, prefix), SecretValue.FromText(variables[name], request.Origin(name)));

    /// <summary>Gives entries that share their first keys, with those that make an array in one.</summary>
    private IEnumerable<SecretEntry> Fold(IEnumerable<SecretEntry> entries, int depth) => entries.GroupBy(e => e.Path.Segments[depth], _keys).SelectMany(group =>
    {
        SecretEntry[] all = [.. group];
        SecretEntry[] below = [.. all.Where(e => e.Path.Segments.Count > depth + 1)];
        return below.Length == 0 ? all
            : below.Length == all.Length && AsArray(all, depth + 1) is { } array
                ? [new SecretEntry(new SecretPath(all[0].Path.Segments.Take(depth + 1)), array)]
                : [.. all.Except(below), .. Fold(below, depth + 1)];
    });

    /// <summary>Gives the array of which entries are the elements; <see langword="null"/> where their keys do not count from 0, or one of them is there twice.</summary>
    private SecretValue? AsArray(SecretEntry[] entries, int depth)
    {
        ILookup<string, SecretEntry> byKey = entries.ToLookup(e => e.Path.Segments[depth], StringComparer.Ordinal);
        if (!byKey.Contains("0") || !byKey.All(group => IsIndex(group.Key)))
        {
            return null;
        }

        var elements = new List<SecretValue>(byKey.Count);
        for (int i = 0; i < byKey.Count; i++)
        {
            SecretEntry[] element = [.. byKey[i.ToString(CultureInfo.InvariantCulture)]];
            if (element.Length == 0)
            {
                return Gap(entries, depth, i);
            }

            if (Element(element, depth) is not { } value)
            {
                return null;
            }

            elements.Add(value);
        }

        return SecretValue.FromArray(elements, entries[0].Value.Origin);
    }

    private SecretValue? Element(SecretEntry[] entries, int depth)
    {
        if (entries.Length == 1 && entries[0].Path.Segments.Count == depth + 1)
        {
            return entries[0].Value;
        }

        if (Array.Exists(entries, e => e.Path.Segments.Count == depth + 1))
        {
            return null;
        }

        return AsArray(entries, depth + 1) ?? Section(Fold(entries, depth + 1), depth + 1, entries[0].Value.Origin);
    }

    private static SecretValue Section(IEnumerable<SecretEntry> entries, int depth, SecretOrigin origin) => SecretValue.FromSection(
        entries.GroupBy(e => e.Path.Segments[depth], StringComparer.Ordinal).SelectMany(group =>
        {
            // Both stay where a key is a value and a section: the chain reports the two.
            SecretEntry[] leaves = [.. group.Where(e => e.Path.Segments.Count == depth + 1)];
            SecretEntry[] below = [.. group.Except(leaves)];
            IEnumerable<SecretValue> sections = below.Length == 0 ? [] : [Section(below, depth + 1, below[0].Value.Origin)];
            return leaves.Select(e => e.Value).Concat(sections).Select(value => KeyValuePair.Create(group.Key, value));
        }),
        origin);

    private SecretValue Gap(SecretEntry[] entries, int depth, int missing)
    {
        string path = new SecretPath(entries[0].Path.Segments.Take(depth)).ToString();
        string name = prefix + string.Join("__", entries[0].Path.Segments.Take(depth)) + "__" + missing.ToString(CultureInfo.InvariantCulture);
        return SecretValue.Unreadable(
            new SecretsSourceException(
                SecretsErrorCode.InvalidFormat,
                $"the elements of the array {path} count from 0 without a gap, and {name} is not set. Set it, or renumber the others.",
                request.SourceName),
            entries[0].Value.Origin);
    }

    private static bool IsIndex(string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
        && string.Equals(key, index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
