using System.CommandLine;
using Secrets.Toml.Files;

namespace Secrets.Cli.Chains;

/// <summary><c>--env NAME</c>.</summary>
internal static class EnvironmentOption
{
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--env") { Description = description, HelpName = "NAME" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && (string.IsNullOrWhiteSpace(name) || !SecretsFileFinder.IsEnvironmentName(name)))
            {
                result.AddError("--env is a name that a file name can have, such as Development.");
            }
        });
        return option;
    }
}
