namespace Secrets.DotEnv;

/// <summary>How <c>.env</c> files are found and read.</summary>
/// <remarks>
/// Without <see cref="SecretsFileOptions.Files"/>, <c>.env</c> is read. <see cref="SecretsFileOptions.MaxSize"/> is 1 MiB by default, and also limits how many characters the values of a file
/// have together once references are replaced.
/// </remarks>
public sealed class DotEnvOptions : SecretsFileOptions
{
    /// <summary>Makes the options with their defaults.</summary>
    public DotEnvOptions() => MaxSize = 1024 * 1024;

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

    /// <summary>Gets or sets how variables are read; tests give a function of their own, instead of the environment without what was exported to it.</summary>
    internal Func<string, string?>? Variable { get; set; }
}
