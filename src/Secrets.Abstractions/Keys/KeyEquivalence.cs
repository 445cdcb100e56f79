namespace Secrets.Keys;

/// <summary>
/// The one place that says when two keys are equal under <see cref="KeyComparison.Equivalent"/>:
/// case, <c>_</c> and <c>-</c> are ignored, whatever the culture.
/// </summary>
internal sealed class KeyEquivalence : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    private static readonly KeyEquivalence Equivalent = new();

    // Names come from stores that others can write to: the seed keeps a crafted set of names from sharing one bucket.
    private readonly uint _seed = (uint)Random.Shared.Next();

    private KeyEquivalence()
    {
    }

    public static IEqualityComparer<string> For(KeyComparison comparison) =>
        comparison == KeyComparison.Ordinal ? StringComparer.Ordinal : Equivalent;

    public bool Equals(string? x, string? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.AsSpan(), y.AsSpan()));

    public bool Equals(ReadOnlySpan<char> alternate, string other) => Equals(alternate, other.AsSpan());

    public int GetHashCode(string obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<char> alternate)
    {
        uint hash = _seed;
        foreach (char c in alternate)
        {
            if (!IsSeparator(c))
            {
                hash = (hash ^ Fold(c)) * 0x01000193;
                hash ^= hash >> 15;
            }
        }

        return (int)hash;
    }

    public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();

    private static bool Equals(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < x.Length && IsSeparator(x[i]))
            {
                i++;
            }

            while (j < y.Length && IsSeparator(y[j]))
            {
                j++;
            }

            if (i == x.Length || j == y.Length)
            {
                return i == x.Length && j == y.Length;
            }

            if (x[i] != y[j] && Fold(x[i]) != Fold(y[j]))
            {
                return false;
            }

            i++;
            j++;
        }
    }

    private static bool IsSeparator(char c) => c is '_' or '-';

    private static char Fold(char c) => char.IsAscii(c)
        ? (char)(c is >= 'a' and <= 'z' ? c & ~0x20 : c)
        : char.ToUpperInvariant(c);
}
