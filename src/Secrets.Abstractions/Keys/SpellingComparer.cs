using System.Text;

namespace Secrets.Keys;

/// <summary>
/// Compares spellings of keys, with or without regard to case. Its hash is the runtime's, which is seeded in each process: key names come from stores
/// that others can write to, and no set of crafted names shares a hash.
/// </summary>
internal sealed class SpellingComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    private readonly StringComparison _comparison;

    private SpellingComparer(StringComparison comparison) => _comparison = comparison;

    public static SpellingComparer Exact { get; } = new(StringComparison.Ordinal);

    public static SpellingComparer IgnoreCase { get; } = new(StringComparison.OrdinalIgnoreCase);

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal) || (x is not null && y is not null && IsEqualButForCase(x, y));

    public bool Equals(ReadOnlySpan<char> alternate, string other) => alternate.SequenceEqual(other) || IsEqualButForCase(alternate, other);

    public int GetHashCode(string obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<char> alternate) => string.GetHashCode(alternate, _comparison);

    public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();

    // Nearly every key is ASCII, which the first comparison decides in half the time of the second.
    private bool IsEqualButForCase(ReadOnlySpan<char> x, ReadOnlySpan<char> y) =>
        _comparison == StringComparison.OrdinalIgnoreCase && (Ascii.EqualsIgnoreCase(x, y) || x.Equals(y, StringComparison.OrdinalIgnoreCase));
}
