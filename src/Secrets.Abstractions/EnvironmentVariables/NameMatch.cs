using Secrets.Keys;

namespace Secrets.EnvironmentVariables;

/// <summary>
/// The rule by which a variable's name fits a path under <see cref="KeyComparison.Equivalent"/>: the name splits into the keys of the path, each equal to its
/// key, with <c>_</c>, <c>__</c> or <c>.</c> between each two. So <c>DATABASE_URL</c> fits <c>database.url</c> and <c>database_url</c>, and not <c>data.base_url</c>.
/// </summary>
internal static class NameMatch
{
    /// <summary>Says how a name fits a path.</summary>
    public static NameFit Of(ReadOnlySpan<char> name, IReadOnlyList<string> segments) =>
        IsExact(name, segments) ? NameFit.Exact
        : Begins(name, segments, out int end, out NameFit fit) && !name[end..].ContainsAnyExcept('_', '-') ? fit
        : NameFit.None;

    /// <summary>Says which separator follows the given path in a name that fits a path below it.</summary>
    public static NameFit Below(ReadOnlySpan<char> name, IReadOnlyList<string> segments) =>
        Begins(name, segments, out int end, out _)
        && SkipBoundary(name, ref end, isDotNext: false) is var boundary
        && name[end..].ContainsAnyExcept('_', '-', '.')
            ? boundary
            : NameFit.None;

    private static bool Begins(ReadOnlySpan<char> name, IReadOnlyList<string> segments, out int end, out NameFit fit)
    {
        (end, fit) = (0, NameFit.Exact);
        for (int i = 0; i < segments.Count; i++)
        {
            string segment = segments[i];
            if (i > 0)
            {
                NameFit boundary = SkipBoundary(name, ref end, segment.StartsWith('.'));
                fit = i == 1 || boundary == fit ? boundary : NameFit.Other;
                if (boundary == NameFit.None)
                {
                    return false;
                }
            }

            int start = end;
            if (!SkipKey(name, segment, ref end) || !KeyEquivalence.AreEqual(name[start..end], segment))
            {
                return false;
            }
        }

        return true;
    }

    private static NameFit SkipBoundary(ReadOnlySpan<char> name, ref int at, bool isDotNext)
    {
        int start = at;
        at += name[at..].IndexOfAnyExcept('_', '-') is >= 0 and int length ? length : name.Length - at;
        bool hasUnderscore = name[start..at].Contains('_');
        if (at < name.Length && name[at] == '.' && !(isDotNext && hasUnderscore))
        {
            at++;
        }
        else if (!hasUnderscore)
        {
            return NameFit.None;
        }

        return name[start..at] switch
        {
            "." => NameFit.Exact,
            "__" => NameFit.TwoUnderscores,
            "_" => NameFit.OneUnderscore,
            _ => NameFit.Other,
        };
    }

    /// <summary>Skips as much of a name as a key takes. A key without any letter has no place of its own in a name, so only the exact name fits it.</summary>
    private static bool SkipKey(ReadOnlySpan<char> name, string key, ref int at)
    {
        int left = key.Length - key.AsSpan().Count('_') - key.AsSpan().Count('-');
        if (left == 0)
        {
            return false;
        }

        for (; left > 0 && at < name.Length; at++)
        {
            left -= name[at] is '_' or '-' ? 0 : 1;
        }

        return left == 0;
    }

    private static bool IsExact(ReadOnlySpan<char> name, IReadOnlyList<string> segments)
    {
        int at = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            if (i > 0 && (at == name.Length || name[at++] != '.'))
            {
                return false;
            }

            if (!name[at..].StartsWith(segments[i], StringComparison.Ordinal))
            {
                return false;
            }

            at += segments[i].Length;
        }

        return at == name.Length;
    }
}
