namespace Secrets.Toml.Files;

/// <summary>The rules of where TOML files are looked for, in one place. The result begins with what is refined most: later files win.</summary>
internal sealed class SecretsFileFinder(TomlOptions options)
{
    // The lower of the two first.
    private static readonly string[] Folders = [".streamlit", ".secrets"];

    private readonly string[] _files = [.. options.Files];
    private readonly PipeContents _pipes = new();
    private readonly string? _project = options.ProjectDirectory;
    private readonly string? _home = options.HomeDirectory;
    private readonly Func<string, string?> _variable = options.Variable;
    private readonly Func<string> _currentDirectory = options.CurrentDirectory;

    public IReadOnlyList<SecretsFile> Find()
    {
        string current = WorkTree.Full(_currentDirectory());
        string start = WorkTree.Full(_project ?? current, current);
        string? home = WorkTree.Home(_home, current);
        if (Listed() is { Length: > 0 } listed)
        {
            return [.. listed.Select(file => new SecretsFile(WorkTree.Expand(file, start, home), file, isListed: true, _pipes))];
        }

        string project = _project is null ? WorkTree.Nearest(start, home, HasFile) : start;
        string[] directories = home is null || WorkTree.AreSame(home, project) ? [project] : [home, project];
        return [.. from directory in directories
                   from folder in Folders
                   let path = Path.Combine(directory, folder, "secrets.toml")
                   select new SecretsFile(path, WorkTree.DisplayName(path, current), isListed: false)];
    }

    private string[] Listed() => _files.Length > 0
        ? _files
        : _variable("SECRETS_FILES")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool HasFile(string directory) => Array.Exists(Folders, folder => WorkTree.IsThere(Path.Combine(directory, folder, "secrets.toml")));
}
