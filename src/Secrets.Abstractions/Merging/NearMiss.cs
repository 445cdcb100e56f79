namespace Secrets.Merging;

/// <summary>Finds the known path that a mistyped one most likely means.</summary>
internal static class NearMiss
{
    private const int LongestPath = 200;
    private const int MostCompared = 5_000;

    public static SecretValue? Of(string path, IReadOnlyDictionary<string, SecretValue> known)
    {
        // Both are bounded, so that a miss on a huge chain, or with a huge key, costs no more than a miss should.
        if (path.Length > LongestPath)
        {
            return null;
        }

        SecretValue? nearest = null;
        int least = Math.Max(2, path.Length / 3) + 1;
        foreach ((string candidate, SecretValue value) in known.Take(MostCompared))
        {
            if (Math.Abs(candidate.Length - path.Length) < least)
            {
                int distance = Distance(path, candidate, least);
                if (distance < least)
                {
                    (nearest, least) = (value, distance);
                }
            }
        }

        return nearest;
    }

    /// <summary>Gives the number of characters to insert, delete, replace or swap, or the limit where it is reached.</summary>
    private static int Distance(string a, string b, int limit)
    {
        int[] twoBack = new int[b.Length + 1], back = new int[b.Length + 1], row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            back[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            int best = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(back[j] + 1, row[j - 1] + 1), back[j - 1] + cost);
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
