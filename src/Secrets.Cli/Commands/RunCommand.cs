using System.CommandLine;
using System.CommandLine.Parsing;
using Secrets.Cli.Chains;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets run -- COMMAND</c>.</summary>
internal sealed class RunCommand(Surroundings surroundings, ChainOptions chain)
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "After --, the program and its arguments.", Arity = ArgumentArity.OneOrMore };
    private readonly SelectionOptions _selection = new();

    public static Command Create(Surroundings surroundings, ChainOptions chain)
    {
        var run = new RunCommand(surroundings, chain);
        var command = new Command("run", "Run a program with the secrets as environment variables: secrets run -- dotnet run.") { run._command };
        run._selection.AddTo(command);
        chain.AddTo(command);
        command.SetAction(run.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.Tokens.All(t => t.Type != TokenType.DoubleDash))
        {
            throw CommandException.WrongUse("Write -- before the program, so that its options are its own: secrets run -- COMMAND");
        }

        string[] command = parsed.GetValue(_command)!;
        var variables = new Dictionary<string, string>(surroundings.Variables, OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        await using SecretsStore store = await chain.OpenAsync(parsed, cancellationToken);
        foreach (Variable variable in _selection.Variables(parsed, store))
        {
            variables[variable.Name] = variable.Value;
        }

        // The store is disposed after the program on Windows, and elsewhere if there is no such program: disposal revokes leased credentials.
        return await surroundings.Programs.BecomeAsync(command, variables);
    }
}
