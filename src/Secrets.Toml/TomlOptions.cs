using Secrets.Toml.Files;
using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>How TOML files are found and read.</summary>
/// <remarks>
/// <para>
/// Without <see cref="SecretsFileOptions.Files"/>, the variable <c>SECRETS_FILES</c> lists the files, separated as in <c>PATH</c>. Without it, <c>secrets.toml</c> is looked for in
/// <c>.secrets/</c> and <c>.streamlit/</c> of the home directory and of the project directory. A directory among the listed files is read as
/// <see cref="DirectorySecretsBuilderExtensions.AddDirectory"/> reads it, with the default options.
/// </para>
/// <para>
/// <see cref="SecretsFileOptions.ProjectDirectory"/> is the only directory that is looked into, beside the home directory. Where it is not set, the search begins in
/// <see cref="SecretsBuilder.ProjectDirectory"/> or, where that is not set, in the current directory. Where this directory has no file and lies in a git work tree, the nearest parent that
/// has one counts, up to the tree's root and never above the home directory. Where none of these has a file, the directory of the application counts and, for an application in the
/// <c>bin</c> folder of a project, the directory of this project.
/// </para>
/// <para>A document has up to 500,000 values and tables, whatever its size. A file of a directory has the limit of <see cref="DirectoryOptions.MaxSize"/>.</para>
/// </remarks>
public sealed class TomlOptions : SecretsFileOptions
{
    /// <summary>Makes the options with their defaults.</summary>
    public TomlOptions() => ExportToEnvironment = true;

    /// <summary>Gets or sets the version of TOML that is accepted.</summary>
    /// <value>Default <see cref="TomlVersion.Toml11"/>.</value>
    public TomlVersion Version { get; set; } = TomlVersion.Toml11;

    /// <summary>Gets or sets the name of the environment: <c>secrets.{name}.toml</c> refines the <c>secrets.toml</c> beside it.</summary>
    /// <value>
    /// Default <see langword="null"/>: <see cref="SecretsBuilder.EnvironmentName"/>, else the variable <c>DOTNET_ENVIRONMENT</c>, else <c>ASPNETCORE_ENVIRONMENT</c>; where nothing names an
    /// environment, no such file is read. An empty text means that there is none. Listed files have no such file.
    /// </value>
    public string? EnvironmentName { get; set; }

    /// <summary>Gets or sets how deep tables and arrays may nest.</summary>
    /// <value>Levels, 1 to 128. Default 128.</value>
    public int MaxDepth { get; set; } = 128;

    /// <summary>Gets or sets how variables are read; tests give a function of their own.</summary>
    internal Func<string, string?> Variable { get; set; } = Environment.GetEnvironmentVariable;

    /// <summary>Gets or sets where the application is, empty for nowhere; tests give a directory of their own.</summary>
    internal string ApplicationDirectory { get; set; } = AppContext.BaseDirectory;

    /// <summary>Gives what the reader is told for a document of a name, as it is set now.</summary>
    internal Func<string, TomlReaderOptions> Reading()
    {
        (TomlVersion version, int maxDepth, int maxSize) = (Version, MaxDepth, MaxSize);
        return file => new TomlReaderOptions { Version = version, MaxDepth = maxDepth, MaxSize = maxSize, File = file };
    }

    internal override void FindMistakes(List<string> mistakes)
    {
        if (MaxDepth is < 1 or > 128)
        {
            mistakes.Add("MaxDepth must be from 1 to 128");
        }

        if (Version is not (TomlVersion.Toml10 or TomlVersion.Toml11))
        {
            mistakes.Add("Version must be Toml10 or Toml11");
        }

        base.FindMistakes(mistakes);
        if (EnvironmentName is not null && !SecretsFileFinder.IsEnvironmentName(EnvironmentName))
        {
            mistakes.Add("EnvironmentName must be a text that a file name can have, such as Development");
        }
    }
}
