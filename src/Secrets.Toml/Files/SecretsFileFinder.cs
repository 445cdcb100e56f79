using System.Buffers;
using Secrets.Files;

namespace Secrets.Toml.Files;

/// <summary>The rules of where TOML files are looked for, in one place. The result begins with what is refined most: later files win.</summary>
internal sealed class SecretsFileFinder(TomlOptions options, SecretsBuilder? builder = null) : IFileFinder
{
    // The lower of the two first.
    private static readonly string[] Folders = [".streamlit", ".secrets"];

    // What no file name holds on one of the systems, so that a name means the same on each and leads to no other directory.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(
        [.. "/\\:*?\"<>|", .. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl)]);

    private readonly string[] _files = [.. options.Files];
    private readonly PipeContents _pipes = new();
    private readonly FileContext _context = new(options.ProjectDirectory, options.HomeDirectory, options.CurrentDirectory, builder, "toml");
    private readonly string? _environment = options.EnvironmentName;
    private readonly string _application = options.ApplicationDirectory;
    private readonly Func<string, string?> _variable = options.Variable;

    /// <summary>Says whether the name of an environment can be part of a file's name.</summary>
    public static bool IsEnvironmentName(string name) => !name.AsSpan().ContainsAny(NotInNames);

    /// <param name="sourceName">The source's name in the chain.</param>
    /// <param name="warnings">Gets what keeps a place from being looked into.</param>
    /// <exception cref="SecretsSourceException">
    /// A listed path is relative and there is no current directory, the environment's name cannot be part of a file name, or a file of a parent belongs to another user.
    /// </exception>
    public IReadOnlyList<SecretsFile> Find(string sourceName, List<string> warnings)
    {
        if (Listed() is { Length: > 0 } listed)
        {
            return [.. listed.Select(file => Listed(file, sourceName))];
        }

        string[] names = FileNames(sourceName);
        return [.. from directory in Directories(names, sourceName, warnings)
                   from folder in Folders
                   from name in names
                   let path = Path.Combine(directory, folder, name)
                   select new SecretsFile(path, _context.DisplayName(path), isListed: false)];
    }

    private SecretsFile Listed(string file, string sourceName)
    {
        string path = _context.Expand(file, sourceName);
        return new SecretsFile(path, _context.DisplayName(path, file), isListed: true, _pipes);
    }

    private string[] Listed() => _files.Length > 0
        ? _files
        : _variable("SECRETS_FILES")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private string[] FileNames(string sourceName)
    {
        (string place, string? name) = _environment is not null ? ("TomlOptions.EnvironmentName", _environment)
            : _context.EnvironmentName is { } ofBuilder ? ("SecretsBuilder.EnvironmentName", ofBuilder)
            : _variable("DOTNET_ENVIRONMENT") is { Length: > 0 } ofDotnet ? ("DOTNET_ENVIRONMENT", ofDotnet)
            : ("ASPNETCORE_ENVIRONMENT", _variable("ASPNETCORE_ENVIRONMENT"));
        if (string.IsNullOrWhiteSpace(name))
        {
            return ["secrets.toml"];
        }

        return IsEnvironmentName(name) ? ["secrets.toml", $"secrets.{name}.toml"] : throw new SecretsSourceException(
            SecretsErrorCode.InvalidConfiguration,
            $"{place} has a character that a file name cannot have; set it to a name such as Development, or to nothing.",
            sourceName);
    }

    private List<string> Directories(string[] names, string sourceName, List<string> warnings)
    {
        bool HasFile(string directory) =>
            Array.Exists(Folders, folder => Array.Exists(names, name => WorkTree.IsThere(Path.Combine(directory, folder, name))));

        var directories = new List<string>();
        foreach (string project in Projects(names, HasFile, sourceName, warnings))
        {
            // Where the application is takes the place of a project that has no file; one that has gets its place back if it is looked into a moment later.
            directories.Insert(0, project);
            if (HasFile(project))
            {
                break;
            }
        }

        if (_context.Home is not { } home || directories.Exists(d => WorkTree.AreSame(home, d)))
        {
            return directories;
        }

        if (WorkTree.MayEnter(home))
        {
            directories.Insert(0, home);
        }
        else
        {
            // Containers often run as a user whose HOME is that of another.
            warnings.Add($"{home}, the home directory, cannot be entered by this process, so no secrets.toml is looked for in it. Set HomeDirectory, or set it to an empty text.");
        }

        return directories;
    }

    /// <summary>Gives the directories that may be the project's, the first one first.</summary>
    private IEnumerable<string> Projects(string[] names, Func<string, bool> hasFile, string sourceName, List<string> warnings)
    {
        if (_context.OwnProject is { } own)
        {
            return [own];
        }

        IEnumerable<string> application = ApplicationDirectories.Of(_application);
        if (_context.Start is not { } start)
        {
            warnings.Add("The current directory of this process does not exist, so the project's files cannot be looked for. Set SecretsBuilder.ProjectDirectory.");
            return application;
        }

        string nearest = WorkTree.Nearest(start, _context.Home, hasFile);
        WorkTree.ThrowIfForeign(nearest, start, from folder in Folders from name in names select Path.Combine(folder, name), sourceName);
        return application.Prepend(nearest).Distinct(StringComparer.Ordinal);
    }
}
