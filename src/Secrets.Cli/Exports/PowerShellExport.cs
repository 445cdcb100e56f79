using System.Text;
using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>Statements of PowerShell, whose single quotes are literal; it takes four typographic quotes for them too (CharTraits.cs, IsSingleQuote).</summary>
internal static class PowerShellExport
{
    public static string Write(Variable variable)
    {
        var quoted = new StringBuilder();
        foreach (char character in variable.Value)
        {
            quoted.Append(character, character is '\'' or (>= '\u2018' and <= '\u201B') ? 2 : 1);
        }

        return $"$env:{variable.Name} = '{quoted}'\n";
    }
}
