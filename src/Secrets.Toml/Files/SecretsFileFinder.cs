namespace Secrets.Toml.Files;

/// <summary>The rules of where TOML files are looked for, in one place. The result begins with what is refined most: later files win.</summary>
internal sealed class SecretsFileFinder(TomlOptions options)
{
    // The lower of the two first.
    private static readonly string[] Folders = [".streamlit", ".secrets"];

    private static readonly StringComparison Names =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly string[] _files = [.. options.Files];
    private readonly string? _project = options.ProjectDirectory;
    private readonly string? _home = options.HomeDirectory;
    private readonly Func<string, string?> _variable = options.Variable;
    private readonly Func<string> _currentDirectory = options.CurrentDirectory;

    public IReadOnlyList<SecretsFile> Find()
    {
        string current = Full(_currentDirectory());
        string start = Full(_project ?? current, current);
        string? home = (_home ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)) is { Length: > 0 } given ? Full(given, current) : null;
        if (Listed() is { Length: > 0 } listed)
        {
            return [.. listed.Select(file => new SecretsFile(Expand(file, start, home), file, isListed: true))];
        }

        string project = _project is null ? ProjectDirectory(start, home) : start;
        string[] directories = home is null || string.Equals(home, project, Names) ? [project] : [home, project];
        return [.. from directory in directories
                   from folder in Folders
                   let path = Path.Combine(directory, folder, "secrets.toml")
                   select new SecretsFile(path, DisplayName(path, current), isListed: false)];
    }

    private string[] Listed() => _files.Length > 0
        ? _files
        : _variable("SECRETS_FILES")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string Expand(string file, string start, string? home) =>
        home is not null && file.Length > 1 && file[0] == '~' && file[1] is '/' or '\\'
            ? Path.GetFullPath(file[2..], home)
            : Path.GetFullPath(file, start);

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static string Full(string path, string start) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, start));

    /// <summary>Gives the directory itself or, where it has no file and lies in a git work tree, the nearest parent in that tree that has one.</summary>
    private static string ProjectDirectory(string current, string? home)
    {
        string? nearest = null;
        for (DirectoryInfo? directory = new(current); directory is not null && !IsAbove(directory.FullName, home); directory = directory.Parent)
        {
            if (nearest is null && HasFile(directory.FullName))
            {
                nearest = directory.FullName;
            }

            // A work tree's own folder, or the file that stands for it in a linked work tree (git-worktree, "DETAILS").
            string git = Path.Combine(directory.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git))
            {
                return nearest ?? current;
            }
        }

        return current;
    }

    private static bool HasFile(string directory) => Array.Exists(Folders, folder => File.Exists(Path.Combine(directory, folder, "secrets.toml")));

    internal static bool IsAbove(string directory, string? home) =>
        home is not null
        && home.Length > directory.Length
        && home.StartsWith(Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar, Names);

    private static string DisplayName(string path, string current)
    {
        string relative = Path.GetRelativePath(current, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
