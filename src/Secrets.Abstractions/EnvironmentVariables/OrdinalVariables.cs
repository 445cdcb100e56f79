namespace Secrets.EnvironmentVariables;

/// <summary>
/// The variables of one load under <see cref="KeyComparison.Ordinal"/>: a path has a few names, with its keys as they are spelled or in upper case, and no others.
/// </summary>
internal sealed class OrdinalVariables(IEnumerable<string> names) : IVariableNames
{
    private readonly HashSet<string> _names = new(names, StringComparer.Ordinal);

    /// <summary>Gives the names of a path in the order of precedence.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<string> segments)
    {
        string nested = string.Join("__", segments), flat = string.Join('_', segments);
        return [.. new[] { string.Join('.', segments), Upper(nested), nested, Upper(flat), flat }.Distinct(StringComparer.Ordinal)];
    }

    public string? Find(IReadOnlyList<string> segments, Func<string, bool> isAllowed) =>
        NamesOf(segments).FirstOrDefault(name => _names.Contains(name) && isAllowed(name));

    public string? FindBelow(IReadOnlyList<string> segments, bool isCertain, Func<string, bool> isAllowed)
    {
        string nested = string.Join("__", segments), flat = string.Join('_', segments);
        string[] certain = [string.Join('.', segments) + ".", Upper(nested) + "__", nested + "__"];
        string[] beginnings = isCertain ? certain : [.. certain, Upper(flat) + "_", flat + "_"];
        return _names.Where(name => Array.Exists(beginnings, b => name.StartsWith(b, StringComparison.Ordinal) && name.AsSpan(b.Length).ContainsAnyExcept('_', '.')) && isAllowed(name))
            .Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static string Upper(string name) => name.Replace('-', '_').ToUpperInvariant();
}
