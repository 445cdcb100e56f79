using System.Diagnostics;
using Secrets.Cli.Running;

namespace Secrets.Cli;

/// <summary>
/// Runs what docs/cli.md shows of a terminal, from an empty directory, and compares. With <c>UPDATE_RECORDING=1</c> it writes what it saw, and fails.
/// </summary>
public sealed class RecordingTests
{
    private const string Marker = "<!-- recording -->\n```console\n";

    // What a person types where nothing is shown.
    private static readonly Dictionary<string, string> _typed = new(StringComparer.Ordinal)
    {
        ["$ secrets set api_token"] = "not-a-real-token",
        ["$ secrets set database.password"] = "it's not a real password",
    };

    [Fact]
    public async Task The_terminal_in_the_documentation_is_what_the_command_does()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the recording shows a Unix");
        string path = Path.Combine(Repository.Root, "docs", "cli.md");
        string page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        int start = page.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        int end = page.IndexOf("```\n", start, StringComparison.Ordinal);
        string shown = page[start..end];
        Assert.Contains("$ secrets init", shown, StringComparison.Ordinal);

        string seen = await RecordAsync(shown.Split('\n').Where(l => l.StartsWith("$ ", StringComparison.Ordinal)));

        if (Environment.GetEnvironmentVariable("UPDATE_RECORDING") == "1")
        {
            await File.WriteAllTextAsync(path, page[..start] + seen + page[end..], TestContext.Current.CancellationToken);
        }

        Assert.Equal(shown, seen);
    }

    private static async Task<string> RecordAsync(IEnumerable<string> lines)
    {
        using var desk = new Desk();
        var screen = new StringWriter { NewLine = "\n" };
        foreach (string line in lines)
        {
            screen.WriteLine(line);
            var surroundings = new Surroundings
            {
                Terminal = new FakeTerminal(screen, screen) { CanAsk = true, Typed = _typed.GetValueOrDefault(line) },
                Programs = new RecordedPrograms(screen, desk.Directory),
                Directory = desk.Directory,
                Home = desk.Home,
                Variables = desk.Variables,
            };
            await CommandLine.RunAsync(line.Split(' ')[2..], surroundings);
        }

        return Shorten(screen.ToString().Replace(desk.Home, "/home/jane", StringComparison.Ordinal));
    }

    // Where the sources looked is another page's.
    private static string Shorten(string screen)
    {
        var lines = new List<string>();
        foreach (string line in screen.Split('\n'))
        {
            if (!line.StartsWith("  ", StringComparison.Ordinal))
            {
                lines.Add(line.TrimEnd());
            }
            else if (lines[^1] != "  …")
            {
                lines.Add("  …");
            }
        }

        return string.Join('\n', lines);
    }

    private sealed class RecordedPrograms(TextWriter screen, string directory) : IPrograms
    {
        public (int ExitCode, string Output)? Git(string directory, params string[] arguments) => null;

        public async Task<int> BecomeAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
        {
            var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = directory };
            start.Environment.Clear();
            foreach ((string name, string value) in variables)
            {
                start.Environment[name] = value;
            }

            using Process process = Process.Start(start)!;
            await screen.WriteAsync(await process.StandardOutput.ReadToEndAsync());
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
