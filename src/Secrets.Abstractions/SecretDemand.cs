using Secrets.Keys;

namespace Secrets;

/// <summary>One path that a program declared, and that a source is asked for.</summary>
public sealed class SecretDemand
{
    private readonly KeyComparison _keyComparison;
    private readonly SecretPath[] _memberNames;

    /// <summary>Creates a demand. The chain creates its own; this constructor lets a source be tried without one.</summary>
    /// <param name="path">The canonical path.</param>
    /// <param name="isRequired">Whether the program cannot start without it.</param>
    /// <param name="keyComparison">When two keys are one, on which the spellings depend.</param>
    public SecretDemand(SecretPath path, bool isRequired = true, KeyComparison keyComparison = KeyComparison.Equivalent)
        : this(path, isRequired, keyComparison, [])
    {
    }

    internal SecretDemand(SecretPath path, bool isRequired, KeyComparison keyComparison, IEnumerable<SecretPath> memberNames)
    {
        ArgumentNullException.ThrowIfNull(path);
        Path = path;
        IsRequired = isRequired;
        _keyComparison = keyComparison;
        _memberNames = [.. memberNames];
    }

    /// <summary>Gets the canonical path. A source returns what it finds under this path, or under the store's own spelling of it.</summary>
    public SecretPath Path { get; }

    /// <summary>
    /// Gets the spellings that a source which cannot list tries, a round of calls for each, in this order: the canonical path, then its keys in
    /// snake_case (<c>api_key</c>), kebab-case (<c>api-key</c>), upper case (<c>API_KEY</c>), PascalCase (<c>ApiKey</c>) and camelCase (<c>apiKey</c>), then
    /// the names of the members that stand for it (<c>APIKey</c>), without repetitions. Under <see cref="KeyComparison.Ordinal"/> it is the canonical path alone.
    /// </summary>
    public IReadOnlyList<SecretPath> Spellings => field ??= _keyComparison == KeyComparison.Ordinal ? [Path] : KeySpellings.Of(Path, _memberNames);

    /// <summary>Gets a value indicating whether the program cannot start without it; an optional path rides along and never causes contact.</summary>
    public bool IsRequired { get; }

    /// <summary>Gives the canonical path.</summary>
    /// <returns>The path as text.</returns>
    public override string ToString() => Path.ToString();

    /// <summary>Unites the demands of equal paths into one each; it is required where one of them is, and has the spellings of all.</summary>
    internal static IReadOnlyList<SecretDemand> Unite(IEnumerable<SecretDemand> demands, KeyComparison comparison) =>
    [
        .. demands.GroupBy(d => d.Path, SecretPath.Comparer(comparison))
            .Select(same => new SecretDemand(same.Key, same.Any(d => d.IsRequired), comparison, same.SelectMany(d => d.OtherSpellings(same.Key)))),
    ];

    /// <summary>True where a path was asked for, one below which it lies, or one that lies below it; <see langword="null"/> asks for everything.</summary>
    internal static bool Includes(IReadOnlyList<SecretDemand>? demands, SecretPath path, KeyComparison comparison) =>
        demands is null || demands.Any(d => PathComparer.For(comparison).Overlap(path, d.Path));

    // Two spellings of one path may be declared; a store that has either is found.
    private IEnumerable<SecretPath> OtherSpellings(SecretPath first) => Path == first ? _memberNames : _memberNames.Prepend(Path);
}
