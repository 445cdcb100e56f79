using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>Commands of a POSIX shell. Single quotes are literal there; a quote itself stands outside of them.</summary>
internal static class ShellExport
{
    public static string Write(Variable variable) => $"export {variable.Name}='{variable.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'\n";
}
