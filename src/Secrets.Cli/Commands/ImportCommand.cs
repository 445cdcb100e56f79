using System.CommandLine;
using System.Text;
using Secrets.Cli.Files;
using Secrets.Cli.Imports;
using Secrets.Cli.Values;
using Secrets.Toml;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets import</c>.</summary>
internal sealed class ImportCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string> _file = new("FILE") { Description = "A .env file, appsettings.json, the secrets.json of dotnet user-secrets, or a TOML file such as Streamlit's." };
    private readonly Option<string?> _format = new("--format", "-f") { Description = "What the file is, where its name does not say it." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Write without asking." };
    private readonly SelectionOptions _selection = new();
    private readonly TargetOptions _target = new();

    private ImportCommand(Surroundings surroundings)
    {
        _surroundings = surroundings;
        _format.AcceptOnlyFromAmong(ImportFile.Formats);
    }

    public static Command Create(Surroundings surroundings)
    {
        var import = new ImportCommand(surroundings);
        var command = new Command("import", "Take secrets from another kind of file into secrets.toml. Shows what would change, without values, and asks.")
        {
            import._file, import._format, import._yes,
        };
        import._selection.AddOnlyTo(command);
        import._target.AddTo(command);
        command.SetAction(import.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string source = parsed.GetValue(_file)!;
        string target = _target.Choose(parsed, _surroundings);
        bool isNew = !File.Exists(target);
        await using SecretsStore store = await ImportFile.OpenAsync(_surroundings, source, parsed.GetValue(_format), cancellationToken);
        TomlEditor editor = TomlEditor.Open(target);
        await using SecretsStore present = await new SecretsBuilder()
            .AddTomlText(Encoding.UTF8.GetString(editor.ToUtf8()), o => o.ExportToEnvironment = false)
            .BuildAsync(cancellationToken);
        List<string[]> rows = [.. _selection.Leaves(parsed, store).Select(leaf => new[] { leaf.Path.ToString(), Apply(editor, leaf, present) })];
        _surroundings.Terminal.WriteTable(["Path", "Result"], rows);
        if (rows.TrueForAll(r => string.Equals(r[1], "same", StringComparison.Ordinal)))
        {
            _surroundings.Terminal.Output.WriteLine("Nothing to change.");
            return ExitCode.Done;
        }

        string name = _surroundings.ShortPath(target);
        if (!parsed.GetValue(_yes) && !_surroundings.Terminal.CanAsk)
        {
            throw CommandException.WrongUse("Nobody can be asked here; add --yes to write. Nothing was changed.");
        }

        if (!parsed.GetValue(_yes) && !_surroundings.Terminal.Confirm($"Write this to {name}?"))
        {
            _surroundings.Terminal.Output.WriteLine("Nothing was changed.");
            return ExitCode.No;
        }

        Save(editor, target, isNew, store, present, parsed);
        _surroundings.Terminal.Output.WriteLine($"Wrote {name}. {source} is as it was; remove it when you no longer need it.");
        return ExitCode.Done;
    }

    private static string Apply(TomlEditor editor, Leaf leaf, SecretsStore present)
    {
        string path = leaf.Path.ToString();
        bool isNew = !present.TryGetValue(path, out SecretValue? old);
        if (!isNew && SameValue.Is(old!, leaf.Value))
        {
            return "same";
        }

        editor.SetRaw(path, TomlText.Of(leaf.Value, path));
        return isNew ? "new" : "changed";
    }

    // A new file gets its comment and its line in .gitignore first.
    private void Save(TomlEditor editor, string target, bool isNew, SecretsStore store, SecretsStore present, ParseResult parsed)
    {
        if (!isNew)
        {
            editor.Save();
            return;
        }

        foreach (string line in NewFile.Create(_surroundings, target))
        {
            _surroundings.Terminal.Output.WriteLine(line);
        }

        TomlEditor created = TomlEditor.Open(target);
        foreach (Leaf leaf in _selection.Leaves(parsed, store))
        {
            Apply(created, leaf, present);
        }

        created.Save();
    }
}
