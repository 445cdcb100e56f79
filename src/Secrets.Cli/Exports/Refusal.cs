using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>What is said where a format cannot hold a value.</summary>
internal static class Refusal
{
    public static CommandException Of(Variable variable, string format, string what) => new(
        ExitCode.No, $"{variable.Path} {what}, which the format {format} cannot hold. Leave it out with --only, or choose another format, such as json.");
}
