namespace Secrets.Cli;

/// <summary>Ends the command with a message and an exit code. The message never holds a value.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandException WrongUse(string message) => new(Cli.ExitCode.WrongUse, message);

    public static CommandException NotFound(string program) => new(Cli.ExitCode.NotFound, $"{program}: not found");

    public static CommandException NotExecutable(string program) => new(Cli.ExitCode.NotExecutable, $"{program}: cannot be executed");
}
