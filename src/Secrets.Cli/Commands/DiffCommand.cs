using System.CommandLine;
using Secrets.Cli.Chains;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets diff</c>.</summary>
internal sealed class DiffCommand(Surroundings surroundings, ChainOptions chain)
{
    private readonly Argument<string> _first = new("A") { Description = "A source: " + SourceSpec.Help + "." };
    private readonly Argument<string> _second = new("B") { Description = "Another source." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, without values." };

    public static Command Create(Surroundings surroundings, ChainOptions chain)
    {
        var diff = new DiffCommand(surroundings, chain);
        var command = new Command("diff", "Say which keys two sources have in common and where their values differ. Shows no value; the exit code is 1 where they differ.")
        {
            diff._first, diff._second, diff._json,
        };
        command.SetAction(diff.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] names = [parsed.GetValue(_first)!, parsed.GetValue(_second)!];
        await using SecretsStore first = await chain.OpenAsync([names[0]], null, [], cancellationToken);
        await using SecretsStore second = await chain.OpenAsync([names[1]], null, [], cancellationToken);
        string[][] rows =
        [
            .. Leaf.Of(first).Select(l => new[] { l.Path.ToString(), Compare(l, second, names[0]) }),
            .. Leaf.Of(second).Where(l => Find(first, l) is null).Select(l => new[] { l.Path.ToString(), "only in " + names[1] }),
        ];
        if (parsed.GetValue(_json))
        {
            surroundings.Terminal.Output.WriteLine(Json(rows));
        }
        else
        {
            surroundings.Terminal.WriteTable(["Path", "Result"], rows);
        }

        return Array.TrueForAll(rows, r => string.Equals(r[1], "equal", StringComparison.Ordinal)) ? ExitCode.Done : ExitCode.No;
    }

    private static string Compare(Leaf leaf, SecretsStore other, string name) =>
        Find(other, leaf) is not { } value ? "only in " + name : SameValue.Is(leaf.Value, value) ? "equal" : "different";

    private static SecretValue? Find(SecretsStore store, Leaf leaf) => store.TryGetValue(leaf.Path.ToString(), out SecretValue? value) ? value : null;

    private static string Json(string[][] rows) => JsonText.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (string[] row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("path", row[0]);
            writer.WriteString("result", row[1]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
