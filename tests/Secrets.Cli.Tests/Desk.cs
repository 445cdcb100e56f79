using System.Text;
using Secrets.Tests.Fakes;

namespace Secrets.Cli;

/// <summary>A directory, a home, a terminal and variables of one test, in which it runs the command.</summary>
internal sealed class Desk : IDisposable
{
    private readonly TempDirectory _root = new();

    public Desk()
    {
        System.IO.Directory.CreateDirectory(Home);
        System.IO.Directory.CreateDirectory(Directory);
    }

    public FakeTerminal Terminal { get; private set; } = new();

    public FakePrograms Programs { get; } = new();

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" };

    public string Home => _root["home"];

    public string Directory => Path.Combine(Home, "shop");

    public string Toml => Path.Combine(Directory, ".secrets", "secrets.toml");

    /// <summary>Writes a file for its owner alone, and gives its path.</summary>
    public string Write(string relative, string text) => _root.Write(Path.GetFullPath(relative, Directory), text);

    public void WriteToml(string text) => Write(".secrets/secrets.toml", text);

    public string Read(string relative) => _root.Read(Path.GetFullPath(relative, Directory));

    /// <summary>Runs the command; what it prints is the terminal's until the next run.</summary>
    public async Task<int> RunAsync(params string[] args)
    {
        Terminal = Terminal.Next();
        return await CommandLine.RunAsync(args, new Surroundings
        {
            Terminal = Terminal,
            Programs = Programs,
            Directory = Directory,
            Home = Home,
            Variables = Variables,
        });
    }

    /// <summary>Runs the command, which must succeed without a word on standard error, and gives what it prints.</summary>
    public async Task<string> OutputAsync(params string[] args)
    {
        int exitCode = await RunAsync(args);
        Assert.Equal("", Terminal.ErrorText);
        Assert.Equal(ExitCode.Done, exitCode);
        return Terminal.OutputText;
    }

    /// <summary>Runs the command, which must end with an exit code, and gives its error.</summary>
    public async Task<string> FailsAsync(int exitCode, params string[] args)
    {
        Assert.Equal(exitCode, await RunAsync(args));
        Assert.NotEqual("", Terminal.ErrorText);
        return Terminal.ErrorText;
    }

    /// <summary>Runs the command with something on standard input.</summary>
    public Task<int> PipeAsync(string input, params string[] args)
    {
        Terminal.Input = Encoding.UTF8.GetBytes(input);
        return RunAsync(args);
    }

    public void Dispose() => _root.Dispose();
}
