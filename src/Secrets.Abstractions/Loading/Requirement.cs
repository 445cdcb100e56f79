using System.Text.Json;
using Secrets.Keys;

namespace Secrets.Loading;

/// <summary>A path that the program declared: required, or optional and riding along.</summary>
internal sealed class Requirement(SecretPath path, bool isRequired)
{
    private static readonly PathComparer Paths = new(KeyEquivalence.For(KeyComparison.Equivalent));

    public SecretPath Path { get; } = path;

    public bool IsRequired { get; } = isRequired;

    /// <summary>Leaves one for each path; required where one of them is.</summary>
    public static IReadOnlyList<Requirement> Unite(IEnumerable<Requirement> requirements, IEqualityComparer<string> keys) =>
        [.. requirements.GroupBy(r => r.Path, new PathComparer(keys)).Select(same => new Requirement(same.Key, same.Any(r => r.IsRequired)))];

    public SecretsDemand ToDemand(KeyComparison comparison) => new(Path, IsRequired, comparison);

    /// <summary>Gives the spellings of a path in the order in which a source that cannot list tries them.</summary>
    public static IReadOnlyList<SecretPath> Spellings(SecretPath path, KeyComparison comparison) => comparison == KeyComparison.Ordinal ? [path] :
    [
        .. new[]
        {
            path,
            Respell(path, Snake),
            Respell(path, key => Snake(key).Replace('_', '-')),
            Respell(path, Pascal),
        }.Distinct().Where(spelling => Paths.Equals(spelling, path)),
    ];

    private static SecretPath Respell(SecretPath path, Func<string, string> respell) => new(path.Segments.Select(respell));

    // The policy for kebab-case leaves "_" as it is, and the one for snake_case "-".
    private static string Snake(string key) => JsonNamingPolicy.SnakeCaseLower.ConvertName(key.Replace('-', '_'));

    private static string Pascal(string key) =>
        string.Concat(key.Split('_', '-').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
