namespace Secrets.Files;

/// <summary>
/// What the paths of a source count from. The current directory and the home directory are read once, when the source is added: a program that
/// changes its directory later, or whose directory is deleted, keeps its secrets.
/// </summary>
internal sealed class FileContext
{
    private readonly SecretsBuilder? _builder;

    /// <param name="project">The project directory of the source's own options.</param>
    /// <param name="home">The home directory that is set, empty for none, or <see langword="null"/> for the user's own.</param>
    /// <param name="currentDirectory">Gives the current directory.</param>
    /// <param name="builder">The builder, whose project directory may be set after the source was added.</param>
    /// <param name="sourceName">The kind of the source.</param>
    /// <exception cref="SecretsSourceException">The project directory is relative, and the current directory does not exist.</exception>
    public FileContext(string? project, string? home, Func<string> currentDirectory, SecretsBuilder? builder, string sourceName)
    {
        _builder = builder;
        Current = ReadCurrent(currentDirectory);
        Home = FilePaths.Home(home, Current);
        OwnProject = project is null ? null : Resolve(project, Current, sourceName);
    }

    /// <summary>Gets the current directory; <see langword="null"/> where it did not exist.</summary>
    public string? Current { get; }

    /// <summary>Gets the home directory; <see langword="null"/> where there is none.</summary>
    public string? Home { get; }

    /// <summary>Gets the project directory that the options of the source set.</summary>
    public string? OwnProject { get; }

    /// <summary>Gets where relative paths count from, and where a search begins; <see langword="null"/> where that would be a current directory that did not exist.</summary>
    public string? Start => OwnProject ?? _builder?.ProjectDirectory ?? Current;

    /// <summary>Gets the name of the environment that the builder sets.</summary>
    public string? EnvironmentName => _builder?.EnvironmentName;

    /// <summary>Gives the full path of a listed file; <c>~/</c> is the home directory.</summary>
    /// <exception cref="SecretsSourceException">The path is relative, and the current directory did not exist.</exception>
    public string Expand(string file, string sourceName) => IsInHome(file)
        ? Path.GetFullPath(file[2..].TrimStart('/', '\\'), Home!)
        : Path.GetFullPath(Resolve(file, Start, sourceName));

    /// <summary>Says whether a listed path counts from a directory.</summary>
    public bool IsRelative(string file) => !Path.IsPathFullyQualified(file) && !IsInHome(file);

    /// <summary>Gives what messages call a listed file: its name in the list, so that a person knows it again, where an editor finds it by that name; else its path.</summary>
    public string DisplayName(string path, string listed) =>
        !IsRelative(listed) || string.Equals(Start, Current, FilePaths.Names) ? listed : DisplayName(path);

    /// <summary>Gives a path relative to the current directory where it lies below that, so that an editor which was started there finds it.</summary>
    public string DisplayName(string path) => Current is null ? path : FilePaths.DisplayName(path, Current);

    private bool IsInHome(string file) => Home is not null && file is ['~', '/' or '\\', ..];

    private static string Resolve(string path, string? start, string sourceName) =>
        Path.IsPathFullyQualified(path) ? path
        : start is not null ? Path.GetFullPath(path, start)
        : throw new SecretsSourceException(
            SecretsErrorCode.InvalidConfiguration,
            $"{SecretOrigin.Printable(path)} is a relative path, and the current directory of this process does not exist. Use an absolute path, or set ProjectDirectory.",
            sourceName);

    private static string? ReadCurrent(Func<string> currentDirectory)
    {
        try
        {
            return FilePaths.Full(currentDirectory());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It was deleted, or a parent of it may not be read.
            return null;
        }
    }
}
