namespace Secrets.Merging;

/// <summary>Finds the known path that a mistyped one most likely means.</summary>
internal static class NearMiss
{
    private const int MaxPathLength = 200;
    private const int MaxEdits = 8;

    // A miss on a huge chain costs no more than a miss should. Where that is not enough to compare all, none is named: it might be the wrong one.
    private const int MaxSteps = 50_000_000;

    public static SecretValue? Of(string path, IEnumerable<KeyValuePair<string, SecretValue>> known)
    {
        if (path.Length > MaxPathLength)
        {
            return null;
        }

        SecretValue? nearest = null;
        int least = MaxEditsOf(path.Length) + 1;
        int left = MaxSteps;
        int width = path.Length + least + 1;
        Span<char> meantBuffer = stackalloc char[MaxPathLength], otherBuffer = stackalloc char[MaxPathLength + MaxEdits];
        ReadOnlySpan<char> meant = Upper(path, meantBuffer);
        (int[] TwoBack, int[] Back, int[] Row) rows = (new int[width], new int[width], new int[width]);
        foreach ((string candidate, SecretValue value) in known)
        {
            if (Math.Abs(candidate.Length - path.Length) >= least)
            {
                continue;
            }

            ReadOnlySpan<char> other = Upper(candidate, otherBuffer);
            int same = meant.CommonPrefixLength(other);
            int distance = Distance(meant[same..], other[same..], least, rows, ref left);
            if (left < 0)
            {
                return null;
            }

            if (distance < least && distance <= MaxEditsOf(meant.Length - SharedKeys(meant[..same])))
            {
                (nearest, least) = (value, distance);
            }
        }

        return nearest;
    }

    private static int MaxEditsOf(int length) => Math.Clamp(length / 3, 1, MaxEdits);

    private static ReadOnlySpan<char> Upper(string text, Span<char> buffer) => buffer[..text.AsSpan().ToUpperInvariant(buffer)];

    /// <summary>Gives how many characters the keys take that both begin with: what is right already leaves no more room for what is wrong.</summary>
    private static int SharedKeys(ReadOnlySpan<char> same) => same.LastIndexOf('.') + 1;

    /// <summary>Gives the number of characters to insert, delete, replace or swap, or the limit where it is reached.</summary>
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit, (int[] TwoBack, int[] Back, int[] Row) rows, ref int left)
    {
        (int[] twoBack, int[] back, int[] row) = rows;
        int near = Math.Min(b.Length, limit);
        left -= near + 1;
        for (int j = 0; j <= near; j++)
        {
            back[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            // What lies farther from the diagonal than the limit costs at least the limit.
            int first = Math.Max(1, i - limit + 1), last = Math.Min(b.Length, i + limit - 1);
            int best = row[first - 1] = first == 1 ? i : limit;
            left -= last - first + 1;
            for (int j = first; j <= last; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int above = j < i + limit - 1 ? back[j] : limit;
                row[j] = Math.Min(Math.Min(above + 1, row[j - 1] + 1), back[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], twoBack[j - 2] + 1);
                }

                best = Math.Min(best, row[j]);
            }

            if (best >= limit)
            {
                return limit;
            }

            (twoBack, back, row) = (back, row, twoBack);
        }

        return Math.Min(back[b.Length], limit);
    }
}
