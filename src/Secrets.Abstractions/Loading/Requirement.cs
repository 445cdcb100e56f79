using System.Text.Json;

namespace Secrets.Loading;

/// <summary>A path that the program declared: required, or optional and riding along.</summary>
internal sealed class Requirement(SecretPath path, bool isRequired)
{
    public SecretPath Path { get; } = path;

    public bool IsRequired { get; } = isRequired;

    public SecretsDemand ToDemand(KeyComparison comparison) => new(Path, comparison == KeyComparison.Ordinal ? [Path] : Spellings(Path), IsRequired);

    private static SecretPath[] Spellings(SecretPath path) =>
    [
        .. new[]
        {
            path,
            Respell(path, JsonNamingPolicy.SnakeCaseLower.ConvertName),
            Respell(path, JsonNamingPolicy.KebabCaseLower.ConvertName),
            Respell(path, Pascal),
        }.Distinct(),
    ];

    private static SecretPath Respell(SecretPath path, Func<string, string> respell) => new(path.Segments.Select(respell));

    private static string Pascal(string key) =>
        string.Concat(key.Split('_', '-').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
