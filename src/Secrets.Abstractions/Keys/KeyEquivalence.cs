namespace Secrets.Keys;

/// <summary>
/// The one place that says when two keys are equal under <see cref="KeyComparison.Equivalent"/>:
/// where they are the same but for case, once <c>_</c> and <c>-</c> are taken out, whatever the culture.
/// </summary>
internal sealed class KeyEquivalence : IEqualityComparer<string>
{
    /// <summary>Up to this length a key is made compact on the stack.</summary>
    public const int MaxStackChars = 128;

    private static readonly KeyEquivalence Equivalent = new();

    private KeyEquivalence()
    {
    }

    public static IEqualityComparer<string> For(KeyComparison comparison) =>
        comparison == KeyComparison.Ordinal ? StringComparer.Ordinal : Equivalent;

    public static bool HasSeparator(ReadOnlySpan<char> key) => key.ContainsAny('_', '-');

    /// <summary>Takes <c>_</c> and <c>-</c> out of a key.</summary>
    public static string Compact(string key)
    {
        Span<char> buffer = key.Length <= MaxStackChars ? stackalloc char[MaxStackChars] : new char[key.Length];
        return new string(buffer[..Compact(key, buffer)]);
    }

    /// <summary>Takes <c>_</c> and <c>-</c> out of a key, into a buffer that is at least as long; gives the length of what is left.</summary>
    public static int Compact(ReadOnlySpan<char> key, Span<char> buffer)
    {
        int length = 0;
        foreach (char c in key)
        {
            if (c is not ('_' or '-'))
            {
                buffer[length++] = c;
            }
        }

        return length;
    }

    /// <summary>Says whether two keys are equal.</summary>
    public static bool AreEqual(ReadOnlySpan<char> x, ReadOnlySpan<char> y) =>
        x.Equals(y, StringComparison.OrdinalIgnoreCase) || ((HasSeparator(x) || HasSeparator(y)) && AreCompactEqual(x, y));

    public bool Equals(string? x, string? y) => x is null || y is null ? x is null && y is null : AreEqual(x, y);

    public int GetHashCode(string obj)
    {
        Span<char> buffer = obj.Length <= MaxStackChars ? stackalloc char[MaxStackChars] : new char[obj.Length];
        return string.GetHashCode(buffer[..Compact(obj, buffer)], StringComparison.OrdinalIgnoreCase);
    }

    private static bool AreCompactEqual(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        Span<char> first = x.Length <= MaxStackChars ? stackalloc char[MaxStackChars] : new char[x.Length];
        Span<char> second = y.Length <= MaxStackChars ? stackalloc char[MaxStackChars] : new char[y.Length];
        return first[..Compact(x, first)].Equals(second[..Compact(y, second)], StringComparison.OrdinalIgnoreCase);
    }
}
