using System.CommandLine;
using System.Globalization;
using System.Text;
using Secrets.Cli.Chains;
using Secrets.Cli.Files;
using Secrets.Cli.Values;
using Secrets.Files;
using Secrets.Toml;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets set</c>.</summary>
internal sealed class SetCommand
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Surroundings _surroundings;
    private readonly Argument<string> _path;
    private readonly Option<string?> _fromFile = new("--from-file") { Description = "Take the value from this file, exactly as it is.", HelpName = "FILE" };
    private readonly Option<string?> _value = new("--value") { Description = "Take the value from the command line, where your shell's history and other users can see it.", HelpName = "TEXT" };
    private readonly Option<string> _type = new("--type") { Description = "What the value is; toml is any value as TOML writes it.", DefaultValueFactory = _ => "string" };
    private readonly TargetOptions _target = new();

    private SetCommand(Surroundings surroundings, PathArguments paths)
    {
        _surroundings = surroundings;
        _path = paths.Create("The secret, as in api_token or database.password.");
        _type.AcceptOnlyFromAmong("string", "integer", "float", "boolean", "toml");
    }

    public static Command Create(Surroundings surroundings, PathArguments paths)
    {
        var set = new SetCommand(surroundings, paths);
        var command = new Command("set", "Set a secret in secrets.toml. The value is asked for and not shown, or read from standard input.")
        {
            set._path, set._fromFile, set._value, set._type,
        };
        set._target.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(set._fromFile) is not null && result.GetValue(set._value) is not null)
            {
                result.AddError("--from-file and --value are two values; give one of them.");
            }
        });
        command.SetAction(set.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = Leaf.ParsePath(parsed.GetValue(_path)!).ToString();
        string file = _target.Choose(parsed, _surroundings);
        string value = await ValueAsync(parsed, path, cancellationToken);
        TextWriter output = _surroundings.Terminal.Output;
        TomlEditor editor = TomlEditor.Open(file);
        if (editor.KindOf(path) == SecretKind.Section)
        {
            throw CommandException.WrongUse($"{path} is a section; name a key in it, or remove it first with secrets unset {path}.");
        }

        bool isNew = editor.KindOf(path) is null;
        Set(editor, path, value, parsed.GetValue(_type)!);
        if (!File.Exists(file) && parsed.GetResult("--file") is null)
        {
            // Only now, since a value that cannot be set must not leave a file behind.
            foreach (string line in NewFile.Create(_surroundings, file))
            {
                output.WriteLine(line);
            }

            editor = TomlEditor.Open(file);
            Set(editor, path, value, parsed.GetValue(_type)!);
        }

        editor.Save();
        output.WriteLine($"{(isNew ? "Added" : "Changed")} {path} in {_surroundings.ShortPath(file)}.");
        if (value.Length == 0 && parsed.GetValue(_value) is null)
        {
            // A program that fails at the other end of the pipe gives nothing.
            _surroundings.Terminal.Error.WriteLine($"warning: the value of {path} is empty.");
        }

        if (FindShadow(path, file) is { } shadow)
        {
            _surroundings.Terminal.Error.WriteLine($"warning: programs that start here get {path} from {shadow}, which has precedence.");
        }

        return ExitCode.Done;
    }

    // A value that was set in one file and comes from another is a puzzle.
    private string? FindShadow(string path, string file)
    {
        try
        {
            using SecretsStore store = new SecretsBuilder().AddToml(ProjectFiles.Options(_surroundings)).Build();
            string? winner = store.Explain(path).Origin?.File;
            return winner is null || Array.TrueForAll([.. ProjectFiles.Places(_surroundings)], p => !FilePaths.AreSame(p, file)) || FilePaths.AreSame(_surroundings.FullPath(winner), file)
                ? null
                : winner;
        }
        catch (Exception failure) when (failure is ISecretsError)
        {
            return null;
        }
    }

    private static void Set(TomlEditor editor, string path, string value, string type)
    {
        string trimmed = value.Trim();
        switch (type)
        {
            case "integer" when long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer):
                editor.Set(path, integer);
                break;
            case "float" when trimmed is "inf" or "+inf" or "-inf" or "nan":
                editor.SetRaw(path, trimmed);
                break;
            case "float" when double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number):
                editor.Set(path, number);
                break;
            case "boolean" when bool.TryParse(trimmed, out bool boolean):
                editor.Set(path, boolean);
                break;
            case "toml":
                SetToml(editor, path, trimmed);
                break;
            case "string":
                editor.Set(path, value);
                break;
            default:
                throw CommandException.WrongUse($"The value is not of the type {type}; nothing was changed.");
        }
    }

    private static void SetToml(TomlEditor editor, string path, string toml)
    {
        try
        {
            editor.SetRaw(path, toml);
        }
        catch (SecretsFormatException mistake) when (mistake.File is null)
        {
            throw CommandException.WrongUse($"{mistake.Message}. Nothing was changed.");
        }
    }

    private async Task<string> ValueAsync(ParseResult parsed, string path, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_value) is { } given)
        {
            return given;
        }

        if (parsed.GetValue(_fromFile) is { } file)
        {
            return Decode(Read(_surroundings.FullPath(file)), file);
        }

        if (_surroundings.Terminal.CanAsk)
        {
            string? typed = _surroundings.Terminal.AskHidden($"Value of {path} (not shown): ") ?? throw new OperationCanceledException();
            return typed.Length > 0 ? typed : throw CommandException.WrongUse("No value was typed; nothing was changed. For an empty value: --value \"\"");
        }

        // A pipe usually ends with a line end that is not part of the value: echo, a here-document.
        string input = Decode(await _surroundings.Terminal.ReadInputAsync(cancellationToken), "standard input");
        return input.EndsWith("\r\n", StringComparison.Ordinal) ? input[..^2] : input.EndsWith('\n') ? input[..^1] : input;
    }

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.WrongUse($"{file} cannot be read; nothing was changed.");
        }
    }

    private static string Decode(byte[] utf8, string place)
    {
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw CommandException.WrongUse($"What {place} gives is not UTF-8 text, which TOML cannot hold; encode it, for example with base64.");
        }
    }
}
