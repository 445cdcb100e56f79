using System.Buffers;

namespace Secrets.Remote;

/// <summary>How a path is written as a name in a store, and read from one; in one place for each store.</summary>
internal sealed class NameRules
{
    private readonly SearchValues<char> _allowed;

    public NameRules(string separator, string allowed, string explanation)
    {
        Separator = separator;
        _allowed = SearchValues.Create(allowed);
        Explanation = explanation;
    }

    /// <summary>Gets what stands between two keys.</summary>
    public string Separator { get; }

    /// <summary>Gets what a key may be made of, for people.</summary>
    public string Explanation { get; }

    /// <summary>Gets a value indicating whether a secret is a leaf by its whole name.</summary>
    public bool NamesLeaves { get; init; } = true;

    /// <summary>Gets a value indicating whether a secret may be an object whose fields are the leaves.</summary>
    public bool NamesObjects { get; init; } = true;

    /// <summary>Gets when two names are one.</summary>
    public StringComparer Comparer { get; init; } = StringComparer.Ordinal;

    /// <summary>Gives the names under which the store may have a path, the most specific first, each with the number of segments that it stands for; none where it cannot have it.</summary>
    public IEnumerable<(string Name, int Segments)> Candidates(string prefix, IReadOnlyList<string> segments, bool mayBeFields = true)
    {
        int longest = NamesLeaves || segments.Count == 1 ? segments.Count : segments.Count - 1;
        int shortest = NamesObjects && mayBeFields ? 1 : longest;
        for (int count = longest; count >= shortest; count--)
        {
            if (segments.Take(count).All(IsName))
            {
                yield return (prefix + string.Join(Separator, segments.Take(count)), count);
            }
        }
    }

    /// <summary>Gives the keys of a name whose prefix is cut off, or <see langword="null"/> where a path would not lead back to it.</summary>
    public IReadOnlyList<string>? Split(string rest)
    {
        string[] segments = rest.Split(Separator);
        return Array.TrueForAll(segments, IsName) ? segments : null;
    }

    // A segment of dots climbs in a URL (RFC 3986, section 5.2.4).
    private bool IsName(string segment) =>
        segment is not ("" or "." or "..")
        && !segment.AsSpan().ContainsAnyExcept(_allowed)
        && !segment.Contains(Separator, StringComparison.Ordinal);
}
