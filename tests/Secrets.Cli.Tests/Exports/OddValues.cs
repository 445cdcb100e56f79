using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>Values that quoting gets wrong, for every format.</summary>
internal static class OddValues
{
    public static TheoryData<string> All =>
    [
        "", "plain", " both ends ", "\ttab\t", "it's", "say \"hi\"", "'both' \"kinds\"", "$HOME", "$$w0rd$1", "${HOME}", "`id`", "$(id)", "a\\b", "a\\\\b", "tail\\", "\\n is no line", "\\$x",
        "one\ntwo", "one\ntwo\n", "\nfirst", "cr\rlf\r\n", "p#w", "p # w", "#first", ";first", "a=b==", "=first", "é☃😀", "‘typographic’ ‚‛", "%41 100%", "!x", "a;b|c&d<e>f*g?h[i]j{k}l~m", "-----BEGIN KEY-----\nabc+/=\n-----END KEY-----\n",
        "{\"k\":\"v\"}", "'", "\"", "\\", "$", "'$x", "END\nEOF\n", "\"quoted\"", "'quoted'", "\u0001\u001F\u007F", "it's $5", "a'b\\c", "export X=1", "\u2028\u0085",
    ];

    public static Variable Named(string name, string value) => new(name, value, name);
}
