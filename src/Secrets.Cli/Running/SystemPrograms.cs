#pragma warning disable RS0030 // The library starts no process; the command asks git, and on Windows runs what it is told to.
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Secrets.Cli.Running;

/// <summary>The programs of this machine.</summary>
internal sealed class SystemPrograms : IPrograms
{
    public (int ExitCode, string Output)? Git(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using Process git = Process.Start(start)!;
            git.StandardInput.Close();
            Task<string> errors = git.StandardError.ReadToEndAsync();
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            errors.Wait();
            return (git.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public Task<int> BecomeAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables) =>
        OperatingSystem.IsWindows() ? RunAndWaitAsync(command, variables) : Task.FromResult(UnixProcess.Execute(command, variables));

    private static async Task<int> RunAndWaitAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        start.Environment.Clear();
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        // Ctrl+C and Ctrl+Break reach the program itself, which shares the console: this process only has to outlive it.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using PosixSignalRegistration quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => signal.Cancel = true);
        try
        {
            using Process program = Process.Start(start)!;
            await program.WaitForExitAsync();
            return program.ExitCode;
        }
        catch (Win32Exception failure)
        {
            const int FileNotFound = 2;
            return failure.NativeErrorCode == FileNotFound ? ExitCode.NotFound : ExitCode.NotExecutable;
        }
    }
}
