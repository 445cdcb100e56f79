using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Secrets.Cli.Exports;

public sealed class PowerShellExportTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("", "$env:A = ''\n")]
    [InlineData("it's $5", "$env:A = 'it''s $5'\n")]
    [InlineData("one\ntwo", "$env:A = -join ('one', [char]10, 'two')\n")]
    [InlineData("é", "$env:A = -join ([char]233)\n")]
    public void A_value_is_quoted(string value, string statement) => Assert.Equal(statement, PowerShellExport.Write(OddValues.Named("A", value)));

    [Theory]
    [MemberData(nameof(OddValues.All), MemberType = typeof(OddValues))]
    public void A_literal_is_read_back_by_the_rules_of_PowerShell(string value)
    {
        string statement = PowerShellExport.Write(OddValues.Named("A", value));

        Assert.All(statement[..^1], c => Assert.InRange(c, ' ', '~'));
        const string Start = "$env:A = ";
        Assert.StartsWith(Start, statement, StringComparison.Ordinal);
        string expression = statement[Start.Length..^1];
        const string Join = "-join (";
        Assert.Equal(value, Read(expression.StartsWith(Join, StringComparison.Ordinal) ? expression[Join.Length..^1] : expression));
    }

    // The way of the documentation: through the pipeline, which takes the output apart into lines.
    [Fact]
    public async Task A_real_PowerShell_reads_back_every_value()
    {
        // Before 7.5 an empty text removes the variable.
        string[] values = [.. OddValues.All.Select(r => r.Data).Where(v => v.Length > 0)];
        _desk.Write("statements", string.Concat(values.Select((v, i) => PowerShellExport.Write(OddValues.Named($"V{i}", v)))));
        string program = OperatingSystem.IsWindows() ? "cmd /c type" : "/bin/cat";
        string print = string.Concat(values.Select((_, i) => $"[Console]::Out.Write(\"$env:V{i}`0\")\n"));
        string script = _desk.Write("read.ps1", $"{program} statements | Out-String | Invoke-Expression\n{print}");
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-File", script]) { WorkingDirectory = _desk.Directory, StandardOutputEncoding = Encoding.UTF8 };

        (_, string output, string error, _) = await RealProcess.RunAsync(start, "");

        Assert.Equal("", error);
        Assert.Equal(values, output.Split('\0')[..^1]);
    }

    // 'text', where two quotes are one, and [char]N, with commas between them.
    private static string Read(string pieces)
    {
        var read = new StringBuilder();
        for (int at = 0; at < pieces.Length; at += pieces.AsSpan(at).StartsWith(", ") ? 2 : 0)
        {
            if (pieces[at] == '\'')
            {
                for (at++; pieces[at] != '\'' || pieces.AsSpan(at).StartsWith("''"); at++)
                {
                    at += pieces[at] == '\'' ? 1 : 0;
                    read.Append(pieces[at]);
                }

                at++;
                continue;
            }

            Assert.StartsWith("[char]", pieces[at..], StringComparison.Ordinal);
            int end = pieces.IndexOf(',', at) is var comma and >= 0 ? comma : pieces.Length;
            read.Append((char)int.Parse(pieces.AsSpan(at + 6, end - at - 6), CultureInfo.InvariantCulture));
            at = end;
        }

        return read.ToString();
    }
}
