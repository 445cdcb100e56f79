namespace Secrets.Merging;

/// <summary>Finds the known path that a mistyped one most likely means.</summary>
internal static class NearMiss
{
    private const int LongestPath = 200;
    private const int MostCompared = 5_000;
    private const int MostEdits = 8;

    public static SecretValue? Of(string path, IReadOnlyDictionary<string, SecretValue> known)
    {
        // All is bounded, so that a miss on a huge chain, or with a huge key, costs no more than a miss should.
        if (path.Length > LongestPath)
        {
            return null;
        }

        SecretValue? nearest = null;
        int least = MostEditsOf(path.Length) + 1;
        string meant = path.ToUpperInvariant();
        int width = meant.Length + least + 1;
        (int[] TwoBack, int[] Back, int[] Row) rows = (new int[width], new int[width], new int[width]);
        foreach ((string candidate, SecretValue value) in known.Take(MostCompared))
        {
            if (Math.Abs(candidate.Length - path.Length) < least)
            {
                string other = candidate.ToUpperInvariant();
                int distance = Distance(meant, other, least, rows);
                if (distance < least && distance <= MostEditsOf(meant.Length - SharedKeys(meant, other)))
                {
                    (nearest, least) = (value, distance);
                }
            }
        }

        return nearest;
    }

    private static int MostEditsOf(int length) => Math.Clamp(length / 3, 1, MostEdits);

    /// <summary>Gives how many characters the keys take that both begin with: what is right already leaves no more room for what is wrong.</summary>
    private static int SharedKeys(string a, string b)
    {
        int same = a.AsSpan().CommonPrefixLength(b);
        return a.AsSpan(0, same).LastIndexOf('.') + 1;
    }

    /// <summary>Gives the number of characters to insert, delete, replace or swap, or the limit where it is reached.</summary>
    private static int Distance(string a, string b, int limit, (int[] TwoBack, int[] Back, int[] Row) rows)
    {
        (int[] twoBack, int[] back, int[] row) = rows;
        for (int j = 0; j <= b.Length; j++)
        {
            back[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            // What lies farther from the diagonal than the limit costs at least the limit.
            int first = Math.Max(1, i - limit + 1), last = Math.Min(b.Length, i + limit - 1);
            int best = row[first - 1] = first == 1 ? i : limit;
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

        return back[b.Length];
    }
}
