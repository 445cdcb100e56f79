using System.CommandLine;
using Secrets.Cli.Chains;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets get</c>.</summary>
internal sealed class GetCommand(Surroundings surroundings, ChainOptions chain, Argument<string> path)
{
    private readonly Option<bool> _noNewLine = new("--no-newline", "-n") { Description = "Print the value and no line end." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON: the way to print a section or an array." };

    public static Command Create(Surroundings surroundings, ChainOptions chain, PathArguments paths)
    {
        Argument<string> path = paths.Create("The secret, as in api_token or database.password.");
        var get = new GetCommand(surroundings, chain, path);
        var command = new Command("get", "Print the value of a secret.") { path, get._noNewLine, get._json };
        chain.AddTo(command);
        command.SetAction(get.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        SecretPath sought = Leaf.ParsePath(parsed.GetValue(path)!);
        return chain.PrintAsync(parsed, [sought.ToString()], s => Print(parsed, sought, s), cancellationToken);
    }

    private void Print(ParseResult parsed, SecretPath sought, SecretsStore store)
    {
        SecretValue value = store[sought.ToString()];
        bool isJson = parsed.GetValue(_json);
        if (!isJson && value.Kind is SecretKind.Section or SecretKind.Array)
        {
            throw CommandException.WrongUse($"{sought} is {(value.Kind == SecretKind.Section ? "a section" : "an array")}; print it with --json, or name a key in it.");
        }

        Leaf.ThrowIfUnlistable(sought, value);
        string text = isJson ? JsonText.Of(value) : value.Kind == SecretKind.Bytes ? Convert.ToBase64String(value.RevealBytes()) : value.Reveal();
        surroundings.Terminal.Output.Write(parsed.GetValue(_noNewLine) ? text : text + "\n");
    }
}
