using System.Runtime.InteropServices;

namespace Secrets.Cli.Running;

/// <summary>
/// Replaces this process with a program, as execve(2) does. Signals, exit code, job control and standard input are the program's own then, and no secret
/// stands on a command line.
/// </summary>
internal static partial class UnixProcess
{
    // errno.h: these are the same on Linux, macOS and FreeBSD.
    private const int NoEntry = 2;
    private const int NotExecutableFormat = 8;
    private const int Denied = 13;
    private const int NotADirectory = 20;

    private const int BrokenPipe = 13;

    /// <summary>Does not return where it succeeds.</summary>
    /// <returns>Why there is no such program, or why it cannot be executed.</returns>
    public static CommandException Execute(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        string[] environment = [.. variables.Select(v => v.Key + "=" + v.Value)];
        bool isDenied = false;

        // .NET ignores SIGPIPE, and a program inherits that: `yes | head -1` would complain instead of ending.
        _ = Signal(BrokenPipe, 0);
        foreach (string file in Candidates(command[0], variables))
        {
            int error = Execute(file, command, environment);
            if (error == NotExecutableFormat)
            {
                // A script without #! is the shell's, as execvp(3) has it.
                error = Execute("/bin/sh", ["sh", file, .. command.Skip(1)], environment);
            }

            // A directory or a file without permission does not end the search, as in the shell.
            isDenied |= error is not (NoEntry or NotADirectory);
            if (error is not (NoEntry or NotADirectory or Denied))
            {
                break;
            }
        }

        _ = Signal(BrokenPipe, 1);
        return isDenied ? CommandException.NotExecutable(command[0]) : CommandException.NotFound(command[0]);
    }

    /// <summary>Gives the files that a command may mean: itself where it has a slash, else one in each directory of PATH.</summary>
    internal static IEnumerable<string> Candidates(string command, IReadOnlyDictionary<string, string> variables) => command.Contains('/', StringComparison.Ordinal)
        ? [command]
        : (variables.GetValueOrDefault("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(':').Select(d => d.Length == 0 ? "./" + command : d.TrimEnd('/') + "/" + command);

    private static unsafe int Execute(string file, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        nint path = Marshal.StringToCoTaskMemUTF8(file);
        nint[] argumentBlock = Block(arguments);
        nint[] environmentBlock = Block(environment);
        fixed (nint* argv = argumentBlock)
        fixed (nint* envp = environmentBlock)
        {
            _ = ExecuteFile(path, argv, envp);
        }

        int error = Marshal.GetLastPInvokeError();
        foreach (nint text in argumentBlock.Concat(environmentBlock).Append(path))
        {
            Marshal.ZeroFreeCoTaskMemUTF8(text);
        }

        return error;
    }

    private static nint[] Block(IReadOnlyList<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true)]
    private static unsafe partial int ExecuteFile(nint path, nint* arguments, nint* environment);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);
}
