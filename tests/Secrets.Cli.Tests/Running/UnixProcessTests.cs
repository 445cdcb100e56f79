using System.Diagnostics;

namespace Secrets.Cli.Running;

/// <summary>The command as a process: what <c>run</c> becomes.</summary>
public sealed class UnixProcessTests : IDisposable
{
    private readonly Desk _desk = new();

    public UnixProcessTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no execve");
        _desk.WriteToml("api_token = \"hunter2\"\n[database]\npassword = \"p w\"\n");
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_program_replaces_the_process_and_has_the_secrets_in_its_environment_alone()
    {
        // $$ is the shell's own process: the one that was started, which has no other parent than the test.
        (int exitCode, string output, string error, int id) = await RunAsync(
            "in", "run", "--", "sh", "-c", "echo $$; echo \"$api_token $DATABASE__PASSWORD\"; cat; tr '\\0' ' ' < /proc/$$/cmdline; grep SigIgn /proc/$$/status; exit 7");

        string[] lines = output.Split('\n');
        Assert.Equal("", error);
        Assert.Equal(7, exitCode);
        Assert.Equal($"{id}", lines[0]);
        Assert.Equal("hunter2 p w", lines[1]);
        Assert.DoesNotContain("hunter2", string.Join('\n', lines[2..]), StringComparison.Ordinal);
        Assert.StartsWith("insh", lines[2], StringComparison.Ordinal);
        long ignored = Convert.ToInt64(output[(output.IndexOf("SigIgn:", StringComparison.Ordinal) + 7)..].Trim(), 16);
        Assert.Equal(0, ignored & (1L << 12));
    }

    [Theory]
    [InlineData(127, "no-such-program")]
    [InlineData(127, "./no-such-program")]
    [InlineData(126, "./secrets.txt")]
    [InlineData(126, "/")]
    [InlineData(0, "./script")]
    [InlineData(143, "sh", "-c", "kill -TERM $$")]
    public async Task Exit_codes_are_those_of_a_shell(int expected, params string[] command)
    {
        _desk.Write("secrets.txt", "");
        string script = _desk.Write("script", "exit 0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        (int exitCode, _, string error, _) = await RunAsync("", ["run", "--", .. command]);

        Assert.Equal(expected, exitCode);
        Assert.Equal(expected is 126 or 127, error.Length > 0);
    }

    [Fact]
    public async Task At_a_pseudo_terminal_the_program_has_the_terminal()
    {
        string command = $"'{RealProcess.Dotnet}' '{RealProcess.Command}' run -- sh -c 'test -t 0 && test -t 1 && stty -a | grep -c -- \" echo \"'";

        (int exitCode, string output, _, _) = await StartAsync("", "script", ["-qec", command, "/dev/null"]);

        Assert.Equal(0, exitCode);
        Assert.Equal("1", output.Trim());
    }

    [Theory]
    [InlineData("sh", "/usr/bin/sh /bin/sh")]
    [InlineData("./x", "./x")]
    public void A_program_is_looked_for_as_a_shell_looks_for_it(string command, string files) => Assert.Equal(
        files.Split(' '), UnixProcess.Candidates(command, new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin/" }));

    private Task<(int ExitCode, string Output, string Error, int Id)> RunAsync(string input, params string[] args) => StartAsync(input, RealProcess.Dotnet, [RealProcess.Command, .. args]);

    private Task<(int ExitCode, string Output, string Error, int Id)> StartAsync(string input, string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = _desk.Directory };
        start.Environment["HOME"] = _desk.Home;
        return RealProcess.RunAsync(start, input);
    }
}
