using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Secrets.Cli.Running;
using Secrets.Cli.Terminals;

namespace Secrets.Cli;

/// <summary>All that a command sees of the machine. Tests give another one.</summary>
internal sealed class Surroundings
{
    public required ITerminal Terminal { get; init; }

    public required IPrograms Programs { get; init; }

    /// <summary>Gets the current directory. Where there is none, only a command that needs it fails.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    [AllowNull]
    public required string Directory
    {
        get => field ?? throw CommandException.WrongUse("The current directory does not exist, or may not be entered. Change to another one.");
        init;
    }

    /// <summary>Gets the user's home directory; empty where there is none.</summary>
    public required string Home { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public static Surroundings OfProcess()
    {
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new Surroundings
        {
            Terminal = new SystemTerminal(variables.GetValueOrDefault("NO_COLOR") is { Length: > 0 }),
            Programs = new SystemPrograms(),
            Directory = CurrentDirectory(),
            Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            Variables = variables,
        };
    }

    private static string? CurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Gives a path that the user typed, from where the user is.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Directory);

    /// <summary>Gives a path as the user would type it: relative where it lies below the current directory.</summary>
    public string ShortPath(string path)
    {
        string relative = Path.GetRelativePath(Directory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
