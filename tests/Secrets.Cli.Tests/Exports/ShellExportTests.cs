using Secrets.Cli.Readers;

namespace Secrets.Cli.Exports;

public class ShellExportTests
{
    [Theory]
    [InlineData("bash")]
    [InlineData("dash")]
    [InlineData("sh")]
    public async Task A_real_shell_reads_back_every_value(string shell)
    {
        string[] values = [.. OddValues.All.Select(r => r.Data)];
        string script = string.Concat(values.Select((v, i) => ShellExport.Write(OddValues.Named($"V{i}", v))));
        string print = string.Concat(values.Select((_, i) => $"printf '%s\\000' \"$V{i}\"\n"));

        string output = await Shell.RunAsync(script + print, shell);

        Assert.Equal(values, output.Split('\0')[..^1]);
    }
}
