namespace Secrets.Cli.Commands;

public sealed class UnsetCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_key_and_a_section_are_removed()
    {
        _desk.WriteToml("# top\na = 1\nb = 2\n\n[c]\nd = 1\n");

        Assert.Equal("Removed a from .secrets/secrets.toml.", (await _desk.OutputAsync("unset", "a")).Trim());
        await _desk.OutputAsync("unset", "c");

        Assert.Equal("# top\nb = 2\n", File.ReadAllText(_desk.Toml));
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_a_no()
    {
        _desk.WriteToml("a = 1\n");

        Assert.Contains("b is not in .secrets/secrets.toml", await _desk.FailsAsync(ExitCode.No, "unset", "b"), StringComparison.Ordinal);
    }
}
