using System.CommandLine;
using Secrets.Cli.Chains;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets list</c>.</summary>
internal sealed class ListCommand(Surroundings surroundings, ChainOptions chain)
{
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Show the values too." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, without values." };

    public static Command Create(Surroundings surroundings, ChainOptions chain)
    {
        var list = new ListCommand(surroundings, chain);
        var command = new Command("list", "List every secret: what it is, where it comes from, and what it shadows. Shows no value.") { list._reveal, list._json };
        chain.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(list._reveal) && result.GetValue(list._json))
            {
                result.AddError("--json shows no values, so --reveal changes nothing. For values as JSON: secrets export --format json");
            }
        });
        command.SetAction(list.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_reveal))
        {
            return await chain.PrintAsync(parsed, [], s => Print(parsed, s), cancellationToken);
        }

        await using SecretsStore store = await chain.OpenAsync(parsed, cancellationToken);
        Print(parsed, store);
        return ExitCode.Done;
    }

    private void Print(ParseResult parsed, SecretsStore store)
    {
        IReadOnlyList<Leaf> leaves = Leaf.Of(store);
        if (parsed.GetValue(_json))
        {
            surroundings.Terminal.Output.WriteLine(Json(store, leaves));
        }
        else if (leaves.Count == 0)
        {
            surroundings.Terminal.Error.WriteLine("There are no secrets." + chain.NextStep(parsed));
        }
        else
        {
            bool isRevealed = parsed.GetValue(_reveal);
            surroundings.Terminal.WriteTable(
                ["Path", "Kind", isRevealed ? "Value" : "", "Source", "Shadows"],
                [.. leaves.Select(l => Row(store, l, isRevealed))]);
        }
    }

    private static string[] Row(SecretsStore store, Leaf leaf, bool isRevealed) =>
    [
        leaf.Path.ToString(),
        leaf.Value.Kind.ToString(),
        isRevealed ? Revealed(leaf.Value) : "***",
        leaf.Value.Origin.ToString(),
        string.Join(", ", Shadowed(store, leaf)),
    ];

    // On one line: a line break would tear the row apart, and an escape sequence would be the terminal's.
    private static string Revealed(SecretValue value) => value.Kind switch
    {
        SecretKind.Unreadable => "(unreadable)",
        SecretKind.Array => SecretOrigin.Printable(JsonText.OnOneLine(value)),
        SecretKind.Bytes => Convert.ToBase64String(value.RevealBytes()),
        _ => SecretOrigin.Printable(value.Reveal()),
    };

    private static IEnumerable<string> Shadowed(SecretsStore store, Leaf leaf) => store.Explain(leaf.Path.ToString()).Candidates
        .Where(c => c.Outcome == SecretOutcome.Shadowed)
        .Select(c => c.SourceName + " " + string.Join(", ", c.Places));

    private static string Json(SecretsStore store, IReadOnlyList<Leaf> leaves) => JsonText.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (Leaf leaf in leaves)
        {
            writer.WriteStartObject();
            writer.WriteString("path", leaf.Path.ToString());
            writer.WriteString("kind", leaf.Value.Kind.ToString());
            writer.WriteString("source", leaf.Value.Origin.SourceName);
            writer.WriteString("location", leaf.Value.Origin.Location);
            writer.WriteStartArray("shadows");
            foreach (string shadowed in Shadowed(store, leaf))
            {
                writer.WriteStringValue(shadowed);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
