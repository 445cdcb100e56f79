using System.Text;

namespace Secrets.Cli.Running;

/// <summary>
/// How Windows starts a program. CreateProcess adds <c>.exe</c> alone and runs batch files with quoting that is not theirs, so that <c>npm</c>, which is
/// <c>npm.cmd</c>, would not be found, and an argument could become a command of cmd.exe.
/// </summary>
internal static class WindowsCommand
{
    private const string DefaultExtensions = ".COM;.EXE;.BAT;.CMD";

    /// <summary>
    /// Finds the file of a command in PATH, with the extensions of PATHEXT. The current directory is not searched, as in PowerShell: a file that lies there
    /// is written as <c>.\server</c>.
    /// </summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    public static string? Find(string command, IReadOnlyDictionary<string, string> variables, Func<string, bool> exists) =>
        Candidates(command, variables).FirstOrDefault(exists);

    public static bool IsBatch(string file) => ExtensionOf(file).ToUpperInvariant() is ".BAT" or ".CMD";

    /// <summary>Gives the arguments of cmd.exe that run a batch file. Delayed expansion is off, and so is what the registry runs first.</summary>
    /// <exception cref="CommandException">An argument has a line break, which ends a command of cmd.exe.</exception>
    public static string BatchArguments(string file, IEnumerable<string> arguments)
    {
        var line = new StringBuilder("/e:ON /v:OFF /d /c \"\"").Append(file).Append('"');
        foreach (string argument in arguments)
        {
            if (argument.AsSpan().ContainsAny('\n', '\r'))
            {
                throw CommandException.WrongUse($"An argument has a line break, which the batch file {file} cannot take.");
            }

            Append(line.Append(' '), argument);
        }

        return line.Append('"').ToString();
    }

    private static IEnumerable<string> Candidates(string command, IReadOnlyDictionary<string, string> variables)
    {
        string[] extensions = Split(variables.GetValueOrDefault("PATHEXT") is { Length: > 0 } given ? given : DefaultExtensions);
        string[] names = [.. ExtensionOf(command).Length > 0 ? [command] : Array.Empty<string>(), .. extensions.Select(e => command + e)];
        return command.AsSpan().ContainsAny('\\', '/', ':')
            ? names
            : Split(variables.GetValueOrDefault("PATH") ?? "").SelectMany(d => names.Select(n => d.Trim('"').TrimEnd('\\', '/') + "\\" + n));
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string ExtensionOf(string file)
    {
        string name = file[(file.AsSpan().LastIndexOfAny('\\', '/', ':') + 1)..];
        int dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[dot..];
    }

    // An argument stays bare where that is safe, since batch files compare "%1" with words.
    private static void Append(StringBuilder line, string argument)
    {
        bool isQuoted = argument.Length == 0 || argument[^1] == '\\' || !argument.All(IsSafe);
        line.Append(isQuoted ? "\"" : "");
        int backslashes = 0;
        foreach (char character in argument)
        {
            if (character == '"')
            {
                // The program behind the batch file takes two quotes for one, and the backslashes before them in pairs.
                line.Append('\\', backslashes).Append('"');
            }
            else if (character == '%')
            {
                // A part of length zero of the variable cd stands between this % and the next: no name of a variable is left.
                line.Append("%%cd:~,");
            }

            backslashes = character == '\\' ? backslashes + 1 : 0;
            line.Append(character);
        }

        if (isQuoted)
        {
            line.Append('\\', backslashes).Append('"');
        }
    }

    private static bool IsSafe(char character) => char.IsAscii(character)
        ? char.IsAsciiLetterOrDigit(character) || "#$*+-./:?@\\_".Contains(character, StringComparison.Ordinal)
        : !char.IsControl(character) && !char.IsWhiteSpace(character);
}
