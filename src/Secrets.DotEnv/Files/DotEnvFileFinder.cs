using Secrets.Files;

namespace Secrets.DotEnv.Files;

/// <summary>The rules of where <c>.env</c> files are looked for, in one place. Later files of the result win.</summary>
internal sealed class DotEnvFileFinder(DotEnvOptions options, SecretsBuilder? builder = null) : IFileFinder
{
    private readonly string[] _files = options.Files.Count > 0 ? [.. options.Files] : [".env"];
    private readonly bool _isListed = options.Files.Count > 0;
    private readonly PipeContents _pipes = new();
    private readonly FileContext _context = new(options.ProjectDirectory, options.HomeDirectory, options.CurrentDirectory, builder, "dotenv");
    private readonly bool _searchParents = options.SearchParents;

    /// <exception cref="SecretsSourceException">
    /// A path is relative and the current directory did not exist when the source was added, or a file of a parent belongs to another user.
    /// </exception>
    public IReadOnlyList<SecretsFile> Find(string sourceName, List<string> warnings)
    {
        string? parent = _searchParents && _context.Start is { } start
            ? WorkTree.Nearest(start, _context.Home, directory => _files.Any(f => _context.IsRelative(f) && IsFile(Path.Combine(directory, f))))
            : _context.Start;
        if (_searchParents && parent is not null)
        {
            WorkTree.ThrowIfForeign(parent, _context.Start!, _files.Where(_context.IsRelative).Select(f => Path.Combine(parent, f)), sourceName);
        }

        return [.. _files.Select(file =>
        {
            bool isMoved = _context.IsRelative(file) && !string.Equals(parent, _context.Start, FilePaths.Names);
            string path = isMoved ? Path.GetFullPath(file, parent!) : _context.Expand(file, sourceName);
            return new SecretsFile(path, isMoved ? _context.DisplayName(path) : _context.DisplayName(path, file), _isListed, _pipes);
        })];
    }

    // A folder of that name is mostly Python's.
    private static bool IsFile(string path) => !Directory.Exists(path) && FilePaths.IsThere(path);
}
