using System.Buffers;

namespace Secrets.Remote;

/// <summary>How a store writes a path as the name of a secret: what stands between two keys, and which characters a key may have.</summary>
public sealed class RemoteNameRules
{
    /// <summary>ASCII letters and digits.</summary>
    internal const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private readonly SearchValues<char> _allowed;

    /// <summary>Creates rules.</summary>
    /// <param name="separator">What stands between two keys: with <c>/</c>, the path <c>database.password</c> is the name <c>database/password</c>.</param>
    /// <param name="allowed">The characters that a key may have. A key with any other has no name in this store.</param>
    /// <param name="explanation">What a name is made of, for messages, such as <c>the keys of a name are made of ASCII letters and digits, with / between two</c>.</param>
    public RemoteNameRules(string separator, string allowed, string explanation)
    {
        ArgumentException.ThrowIfNullOrEmpty(separator);
        ArgumentNullException.ThrowIfNull(allowed);
        ArgumentNullException.ThrowIfNull(explanation);
        Separator = separator;
        _allowed = SearchValues.Create(allowed);
        Explanation = explanation;
    }

    /// <summary>Gets rules that fit many stores: ASCII letters, digits and <c>_.-</c>, with <c>/</c> between two keys.</summary>
    public static RemoteNameRules Default { get; } = new("/", Letters + "_.-", "the keys of a name are made of ASCII letters, digits and _.-, with one / between two");

    /// <summary>Gets what stands between two keys.</summary>
    public string Separator { get; }

    /// <summary>Gets what a name is made of, for messages.</summary>
    public string Explanation { get; }

    /// <summary>Gets a value indicating whether a secret may be one value, so that <c>database.password</c> can be the secret <c>database/password</c>.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool NamesLeaves { get; init; } = true;

    /// <summary>Gets a value indicating whether a secret may be an object, so that <c>database.password</c> can be the field <c>password</c> of the secret <c>database</c>.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool NamesObjects { get; init; } = true;

    /// <summary>Gets when two names are one.</summary>
    /// <value>Default <see cref="StringComparer.Ordinal"/>.</value>
    public StringComparer Comparer { get; init; } = StringComparer.Ordinal;

    /// <summary>Gives the names under which the store may have a path, the most specific first, each with the number of segments that it stands for; none where it cannot have it.</summary>
    internal IEnumerable<(string Name, int Segments)> Candidates(string prefix, IReadOnlyList<string> segments, bool mayBeFields = true)
    {
        int longest = NamesLeaves || segments.Count == 1 ? segments.Count : segments.Count - 1;
        int shortest = NamesObjects && mayBeFields ? 1 : longest;

        // Without a segment left, the path is that of the prefix itself, which is no secret.
        for (int count = longest; count >= Math.Max(shortest, 1); count--)
        {
            if (segments.Take(count).All(IsName))
            {
                yield return (prefix + string.Join(Separator, segments.Take(count)), count);
            }
        }
    }

    /// <summary>Gives the keys of a name whose prefix is cut off, or <see langword="null"/> where a path would not lead back to it.</summary>
    internal IReadOnlyList<string>? Split(string rest)
    {
        string[] segments = rest.Split(Separator);
        return Array.TrueForAll(segments, IsName) ? segments : null;
    }

    /// <summary>Says whether a name begins with a prefix, compared as the store compares names.</summary>
    internal bool IsBelow(string prefix, string name) => name.Length >= prefix.Length && Comparer.Equals(name[..prefix.Length], prefix);

    // A segment of dots climbs in a URL (RFC 3986, section 5.2.4).
    private bool IsName(string segment) =>
        segment is not ("" or "." or "..")
        && !segment.AsSpan().ContainsAnyExcept(_allowed)
        && !segment.Contains(Separator, StringComparison.Ordinal);
}
