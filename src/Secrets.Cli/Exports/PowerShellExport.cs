using System.Globalization;
using System.Text;
using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>
/// Statements of PowerShell in printable ASCII alone. PowerShell decodes what a program prints by the console's code page, splits it into lines and joins them
/// with the line end of its system, so a character that this would change is written as its number. Single quotes are literal.
/// </summary>
internal static class PowerShellExport
{
    public static string Write(Variable variable)
    {
        var pieces = new List<string>();
        var literal = new StringBuilder();
        foreach (char character in variable.Value)
        {
            if (character is >= ' ' and <= '~')
            {
                literal.Append(character, character == '\'' ? 2 : 1);
                continue;
            }

            AddLiteral(pieces, literal);
            pieces.Add(string.Create(CultureInfo.InvariantCulture, $"[char]{(int)character}"));
        }

        if (pieces.Count == 0)
        {
            return $"$env:{variable.Name} = '{literal}'\n";
        }

        AddLiteral(pieces, literal);
        return $"$env:{variable.Name} = -join ({string.Join(", ", pieces)})\n";
    }

    private static void AddLiteral(List<string> pieces, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            pieces.Add($"'{literal}'");
            literal.Clear();
        }
    }
}
