using System.Text.RegularExpressions;

namespace Secrets.Toml.Reading;

/// <summary>A kind of document that Tomlyn is known to read in another way than this project.</summary>
/// <param name="Name">What Tomlyn does.</param>
/// <param name="Minimal">The shortest such document.</param>
/// <param name="Rewrite">Gives the document without the construct. If both readers agree about that, this fault explains why they did not agree before.</param>
internal sealed record TomlynFault(string Name, string Minimal, Func<string, string> Rewrite)
{
    public TomlynFault(string name, string minimal, [System.Diagnostics.CodeAnalysis.StringSyntax("Regex")] string pattern, string replacement)
        : this(name, minimal, document => Regex.Replace(document, pattern, replacement, RegexOptions.None, TimeSpan.FromSeconds(10)))
    {
    }

    public override string ToString() => Name;
}
