using System.CommandLine;
using Secrets.Cli.Chains;
using Secrets.Cli.Files;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets init</c>.</summary>
internal static class InitCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var global = new Option<bool>("--global", "-g") { Description = "Create the file in the home directory, which all projects share." };
        Option<string?> environment = EnvironmentOption.Create("Create the file of this environment, as in secrets.Development.toml.");
        var command = new Command("init", "Create .secrets/secrets.toml here, readable by you alone, and add it to .gitignore. Never overwrites.") { global, environment };
        command.SetAction(parsed => Run(surroundings, parsed.GetValue(global), parsed.GetValue(environment)));
        return command;
    }

    private static int Run(Surroundings surroundings, bool isGlobal, string? environment)
    {
        string directory = ProjectFiles.DirectoryOf(surroundings, isGlobal);
        string file = Path.Combine(directory, ProjectFiles.Folder, environment is null ? "secrets.toml" : $"secrets.{environment}.toml");
        TextWriter output = surroundings.Terminal.Output;
        if (File.Exists(file))
        {
            output.WriteLine($"{surroundings.ShortPath(file)} exists already; nothing was changed.");
            return ExitCode.Done;
        }

        foreach (string line in NewFile.Create(surroundings, file))
        {
            output.WriteLine(line);
        }

        output.WriteLine($"Next: secrets set {(isGlobal ? "--global " : "")}{(environment is null ? "" : $"--env {environment} ")}api_token");
        return ExitCode.Done;
    }
}
