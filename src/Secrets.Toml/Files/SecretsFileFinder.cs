using Secrets.Files;

namespace Secrets.Toml.Files;

/// <summary>The rules of where TOML files are looked for, in one place. The result begins with what is refined most: later files win.</summary>
internal sealed class SecretsFileFinder(TomlOptions options, SecretsBuilder? builder = null) : IFileFinder
{
    // The lower of the two first.
    private static readonly string[] Folders = [".streamlit", ".secrets"];

    private readonly List<string> _files = new(options.Files);
    private readonly PipeContents _pipes = new();
    private readonly FileContext _context = new(options.ProjectDirectory, options.HomeDirectory, options.CurrentDirectory, builder, "toml");
    private readonly string? _environment = options.EnvironmentName;
    private readonly string _application = options.ApplicationDirectory;
    private readonly Func<string, string?> _variable = options.Variable;

    /// <summary>Says whether the name of an environment can be part of a file's name on every system, so that it means the same on each and leads to no other directory.</summary>
    public static bool IsEnvironmentName(string name)
    {
        foreach (char c in name)
        {
            if (char.IsControl(c) || "/\\:*?\"<>|".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="sourceName">The source's name in the chain.</param>
    /// <param name="warnings">Gets what keeps a place from being looked into.</param>
    /// <exception cref="SecretsSourceException">
    /// A listed path is relative and there is no current directory, the environment's name cannot be part of a file name, or a file of a parent belongs to another user.
    /// </exception>
    public IReadOnlyList<SecretsFile> Find(string sourceName, List<string> warnings)
    {
        var files = new List<SecretsFile>();
        if (Listed() is { Length: > 0 } listed)
        {
            foreach (string file in listed)
            {
                files.Add(Listed(file, sourceName));
            }

            return files;
        }

        string[] names = FileNames(sourceName);
        foreach (string directory in Directories(names, sourceName, warnings))
        {
            foreach (string path in PathsIn(directory, names))
            {
                files.Add(new SecretsFile(path, _context.DisplayName(path), isListed: false));
            }
        }

        return files;
    }

    private SecretsFile Listed(string file, string sourceName)
    {
        string path = _context.Expand(file, sourceName);
        return new SecretsFile(path, _context.DisplayName(path, file), isListed: true, _pipes);
    }

    private string[] Listed() => _files.Count > 0
        ? _files.ToArray()
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
        var directories = new List<string>();
        string? project = Project(names, sourceName, warnings);
        if (project is not null)
        {
            directories.Add(project);
        }

        if (_context.OwnProject is null && (project is null || !HasFile(project, names)))
        {
            // Where the application is takes the place of a project that has no file; one that has gets its place back if it is looked into a moment later.
            AddApplication(directories, names);
        }

        if (_context.Home is not { } home)
        {
            return directories;
        }

        foreach (string directory in directories)
        {
            if (FilePaths.AreSame(home, directory))
            {
                return directories;
            }
        }

        if (FilePaths.MayEnter(home))
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

    private string? Project(string[] names, string sourceName, List<string> warnings)
    {
        if (_context.OwnProject is not null)
        {
            return _context.OwnProject;
        }

        if (_context.Start is not { } start)
        {
            warnings.Add("The current directory of this process does not exist, so the project's files cannot be looked for. Set SecretsBuilder.ProjectDirectory.");
            return null;
        }

        string nearest = WorkTree.Nearest(start, _context.Home, directory => HasFile(directory, names));
        WorkTree.ThrowIfForeign(nearest, start, PathsIn(nearest, names), sourceName);
        return nearest;
    }

    private void AddApplication(List<string> directories, string[] names)
    {
        foreach (string application in ApplicationDirectories.Of(_application))
        {
            if (directories.Contains(application))
            {
                continue;
            }

            directories.Insert(0, application);
            if (HasFile(application, names))
            {
                return;
            }
        }
    }

    private static bool HasFile(string directory, string[] names) => PathsIn(directory, names).Exists(FilePaths.IsThere);

    private static List<string> PathsIn(string directory, string[] names)
    {
        var paths = new List<string>();
        foreach (string folder in Folders)
        {
            foreach (string name in names)
            {
                paths.Add(Path.Combine(directory, folder, name));
            }
        }

        return paths;
    }
}
