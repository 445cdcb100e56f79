using Secrets.Keys;

namespace Secrets.Loading;

/// <summary>A path that the program declared: required, or optional and riding along.</summary>
/// <param name="path">The path.</param>
/// <param name="isRequired">Whether the program cannot start without it.</param>
/// <param name="memberNames">The path in the spelling of the members that stand for it, where members do.</param>
internal sealed class Requirement(SecretPath path, bool isRequired, params IEnumerable<SecretPath> memberNames)
{
    private readonly SecretPath[] _memberNames = [.. memberNames];

    public SecretPath Path { get; } = path;

    public bool IsRequired { get; } = isRequired;

    /// <summary>Leaves one for each path; required where one of them is.</summary>
    public static IReadOnlyList<Requirement> Unite(IEnumerable<Requirement> requirements, IEqualityComparer<string> keys) =>
        [.. requirements.GroupBy(r => r.Path, new PathComparer(keys)).Select(same => new Requirement(same.Key, same.Any(r => r.IsRequired), same.SelectMany(r => r.OtherSpellings(same.Key))))];

    public SecretsDemand ToDemand(KeyComparison comparison) =>
        new(Path, comparison == KeyComparison.Ordinal ? [Path] : KeySpellings.Of(Path, _memberNames), IsRequired);

    // Two spellings of one path may be declared; a store that has either is found.
    private IEnumerable<SecretPath> OtherSpellings(SecretPath first) => Path == first ? _memberNames : _memberNames.Prepend(Path);
}
