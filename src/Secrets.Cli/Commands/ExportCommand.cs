using System.CommandLine;
using System.Text;
using Secrets.Cli.Chains;
using Secrets.Cli.Exports;
using Secrets.Cli.Files;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets export</c>.</summary>
internal sealed class ExportCommand
{
    private readonly Surroundings _surroundings;
    private readonly ChainOptions _chain;
    private readonly SelectionOptions _selection = new();
    private readonly Option<string> _format = new("--format", "-f") { Description = "How to write them.", Required = true };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write this file instead of standard output; a new one is readable by you alone.", HelpName = "FILE" };

    private ExportCommand(Surroundings surroundings, ChainOptions chain)
    {
        _surroundings = surroundings;
        _chain = chain;
        _format.AcceptOnlyFromAmong([.. ExportFormat.All.Select(f => f.Name)]);
    }

    public static Command Create(Surroundings surroundings, ChainOptions chain)
    {
        var export = new ExportCommand(surroundings, chain);
        var command = new Command("export", "Print secrets with their values, quoted for another program.") { export._format, export._output };
        export._selection.AddTo(command);
        chain.AddTo(command);
        command.SetAction(export.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        _chain.PrintAsync(parsed, [], s => Print(parsed, s), cancellationToken);

    private void Print(ParseResult parsed, SecretsStore store)
    {
        ExportFormat format = ExportFormat.All.Single(f => string.Equals(f.Name, parsed.GetValue(_format), StringComparison.Ordinal));
        IReadOnlyList<Leaf> leaves = _selection.Leaves(parsed, store);
        string prefix = _selection.Prefix(parsed);
        string text = format.Write(leaves, prefix);
        string? file = parsed.GetValue(_output) is { } given ? _surroundings.FullPath(given) : null;
        if (string.Equals(format.Name, "github", StringComparison.Ordinal))
        {
            WriteForGitHub(file, text, Variable.Of(leaves, prefix));
        }
        else if (file is null)
        {
            _surroundings.Terminal.Output.Write(text);
        }
        else
        {
            NewFile.Write(file, Encoding.UTF8.GetBytes(text));
        }
    }

    // The runner masks what a step prints after the command alone, so that comes first; the values themselves go to the file, never to the log.
    private void WriteForGitHub(string? file, string text, IReadOnlyList<Variable> variables)
    {
        file ??= _surroundings.Variables.GetValueOrDefault("GITHUB_ENV") is { Length: > 0 } ofRunner
            ? ofRunner
            : throw CommandException.WrongUse("GITHUB_ENV is not set, as it is in a step of GitHub Actions; name the file with --output.");
        _surroundings.Terminal.Output.Write(GitHubExport.Masks(variables));
        _surroundings.Terminal.Output.Flush();
        NewFile.Append(file, Encoding.UTF8.GetBytes(text));
    }
}
