using Secrets.Files;
using Secrets.Toml;
using Secrets.Toml.Files;

namespace Secrets.Cli.Chains;

/// <summary>The files that the default chain reads, and the one of them that a command writes.</summary>
internal static class ProjectFiles
{
    public const string Folder = ".secrets";

    /// <param name="surroundings">The machine.</param>
    /// <param name="environment">The environment whose files refine the others: <see langword="null"/> for that of the variables, empty for none.</param>
    public static TomlOptions Options(Surroundings surroundings, string? environment = null) => new()
    {
        EnvironmentName = environment,
        ApplicationDirectory = "",
        HomeDirectory = surroundings.Home,
        CurrentDirectory = () => surroundings.Directory,
        Variable = name => surroundings.Variables.GetValueOrDefault(name),
        ExportToEnvironment = false,
    };

    /// <summary>Gives every place that is read, lowest first, whether there is a file or not.</summary>
    public static IReadOnlyList<string> Places(Surroundings surroundings, string? environment = null) =>
        [.. new SecretsFileFinder(Options(surroundings, environment)).Find("toml", []).Select(f => f.Path)];

    /// <summary>Gives the files of those places that are there, with the files of all environments beside them. A template to commit is none.</summary>
    public static IEnumerable<string> Present(Surroundings surroundings, string? environment) => Places(surroundings, environment)
        .SelectMany(p => Path.GetDirectoryName(p) is { } folder && Directory.Exists(folder) ? [p, .. Directory.EnumerateFiles(folder, "secrets.*.toml")] : new[] { p })
        .Where(p => File.Exists(p) && !p.EndsWith(".example.toml", StringComparison.Ordinal));

    /// <summary>
    /// Gives the file to write: the one that is named; else, of the files that are read and exist, the highest of the project or of the home directory; else the
    /// place where a new one belongs.
    /// </summary>
    public static string Target(Surroundings surroundings, string? file, bool isGlobal, string? environment)
    {
        if (file is not null)
        {
            return surroundings.FullPath(file);
        }

        string directory = DirectoryOf(surroundings, isGlobal);
        string name = environment is null ? "secrets.toml" : $"secrets.{environment}.toml";
        IReadOnlyList<string> places = Places(surroundings, environment ?? "");
        string? existing = isGlobal
            ? places.LastOrDefault(p => File.Exists(p) && IsIn(surroundings.Home, p))
            : places.LastOrDefault(p => File.Exists(p) && !IsIn(surroundings.Home, p) && IsAtOrAbove(ProjectOf(p), surroundings.Directory));
        return existing is null
            ? Path.Combine(directory, Folder, name)
            : environment is null ? existing : Path.Combine(Path.GetDirectoryName(existing)!, name);
    }

    /// <summary>Gives the directory in which the file of the project, or of the user, belongs.</summary>
    public static string DirectoryOf(Surroundings surroundings, bool isGlobal) => !isGlobal ? surroundings.Directory : surroundings.Home.Length > 0
        ? surroundings.Home
        : throw CommandException.WrongUse("There is no home directory for a global file. Set HOME, or name a file with --file.");

    private static string ProjectOf(string file) => Path.GetDirectoryName(Path.GetDirectoryName(file)) ?? "";

    private static bool IsIn(string directory, string file) => directory.Length > 0 && FilePaths.AreSame(directory, ProjectOf(file));

    private static bool IsAtOrAbove(string directory, string current) => FilePaths.AreSame(directory, current) || FilePaths.IsAbove(directory, current);
}
