namespace Secrets.Keys;

/// <summary>Compares paths segment by segment, each by the chain's key comparison.</summary>
internal sealed class PathComparer(IEqualityComparer<string> keys) : IEqualityComparer<SecretPath>
{
    public static PathComparer Equivalent { get; } = new(KeyEquivalence.For(KeyComparison.Equivalent));

    public static PathComparer Ordinal { get; } = new(KeyEquivalence.For(KeyComparison.Ordinal));

    public static PathComparer For(KeyComparison comparison) => comparison == KeyComparison.Ordinal ? Ordinal : Equivalent;

    public bool Equals(SecretPath? x, SecretPath? y)
    {
        if (x is null || y is null)
        {
            return x is null && y is null;
        }

        return x.Segments.Count == y.Segments.Count && StartsWith(x, y);
    }

    public int GetHashCode(SecretPath obj)
    {
        var hash = default(HashCode);
        foreach (string segment in obj.Segments)
        {
            hash.Add(segment, keys);
        }

        return hash.ToHashCode();
    }

    /// <summary>Says whether one path is the other one, lies below it or lies above it.</summary>
    public bool Overlap(SecretPath a, SecretPath b) => StartsWith(a, b) || StartsWith(b, a);

    public bool StartsWith(SecretPath path, SecretPath prefix)
    {
        if (prefix.Segments.Count > path.Segments.Count)
        {
            return false;
        }

        for (int i = 0; i < prefix.Segments.Count; i++)
        {
            if (!keys.Equals(path.Segments[i], prefix.Segments[i]))
            {
                return false;
            }
        }

        return true;
    }
}
