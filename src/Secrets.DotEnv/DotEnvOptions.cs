using Secrets.Toml.Files;

namespace Secrets.DotEnv;

/// <summary>How <c>.env</c> files are found and read.</summary>
public sealed class DotEnvOptions : SecretsSourceOptions
{
    /// <summary>Gets or sets the files to read; later ones refine earlier ones.</summary>
    /// <value>
    /// Default empty: <c>.env</c>. A relative path counts from <see cref="ProjectDirectory"/> where that is set, else from
    /// <see cref="SecretsBuilder.ProjectDirectory"/>, else from the directory that was the current one when the source was added; <c>~/</c> is the home directory.
    /// </value>
    public IList<string> Files { get; set; } = [];

    /// <summary>Gets or sets the directory that relative paths count from.</summary>
    /// <value>
    /// Default <see langword="null"/>: <see cref="SecretsBuilder.ProjectDirectory"/>, else the directory that was the current one when the source was added.
    /// A relative path is made absolute then, too.
    /// </value>
    public string? ProjectDirectory { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether relative paths are looked for in parents too, where the directory has none of them and lies in a git
    /// work tree: they count from the nearest parent that has one, up to the tree's root and never above the home directory.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool SearchParents { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a reference to a variable that is set nowhere is empty, as in a shell, instead of an error.
    /// An unquoted password with a dollar sign in it, as in <c>pa$word</c>, is then silently cut short.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowUnsetReferences { get; set; }

    /// <summary>Gets or sets how large a file may be, and how long its values may be together once references are replaced.</summary>
    /// <value>Bytes of the file and characters of the values, at least 1. Default 1 MiB.</value>
    public int MaxSize { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets how often the files are looked at for a change, where the store watches.</summary>
    /// <value>Default 2 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets the home directory; <see langword="null"/> for the user's own, empty for none. Tests give one of their own.</summary>
    internal string? HomeDirectory { get; set; }

    /// <summary>Gets or sets how variables are read; tests give a function of their own, instead of the environment without what was exported to it.</summary>
    internal Func<string, string?>? Variable { get; set; }

    /// <summary>Gets or sets how the current directory is known; tests give a function of their own.</summary>
    internal Func<string> CurrentDirectory { get; set; } = () => Environment.CurrentDirectory;

    internal void Validate() => FileOptionRules.ThrowIfBroken(
        [.. FileOptionRules.OfReading(PollInterval, MaxSize), .. FileOptionRules.OfFinding(Files, ProjectDirectory)], nameof(DotEnvOptions), "dotenv");
}
