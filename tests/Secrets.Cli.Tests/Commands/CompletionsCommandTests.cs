namespace Secrets.Cli.Commands;

public sealed class CompletionsCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task Each_shell_gets_a_script_that_asks_the_command(string shell) =>
        Assert.Contains("[suggest:", await _desk.OutputAsync("completions", shell), StringComparison.Ordinal);

    [Fact]
    public async Task Another_shell_is_wrong_use() => await _desk.FailsAsync(ExitCode.WrongUse, "completions", "tcsh");

    [Fact]
    public async Task Commands_options_and_paths_are_suggested()
    {
        _desk.WriteToml("api_token = \"hunter2\"\n[database]\npassword = 1\n");

        Assert.Contains("export", await SuggestAsync("ex"), StringComparer.Ordinal);
        Assert.Contains("powershell", await SuggestAsync("export --format "), StringComparer.Ordinal);
        Assert.Contains("database.password", await SuggestAsync("get "), StringComparer.Ordinal);
        Assert.Equal(["api_token"], await SuggestAsync("get api"));
    }

    [Fact]
    public async Task Help_prints_no_path()
    {
        _desk.WriteToml("api_token = \"hunter2\"\n");

        Assert.DoesNotContain("api_token>", await _desk.OutputAsync("get", "--help"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_file_suggests_nothing()
    {
        _desk.WriteToml("a = hunter2\n");

        Assert.DoesNotContain(await SuggestAsync("get "), s => s.StartsWith('a'));
    }

    private async Task<string[]> SuggestAsync(string line) =>
        (await _desk.OutputAsync($"[suggest:{line.Length}]", line)).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task What_follows_two_dashes_is_another_program_s() => Assert.Empty(await SuggestAsync("run -- ls --"));

    [Fact]
    public async Task Only_the_common_names_of_help_are_suggested() =>
        Assert.Equal(["--help", "-?", "-h"], (await SuggestAsync("get ")).Where(s => s.EndsWith("help", StringComparison.Ordinal) || s.Length == 2 && s[1] is '?' or 'h'));
}
