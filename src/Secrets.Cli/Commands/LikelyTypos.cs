using Secrets.Cli.Values;
using Secrets.Merging;

namespace Secrets.Cli.Commands;

/// <summary>Keys that nothing requires and that look like a required one that is there too: a value under a mistyped key changes nothing, without a word.</summary>
internal static class LikelyTypos
{
    /// <summary>Gives a sentence for each such key. A required key that is missing has a message of its own.</summary>
    public static IEnumerable<string> Find(SecretsStore store, IReadOnlyList<string> required)
    {
        List<KeyValuePair<string, SecretValue>> known = [];
        foreach (string path in required)
        {
            if (store.TryGetValue(path, out SecretValue? value))
            {
                known.Add(KeyValuePair.Create(path, value));
            }
        }

        SecretPath[] paths = [.. required.Select(path => SecretPath.Parse(path))];
        return Leaf.Of(store)
            .Where(leaf => !Array.Exists(paths, leaf.Path.StartsWith))
            .Select(leaf => (Leaf: leaf, Near: NearMiss.Of(leaf.Path.ToString(), known)?.DisplayPath))
            .Where(pair => pair.Near is not null && !AreNumbered(pair.Near, pair.Leaf.Path.ToString()))
            .Select(pair => $"{pair.Leaf.Path} ({pair.Leaf.Value.Origin.Location}) is not required and looks like a mistyped {pair.Near}.");
    }

    // db1 and db2 are two databases.
    private static bool AreNumbered(string first, string second) => WithoutDigits(first).Equals(WithoutDigits(second), StringComparison.OrdinalIgnoreCase);

    private static string WithoutDigits(string text) => string.Concat(text.Where(c => !char.IsAsciiDigit(c)));
}
