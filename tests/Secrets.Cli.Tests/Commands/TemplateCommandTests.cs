namespace Secrets.Cli.Commands;

public sealed class TemplateCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_keys_are_printed_without_values_and_comments()
    {
        _desk.WriteToml("# hunter2\na.b = \"hunter2\"\ntoken = \"hunter2\" # hunter2\nn = 42424242\nl = [\"hunter2\"]\n[a.c]\nx = true\n[\"odd key\"]\nf = 1.5\n");

        string output = await _desk.OutputAsync("template");

        Assert.Equal("token = \"\"\nn = 0\nl = []\n\n[a]\nb = \"\"\n\n[a.c]\nx = false\n\n[\"odd key\"]\nf = 0.0\n", output[output.IndexOf("token", StringComparison.Ordinal)..]);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_written_template_is_what_check_compares_with()
    {
        _desk.WriteToml("token = \"x\"\n[a]\nb = 1\n");

        await _desk.OutputAsync("template", "--output", "secrets.example.toml");
        Assert.Contains("2 required", await _desk.OutputAsync("check"), StringComparison.Ordinal);

        _desk.WriteToml("token = \"x\"\n");
        await _desk.FailsAsync(ExitCode.No, "check");
    }
}
