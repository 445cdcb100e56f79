using System.CommandLine;
using Secrets.Cli.Chains;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets explain</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(Surroundings surroundings, ChainOptions chain, PathArguments paths)
    {
        Argument<string> path = paths.Create("The secret or the section.");
        var command = new Command("explain", "Say which source supplies a secret, which ones it shadows, and where each looked. Shows no value.") { path };
        chain.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SecretPath sought = Leaf.ParsePath(parsed.GetValue(path)!);
            await using SecretsStore store = await chain.OpenAsync(parsed, cancellationToken);
            SecretExplanation explanation = store.Explain(sought.ToString());
            surroundings.Terminal.Output.WriteLine(explanation);
            return explanation.Origin is null ? ExitCode.No : ExitCode.Done;
        });
        return command;
    }
}
