using System.CommandLine;
using System.Text;
using Secrets.Cli.Chains;
using Secrets.Cli.Files;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets template</c>.</summary>
internal static class TemplateCommand
{
    private const string Top = """
        # The secrets that this project needs, without their values. Set each with: secrets set KEY
        # secrets check says which of them are missing.


        """;

    public static Command Create(Surroundings surroundings, ChainOptions chain)
    {
        var output = new Option<string?>("--output", "-o") { Description = "Write this file, such as secrets.example.toml, instead of standard output.", HelpName = "FILE" };
        var command = new Command("template", "Print the keys without the values, as a file to commit.") { output };
        chain.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using SecretsStore store = await chain.OpenAsync(parsed, cancellationToken);
            string text = Top + TomlText.Document(Leaf.Of(store), l => TomlText.Empty(l.Value.Kind));
            if (parsed.GetValue(output) is { } file)
            {
                NewFile.Write(surroundings.FullPath(file), Encoding.UTF8.GetBytes(text));
            }
            else
            {
                surroundings.Terminal.Output.Write(text);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
