using System.Text;
using Secrets.Cli.Readers;

namespace Secrets.Cli.Exports;

public class PowerShellExportTests
{
    // Single quotes and their four typographic twins end a literal, unless two stand together (CharTraits.cs, IsSingleQuote).
    [Theory]
    [MemberData(nameof(OddValues.All), MemberType = typeof(OddValues))]
    public void A_literal_is_read_back_by_the_rules_of_PowerShell(string value)
    {
        string statement = PowerShellExport.Write(OddValues.Named("A", value));

        const string Start = "$env:A = '";
        Assert.StartsWith(Start, statement, StringComparison.Ordinal);
        Assert.EndsWith("'\n", statement, StringComparison.Ordinal);
        var read = new StringBuilder();
        string literal = statement[Start.Length..^2];
        for (int i = 0; i < literal.Length; i++)
        {
            read.Append(literal[i]);
            if ("'‘’‚‛".Contains(literal[i], StringComparison.Ordinal))
            {
                i++;
                Assert.Contains(literal[i], "'‘’‚‛");
            }
        }

        Assert.Equal(value, read.ToString());
    }

    [Fact]
    public async Task A_real_PowerShell_reads_back_every_value()
    {
        // Before 7.5 an empty text removes the variable.
        string[] values = [.. OddValues.All.Select(r => r.Data).Where(v => v.Length > 0)];
        string script = string.Concat(values.Select((v, i) => PowerShellExport.Write(OddValues.Named($"V{i}", v))));
        string print = string.Concat(values.Select((_, i) => $"[Console]::Out.Write(\"$env:V{i}`0\")\n"));

        string output = await Shell.RunAsync(script + print, "pwsh", "-NoProfile", "-Command", "-");

        Assert.Equal(values, output.Split('\0')[..^1]);
    }
}
