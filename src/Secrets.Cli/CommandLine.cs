using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Secrets.Cli.Chains;
using Secrets.Cli.Commands;
using Secrets.Cli.Terminals;

namespace Secrets.Cli;

/// <summary>The whole command: parses a command line, runs what it asks for, and turns failures into messages and exit codes.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Surroundings surroundings)
    {
        bool isCompleting = args is [['[', 's', ..], ..];
        if (isCompleting && args[^1].Contains(" -- ", StringComparison.Ordinal))
        {
            // What follows is another program's, and the shell completes it.
            return ExitCode.Done;
        }

        RootCommand root = Create(surroundings, isCompleting);

        // A response file would be read for any value that begins with @.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            UsageErrors.Write(parsed, args, surroundings.Terminal.Error);
            return ExitCode.WrongUse;
        }

        try
        {
            return await InvokeAsync(parsed, surroundings.Terminal);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
        catch (Exception failure)
        {
            (int exitCode, string message) = Describe(failure);
            surroundings.Terminal.Error.WriteLine("secrets: " + message);
            return exitCode;
        }
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, ITerminal terminal)
    {
        int exitCode = await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToEnd(parsed),
        });
        if (parsed.Action is HelpAction)
        {
            Examples.Write(parsed.CommandResult.Command.Name, terminal.Output);
        }

        return exitCode;
    }

    private static (int ExitCode, string Message) Describe(Exception failure) => failure switch
    {
        CommandException command => (command.ExitCode, command.Message),
        ISecretsError { Code: SecretsErrorCode.NotFound } => (ExitCode.No, failure.Message),
        ISecretsError => (ExitCode.SourceFailed, failure.Message),
        IOException => (ExitCode.SourceFailed, "the system reports an error of the output or of a file. The disk may be full."),

        // The message of an exception that is not ours may quote a value.
        _ => (ExitCode.SourceFailed, $"this failed unexpectedly with {failure.GetType().FullName}. Please report how, without any secret."),
    };

    // On Windows, run outlives its program, which may take as long as it likes to end after Ctrl+C.
    private static TimeSpan TimeToEnd(ParseResult parsed) =>
        OperatingSystem.IsWindows() && string.Equals(parsed.CommandResult.Command.Name, "run", StringComparison.Ordinal) ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(2);

    private static RootCommand Create(Surroundings surroundings, bool isCompleting)
    {
        var chain = new ChainOptions(surroundings);
        var paths = new PathArguments(surroundings, isCompleting);
        var root = new RootCommand("Secrets for .NET programs: create secrets.toml, set and show secrets, check what is missing, run programs with secrets.")
        {
            InitCommand.Create(surroundings),
            SetCommand.Create(surroundings, paths),
            UnsetCommand.Create(surroundings, paths),
            GetCommand.Create(surroundings, chain, paths),
            ListCommand.Create(surroundings, chain),
            ExplainCommand.Create(surroundings, chain, paths),
            CheckCommand.Create(surroundings, chain),
            RunCommand.Create(surroundings, chain),
            ExportCommand.Create(surroundings, chain),
            TemplateCommand.Create(surroundings, chain),
            DiffCommand.Create(surroundings, chain),
            ImportCommand.Create(surroundings),
            CompletionsCommand.Create(surroundings),
        };

        // The names of Windows, /? and /h, would be suggested to every shell.
        root.Options[root.Options.IndexOf(root.Options.OfType<HelpOption>().Single())] = new HelpOption("--help", "-h", "-?");
        return root;
    }
}
