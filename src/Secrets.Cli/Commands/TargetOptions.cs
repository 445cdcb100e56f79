using System.CommandLine;
using Secrets.Cli.Chains;

namespace Secrets.Cli.Commands;

/// <summary>The options that say which file a command writes.</summary>
internal sealed class TargetOptions
{
    private readonly Option<bool> _global = new("--global", "-g") { Description = "Write the file in the home directory, which all projects share." };
    private readonly Option<string?> _environment = EnvironmentOption.Create("Write the file of this environment, as in secrets.Development.toml.");
    private readonly Option<string?> _file = new("--file") { Description = "Write this file.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_global);
        command.Options.Add(_environment);
        command.Options.Add(_file);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_file) is not null && (result.GetValue(_global) || result.GetValue(_environment) is not null))
            {
                result.AddError("--file names a file of its own; leave out --global and --env.");
            }
        });
    }

    public string Choose(ParseResult parsed, Surroundings surroundings) =>
        ProjectFiles.Target(surroundings, parsed.GetValue(_file), parsed.GetValue(_global), parsed.GetValue(_environment));
}
