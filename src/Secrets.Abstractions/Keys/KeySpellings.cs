using System.Text.Json;

namespace Secrets.Keys;

/// <summary>The spellings in which stores, languages and shells write one key. All of them are equal under <see cref="KeyEquivalence"/>.</summary>
internal static class KeySpellings
{
    private static readonly IEqualityComparer<string> Keys = KeyEquivalence.For(KeyComparison.Equivalent);

    private static readonly PathComparer Paths = new(Keys);

    /// <summary>Gives a key in snake_case, as in <c>open_ai_api_key</c> for <c>OpenAIApiKey</c>; the key itself where snake_case would be another key.</summary>
    public static string Snake(string key)
    {
        // The policy keeps "-" as it is.
        string snake = JsonNamingPolicy.SnakeCaseLower.ConvertName(key.Replace('-', '_'));
        return Keys.Equals(snake, key) ? snake : key;
    }

    /// <summary>Gives a key in upper case, as variables have it: <c>OPEN_AI_API_KEY</c>.</summary>
    public static string Upper(string key) => Snake(key).ToUpperInvariant();

    /// <summary>
    /// Gives the spellings of a path in the order in which a source that cannot list tries them: as the program writes it, then each key in snake_case,
    /// kebab-case, upper case, PascalCase and camelCase, then the names of the members that ask for it.
    /// </summary>
    public static IReadOnlyList<SecretPath> Of(SecretPath path, IEnumerable<SecretPath> memberNames) =>
    [
        .. new[]
        {
            path,
            Respell(path, Snake),
            Respell(path, key => Snake(key).Replace('_', '-')),
            Respell(path, Upper),
            Respell(path, Pascal),
            Respell(path, Camel),
        }.Concat(memberNames).Distinct().Where(spelling => Paths.Equals(spelling, path)),
    ];

    private static SecretPath Respell(SecretPath path, Func<string, string> respell) => new(path.Segments.Select(respell));

    private static string Pascal(string key) =>
        string.Concat(Snake(key).Split('_', '-').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Camel(string key)
    {
        string pascal = Pascal(key);
        return pascal.Length == 0 ? pascal : char.ToLowerInvariant(pascal[0]) + pascal[1..];
    }
}
