using Secrets.Documents;

namespace Secrets.DotEnv.Reading;

/// <summary>What a mistake probably is, in the words of the format that was meant. A hint is a fixed text: it never holds any part of the file.</summary>
internal static class DotEnvHints
{
    /// <summary>For a value that begins with a typographic quote, which would become a part of it.</summary>
    public const string Quote = "this value begins with a typographic quote, as word processors write it: use \" or ', or put the value into single quotes";

    /// <summary>For a dollar sign that is meant as itself.</summary>
    public const string PlainDollar = "a plain dollar sign is written \\$ or stands in single quotes";

    private const string Pem = "; a value of several lines, such as a private key, stands in quotes";

    private const string Pair = "KEY=value";

    /// <summary>For a place where a key is expected.</summary>
    public static string Key(ReadOnlySpan<char> before, ReadOnlySpan<char> rest) => rest switch
    {
        ['-', '-', '-', '-', '-', ..] => Pem,
        _ when IsInPem(before) => Pem,
        ['{', ..] => $"; this looks like JSON, where a .env file has a line {Pair} for each key",
        ['[', ..] => "; a .env file has no sections: write SECTION__KEY=value, or read a TOML file with AddToml",
        [';', ..] or ['/', '/' or '*', ..] => "; a comment begins with #",
        ['$', ..] => $"; this looks like a line of PowerShell: write {Pair}",
        ['-', '-', '-', ..] => $"; this looks like YAML: write {Pair}",
        [var c, ..] when Typography.IsQuote(c) || c is '"' or '\'' => $"; a key has no quotes: write {Pair}",
        _ => Unseen(rest),
    };

    /// <summary>For a place where <c>=</c> is expected after a key.</summary>
    public static string AfterKey(string key, ReadOnlySpan<char> before, ReadOnlySpan<char> rest) => rest switch
    {
        _ when IsInPem(before) => Pem,
        [':', ..] => $"; this looks like YAML: write {Pair}",
        [var c, ..] when key is "set" or "setx" && char.IsLetter(c) => $"; this looks like a line of a command prompt: leave out the word before the key, and write {Pair}",
        _ => Unseen(rest),
    };

    /// <summary>For a quote that is never closed; the line is that on which it opens.</summary>
    public static string QuoteEnd(ReadOnlySpan<char> line) =>
        line.TrimEnd() is [.., var last] && Typography.IsQuote(last) ? "; its line ends with a typographic quote, as word processors write it: use \" or '" : "";

    private static string Unseen(ReadOnlySpan<char> rest) => rest is [var c, ..] && Typography.UnseenHint(c) is { } hint ? "; " + hint : "";

    private static bool IsInPem(ReadOnlySpan<char> before) => before.LastIndexOf("-----BEGIN ", StringComparison.Ordinal) > before.LastIndexOf("-----END ", StringComparison.Ordinal);
}
