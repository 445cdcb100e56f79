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

        // Git sets these for a hook, and with them another directory counts as the work tree.
        foreach (string ofHook in new[] { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX" })
        {
            start.Environment.Remove(ofHook);
        }

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
        OperatingSystem.IsWindows() ? RunAndWaitAsync(command, variables) : throw UnixProcess.Execute(command, variables);

    private static async Task<int> RunAndWaitAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        string file = WindowsCommand.Find(command[0], variables, File.Exists) is { } found ? Path.GetFullPath(found) : throw CommandException.NotFound(command[0]);
        ProcessStartInfo start = WindowsCommand.IsBatch(file)
            ? new ProcessStartInfo(Path.Combine(Environment.SystemDirectory, "cmd.exe"), WindowsCommand.BatchArguments(file, command.Skip(1)))
            : new ProcessStartInfo(file, command.Skip(1));
        start.UseShellExecute = false;
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
        catch (Win32Exception)
        {
            throw CommandException.NotExecutable(command[0]);
        }
    }
}
