using Secrets.Toml.Files;
using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>How TOML files are found and read.</summary>
public sealed class TomlOptions : SecretsSourceOptions
{
    /// <summary>Makes the options with their defaults.</summary>
    public TomlOptions() => ExportToEnvironment = true;

    /// <summary>
    /// Gets or sets the files to read instead of looking for <c>secrets.toml</c>; later ones refine earlier ones. A directory among them is read as
    /// <see cref="DirectorySecretsBuilderExtensions.AddDirectory"/> reads it, with the default options.
    /// </summary>
    /// <value>
    /// Default empty: the variable <c>SECRETS_FILES</c> lists them, separated as in <c>PATH</c>; without it they are looked for in
    /// <c>.secrets/</c> and <c>.streamlit/</c> of the home and the project directory. A relative path counts from <see cref="ProjectDirectory"/>
    /// where that is set, else from <see cref="SecretsBuilder.ProjectDirectory"/>, else from the directory that was the current one when the source was added;
    /// <c>~/</c> is the home directory.
    /// </value>
    public IList<string> Files { get; set; } = [];

    /// <summary>Gets or sets the version of TOML that is accepted.</summary>
    /// <value>Default <see cref="TomlVersion.Toml11"/>.</value>
    public TomlVersion Version { get; set; } = TomlVersion.Toml11;

    /// <summary>Gets or sets the directory of the project: the only one that is looked into, beside the home directory.</summary>
    /// <value>
    /// Default <see langword="null"/>: a search begins in <see cref="SecretsBuilder.ProjectDirectory"/> or, where that is not set, in the current directory. Where this directory has no
    /// file and lies in a git work tree, the nearest parent that has one counts, up to the tree's root and never above the home directory. Where none of these has a file, the
    /// directory of the application counts and, for an application in the <c>bin</c> folder of a project, the directory of this project.
    /// A relative path is made absolute when the source is added.
    /// </value>
    public string? ProjectDirectory { get; set; }

    /// <summary>Gets or sets the name of the environment: <c>secrets.{name}.toml</c> refines the <c>secrets.toml</c> beside it.</summary>
    /// <value>
    /// Default <see langword="null"/>: <see cref="SecretsBuilder.EnvironmentName"/>, else the variable <c>DOTNET_ENVIRONMENT</c>, else <c>ASPNETCORE_ENVIRONMENT</c>; where nothing names an
    /// environment, no such file is read. An empty text means that there is none. Listed files (<see cref="Files"/>) have no such file.
    /// </value>
    public string? EnvironmentName { get; set; }

    /// <summary>Gets or sets the directory of the global files.</summary>
    /// <value>Default <see langword="null"/>: the user's home directory. An empty text means that there is none.</value>
    public string? HomeDirectory { get; set; }

    /// <summary>Gets or sets how deep tables and arrays may nest.</summary>
    /// <value>Levels, 1 to 128. Default 128.</value>
    public int MaxDepth { get; set; } = 128;

    /// <summary>Gets or sets how large a document may be; a file of a directory has the limit of <see cref="DirectoryOptions.MaxSize"/>.</summary>
    /// <value>Bytes, at least 1. Default 16 MiB. Whatever its size, it has up to 500,000 values and tables.</value>
    public int MaxSize { get; set; } = 16 * 1024 * 1024;

    /// <summary>Gets or sets how often the files are looked at for a change, where the store watches.</summary>
    /// <value>Default 2 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how variables are read; tests give a function of their own.</summary>
    internal Func<string, string?> Variable { get; set; } = Environment.GetEnvironmentVariable;

    /// <summary>Gets or sets how the current directory is known; tests give a function of their own.</summary>
    internal Func<string> CurrentDirectory { get; set; } = () => Environment.CurrentDirectory;

    /// <summary>Gets or sets where the application is, empty for nowhere; tests give a directory of their own.</summary>
    internal string ApplicationDirectory { get; set; } = AppContext.BaseDirectory;

    internal void Validate() => FileOptionRules.ThrowIfBroken(FindMistakes(), nameof(TomlOptions), "toml");

    /// <summary>Gives what the reader is told for a document of a name, as it is set now.</summary>
    internal Func<string, TomlReaderOptions> Reading()
    {
        (TomlVersion version, int maxDepth, int maxSize) = (Version, MaxDepth, MaxSize);
        return file => new TomlReaderOptions { Version = version, MaxDepth = maxDepth, MaxSize = maxSize, File = file };
    }

    private IEnumerable<string> FindMistakes()
    {
        if (MaxDepth is < 1 or > 128)
        {
            yield return "MaxDepth must be from 1 to 128";
        }

        if (!Enum.IsDefined(Version))
        {
            yield return "Version must be Toml10 or Toml11";
        }

        foreach (string mistake in FileOptionRules.OfReading(PollInterval, MaxSize).Concat(FileOptionRules.OfFinding(Files, ProjectDirectory)))
        {
            yield return mistake;
        }

        if (EnvironmentName is not null && !SecretsFileFinder.IsEnvironmentName(EnvironmentName))
        {
            yield return "EnvironmentName must be a text that a file name can have, such as Development";
        }

        if (HomeDirectory?.Contains('\0', StringComparison.Ordinal) == true)
        {
            yield return "HomeDirectory must be a path, null for the user's own, or empty for none";
        }
    }
}
