using System.CommandLine;
using Secrets.Cli.Values;
using Secrets.Toml;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets unset</c>.</summary>
internal static class UnsetCommand
{
    public static Command Create(Surroundings surroundings, PathArguments paths)
    {
        Argument<string> path = paths.Create("The secret or the section to remove.");
        var target = new TargetOptions();
        var command = new Command("unset", "Remove a secret, or a section with all that is in it, from secrets.toml.") { path };
        target.AddTo(command);
        command.SetAction(parsed => Run(surroundings, Leaf.ParsePath(parsed.GetValue(path)!).ToString(), target.Choose(parsed, surroundings)));
        return command;
    }

    private static int Run(Surroundings surroundings, string path, string file)
    {
        TomlEditor editor = TomlEditor.Open(file);
        if (!editor.Remove(path))
        {
            throw new CommandException(ExitCode.No, $"{path} is not in {surroundings.ShortPath(file)}; nothing was changed.");
        }

        editor.Save();
        surroundings.Terminal.Output.WriteLine($"Removed {path} from {surroundings.ShortPath(file)}.");
        return ExitCode.Done;
    }
}
