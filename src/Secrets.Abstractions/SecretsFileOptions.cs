using Secrets.Files;

namespace Secrets;

/// <summary>How files are found and read. The options of a kind of file, such as TOML, add their own to these.</summary>
public class SecretsFileOptions : SecretsSourceOptions
{
    /// <summary>Gets or sets the files to read; later ones refine earlier ones.</summary>
    /// <value>
    /// Default empty: what the kind of file looks for by itself. A relative path counts from <see cref="ProjectDirectory"/> where that is set, else from
    /// <see cref="SecretsBuilder.ProjectDirectory"/>, else from the directory that was the current one when the source was added; <c>~/</c> is <see cref="HomeDirectory"/>.
    /// </value>
    public IList<string> Files { get; set; } = [];

    /// <summary>Gets or sets the directory of the project, which relative paths count from.</summary>
    /// <value>
    /// Default <see langword="null"/>: <see cref="SecretsBuilder.ProjectDirectory"/>, else the directory that was the current one when the source was added.
    /// A relative path is made absolute when the source is added.
    /// </value>
    public string? ProjectDirectory { get; set; }

    /// <summary>Gets or sets the home directory.</summary>
    /// <value>Default <see langword="null"/>: the user's home directory. An empty text means that there is none.</value>
    public string? HomeDirectory { get; set; }

    /// <summary>Gets or sets how large a file may be. A larger one is <see cref="SecretsErrorCode.InvalidFormat"/>.</summary>
    /// <value>Bytes, at least 1. Default 16 MiB; a dotenv file's default is 1 MiB.</value>
    public int MaxSize { get; set; } = 16 * 1024 * 1024;

    /// <summary>Gets or sets how often the files are looked at for a change, where the store watches.</summary>
    /// <value>Greater than zero and at most one day. Default 2 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how the current directory is known; tests give a function of their own.</summary>
    internal Func<string> CurrentDirectory { get; set; } = Directory.GetCurrentDirectory;

    /// <summary>Checks all options.</summary>
    /// <param name="kind">The kind of the source, for the exception.</param>
    /// <exception cref="SecretsSourceException">An option is invalid, and the message names all of them: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    internal void Validate(string kind)
    {
        var mistakes = new List<string>();
        FindMistakes(mistakes);
        FileOptionRules.ThrowIfAny(mistakes, GetType().Name, kind);
    }

    /// <summary>Finds the options that are invalid; a kind of file adds its own.</summary>
    internal virtual void FindMistakes(List<string> mistakes)
    {
        FileOptionRules.CheckReading(mistakes, PollInterval, MaxSize);
        FileOptionRules.CheckFinding(mistakes, Files, ProjectDirectory, HomeDirectory);
    }
}
