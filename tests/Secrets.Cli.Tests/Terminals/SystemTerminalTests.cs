using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Secrets.Cli.Terminals;

/// <summary>The command at a pseudo-terminal, which <c>script</c> opens.</summary>
public sealed partial class SystemTerminalTests : IDisposable
{
    private const string Key = "a_rather_long_section.with_a_rather_long_key";

    private readonly Desk _desk = new();

    public SystemTerminalTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "script is a program of Unix");
        _desk.WriteToml("[a_rather_long_section]\nwith_a_rather_long_key = \"hunter2\"\n");
    }

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData(20, false)]
    [InlineData(40, false)]
    [InlineData(97, null)]
    [InlineData(99, null)]
    [InlineData(100, null)]
    [InlineData(101, null)]
    [InlineData(102, null)]
    [InlineData(103, null)]
    [InlineData(200, true)]
    public async Task A_table_is_whole_at_every_width(int width, bool? hasColours)
    {
        string screen = await RunAsync($"stty cols {width}; {Command} list");

        Assert.Contains(Key, Colours.Replace(screen, ""), StringComparison.Ordinal);
        Assert.Contains(".secrets/secrets.toml(2,1)", Colours.Replace(screen, ""), StringComparison.Ordinal);
        Assert.Equal(hasColours ?? Colours.IsMatch(screen), Colours.IsMatch(screen));
    }

    [Theory]
    [InlineData("NO_COLOR=1", false)]
    [InlineData("NO_COLOR=", true)]
    public async Task NO_COLOR_turns_colours_off_unless_it_is_empty(string variable, bool hasColours) =>
        Assert.Equal(hasColours, Colours.IsMatch(await RunAsync($"stty cols 200; {variable} {Command} list")));

    // zsh's pseudo-terminal is waited for and typed at; a shell that ignores Ctrl+C itself prints the exit code.
    [Fact(Timeout = 120_000)]
    public async Task What_is_typed_at_once_is_hidden_and_Control_C_changes_nothing()
    {
        string before = await File.ReadAllTextAsync(_desk.Toml, TestContext.Current.CancellationToken);
        string script = $$"""
            zmodload zsh/zpty
            zpty -e run "trap : INT; {{Command}} set other; print -r -- @@\$?@@"
            zpty -r run seen '*not shown*'
            zpty -w -n run $'typed\C-c'
            zpty -r run seen '*@@*@@*'
            [[ $seen == *typed* ]] && print shown
            print -r -- "${${seen#*@@}%%@@*}"
            zpty -d run
            """;

        (_, string output, string error, _) = await StartAsync("zsh", ["-f"], script);

        Assert.Equal(("130", ""), (output.Trim(), error));
        Assert.Equal(before, await File.ReadAllTextAsync(_desk.Toml, TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("\e\\[[0-9;]*m", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colours { get; }

    private static string Command => $"'{RealProcess.Dotnet}' '{RealProcess.Command}'";

    private async Task<string> RunAsync(string command)
    {
        (int exitCode, string screen, _, _) = await StartAsync("script", ["-qec", command, "/dev/null"], "");
        Assert.Equal(ExitCode.Done, exitCode);
        return screen;
    }

    private Task<(int ExitCode, string Output, string Error, int Id)> StartAsync(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _desk.Directory };
        start.Environment["HOME"] = _desk.Home;
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        return RealProcess.RunAsync(start, input);
    }
}
