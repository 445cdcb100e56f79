using System.Security.Cryptography;
using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>Lines of the file that <c>GITHUB_ENV</c> names (actions/runner, FileCommandManager.cs), and the commands that mask values in the log.</summary>
internal static class GitHubExport
{
    // A mask of one character would make every log unreadable, and of a JSON document the first line is one. The runner refuses blanks.
    private const int MinMasked = 4;

    public static string Write(Variable variable)
    {
        string[] lines = variable.Value.Split('\n');
        string delimiter;
        do
        {
            delimiter = "END_" + RandomNumberGenerator.GetHexString(24);
        }
        while (Array.Exists(lines, l => string.Equals(l.TrimEnd('\r'), delimiter, StringComparison.Ordinal)));

        return $"{variable.Name}<<{delimiter}\n{variable.Value}\n{delimiter}\n";
    }

    /// <summary>Gives the commands, one for each line of each value: older runners do not mask values of several lines.</summary>
    public static string Masks(IEnumerable<Variable> variables)
    {
        IEnumerable<string> lines = variables.SelectMany(v => v.Value.Split('\n', '\r')).Where(l => l.Trim().Length >= MinMasked).Distinct(StringComparer.Ordinal);
        return string.Concat(lines.Select(l => "::add-mask::" + l.Replace("%", "%25", StringComparison.Ordinal) + "\n"));
    }
}
