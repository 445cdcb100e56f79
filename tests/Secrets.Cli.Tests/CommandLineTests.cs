using System.Diagnostics;

namespace Secrets.Cli;

public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] _commands =
        ["init", "set", "unset", "get", "list", "explain", "check", "run", "export", "template", "diff", "import", "completions"];

    private readonly Desk _desk = new();
    private readonly Canary _canary = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Help_lists_every_command_and_each_has_help_of_its_own()
    {
        string help = await _desk.OutputAsync("--help");

        foreach (string command in _commands)
        {
            Assert.Contains($"  {command} ", help, StringComparison.Ordinal);
            Assert.Matches($"Examples:\n  .*secrets {command}", await _desk.OutputAsync(command, "--help"));
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("list", "--nonsense")]
    [InlineData("get")]
    [InlineData()]
    public async Task Wrong_use_is_2_on_standard_error_alone(params string[] args)
    {
        await _desk.FailsAsync(ExitCode.WrongUse, args);

        Assert.Equal("", _desk.Terminal.OutputText);
    }

    [Theory]
    [InlineData(ExitCode.WrongUse, "list")]
    [InlineData(ExitCode.WrongUse, "get a")]
    [InlineData(ExitCode.WrongUse, "init")]
    [InlineData(ExitCode.Done, "--help")]
    public async Task Without_a_current_directory_there_is_a_message_and_no_crash(int expected, string args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a directory that is in use cannot be removed on Windows");
        var start = new ProcessStartInfo("sh", ["-c", $"mkdir gone && cd gone && rmdir ../gone && exec '{RealProcess.Dotnet}' '{RealProcess.Command}' {args}"]) { WorkingDirectory = _desk.Directory };
        start.Environment["HOME"] = _desk.Home;

        (int exitCode, _, string error, _) = await RealProcess.RunAsync(start, "");

        Assert.Equal(expected, exitCode);
        Assert.Equal(expected == ExitCode.Done ? "" : "secrets: The current directory does not exist, or may not be entered. Change to another one.\n", error);
    }

    public static TheoryData<string[]> Silent => new(
    [
        ["init"],
        ["set", "canary.x", "--value", "CANARY"],
        ["set", "canary.x", "--value", "CANARY", "--type", "integer"],
        ["set", "canary.x", "--value", "CANARY", "--type", "toml"],
        ["set", "token", "CANARY"],
        ["set", "token", "--vlaue=CANARY"],
        ["set", "token", "--type=CANARY", "--value", "CANARY"],
        ["unset", "token"],
        ["unset", "none"],
        ["get", "none"],
        ["get", "database"],
        ["list"],
        ["list", "--json"],
        ["list", "--verbose"],
        ["explain", "token"],
        ["explain", "none", "--verbose"],
        ["check", "--require", "none", "--verbose"],
        ["run", "--only", "none", "--", "true"],
        ["run", "true"],
        ["export", "--format", "CANARY"],
        ["template"],
        ["diff", "toml:.secrets/secrets.toml", "dotenv:.env"],
        ["diff", "toml:.secrets/secrets.toml", "toml:broken.toml"],
        ["diff", "toml:.secrets/secrets.toml", "dotenv:broken.env", "--json"],
        ["import", ".env", "--yes"],
        ["import", "broken.json", "--yes"],
        ["import", "broken.toml", "--yes"],
        ["import", "broken.env", "--yes"],
        ["list", "--from", "toml:broken.toml"],
        ["list", "--from", "dotenv:broken.env", "--verbose"],
        ["list", "--from", "directory:mounted", "--verbose"],
        ["[suggest:4]", "get "],
    ]);

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task No_value_is_in_any_output_that_was_not_asked_for(string[] args)
    {
        string value = _canary.Value;
        _desk.WriteToml($"token = '{value}' # {value}\nlist = ['{value}']\n[database]\npassword = '{value}'\n");
        _desk.Write(".env", $"TOKEN='{value}x'\nOTHER='{value}'\n");
        _desk.Write("broken.toml", $"token = '{value}' {value}\n");
        _desk.Write("broken.env", $"TOKEN=\"{value}\n");
        _desk.Write("broken.json", $$"""{"a": "{{value}}" {{value}} }""");
        _desk.Write("mounted/token", value);
        _desk.Variables["TOKEN"] = value;

        await _desk.RunAsync([.. args.Select(a => a.Replace("CANARY", value, StringComparison.Ordinal))]);

        Assert.NotEqual("", _desk.Terminal.OutputText + _desk.Terminal.ErrorText);
        Assert.DoesNotContain(value, _desk.Terminal.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain(value, _desk.Terminal.ErrorText, StringComparison.Ordinal);
        _canary.Scan(_desk.Terminal.OutputText, "output");
        _canary.Scan(_desk.Terminal.ErrorText, "error");
        Assert.Empty(_canary.Leaks);
    }

    [Theory]
    [InlineData("There is no such command. The commands are: init, set,", "lst")]
    [InlineData("Name a command. The commands are: init, set,")]
    public async Task An_unknown_command_is_answered_with_those_that_are(string message, params string[] args) =>
        Assert.StartsWith("secrets: " + message, await _desk.FailsAsync(ExitCode.WrongUse, args), StringComparison.Ordinal);

    [Fact]
    public async Task A_full_disk_behind_the_output_is_told()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        var start = new ProcessStartInfo("sh", ["-c", $"'{RealProcess.Dotnet}' '{RealProcess.Command}' --help > /dev/full"]);

        (int exitCode, _, string error, _) = await RealProcess.RunAsync(start, "");

        Assert.Equal(ExitCode.SourceFailed, exitCode);
        Assert.Contains("The disk may be full", error, StringComparison.Ordinal);
    }
}
