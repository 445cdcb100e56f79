using Secrets.Keys;

namespace Secrets.EnvironmentVariables;

/// <summary>The names that messages give for a path: those that people write, out of all that would fit.</summary>
internal static class EnvironmentNames
{
    /// <summary>Gives the names of a path for a source without a prefix.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> segments, KeyComparison comparison)
    {
        if (comparison == KeyComparison.Ordinal)
        {
            return OrdinalVariables.NamesOf(segments);
        }

        string[] keys = [.. segments.Select(KeySpellings.Upper).Select(key => key.Replace('-', '_'))];
        return keys.Length == 1 ? keys : [string.Join("__", keys), string.Join('_', keys)];
    }

    /// <summary>Gives the name of a path for a source with a prefix.</summary>
    public static string Of(string prefix, IReadOnlyList<string> segments, KeyComparison comparison) =>
        prefix + string.Join("__", comparison == KeyComparison.Ordinal ? segments : segments.Select(KeySpellings.Upper));
}
