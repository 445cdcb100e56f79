using System.Globalization;
using System.Text;

namespace Secrets.Toml.Tests.Conformance;

/// <summary>Writes a secret as a pair in a line of its own.</summary>
internal static class TomlLine
{
    public static string Of(SecretEntry secret) =>
        $"{secret.Path} = {(secret.Value.Kind == SecretKind.String ? Quote(secret.Value.Reveal()) : secret.Value.Reveal())}\n";

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c) : char.IsControl(c) ? quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
