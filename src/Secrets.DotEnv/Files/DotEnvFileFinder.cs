using Secrets.Toml.Files;

namespace Secrets.DotEnv.Files;

/// <summary>The rules of where <c>.env</c> files are looked for, in one place. Later files of the result win.</summary>
internal sealed class DotEnvFileFinder(DotEnvOptions options)
{
    private readonly string[] _files = [.. options.Files];
    private readonly PipeContents _pipes = new();
    private readonly string? _project = options.ProjectDirectory;
    private readonly bool _searchParents = options.SearchParents;
    private readonly string? _home = options.HomeDirectory;
    private readonly Func<string> _currentDirectory = options.CurrentDirectory;

    public IReadOnlyList<SecretsFile> Find()
    {
        string current = WorkTree.Full(_currentDirectory());
        string? home = WorkTree.Home(_home, current);
        string[] files = _files.Length > 0 ? _files : [".env"];
        string start = WorkTree.Full(_project ?? current, current);
        if (_searchParents)
        {
            start = WorkTree.Nearest(start, home, directory => files.Any(f => IsRelative(f) && IsFile(Path.Combine(directory, f))));
        }

        return [.. files.Select(file => At(WorkTree.Expand(file, start, home), file))];

        // As it was listed, so that a person knows it again; where that does not lead an editor to it, as the path that does.
        SecretsFile At(string path, string file) => new(
            path,
            !IsRelative(file) || string.Equals(start, current, WorkTree.Names) ? file : WorkTree.DisplayName(path, current),
            isListed: _files.Length > 0,
            _pipes);
    }

    // A folder of that name is mostly Python's.
    private static bool IsFile(string path) => !Directory.Exists(path) && WorkTree.IsThere(path);

    private static bool IsRelative(string file) => !Path.IsPathRooted(file) && file is not ['~', '/' or '\\', ..];
}
