using Secrets.Files;

namespace Secrets.Toml;

/// <summary>How a mounted directory is read.</summary>
public sealed class DirectoryOptions : SecretsSourceOptions
{
    /// <summary>Gets or sets how large one file may be; a larger one is an unreadable secret.</summary>
    /// <value>Bytes, at least 1. Default 1 MiB, which is what a whole Kubernetes secret may hold (Kubernetes, "Secrets", "Size limit").</value>
    public int MaxSize { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets how many files and folders there may be, those with a leading dot not counted; with more, the load fails.</summary>
    /// <value>At least 1. Default 1000.</value>
    public int MaxFiles { get; set; } = 1000;

    /// <summary>Gets or sets a value indicating whether <c>__</c> in a file's name stands between two keys.</summary>
    /// <value>
    /// Default <see langword="true"/>: the file <c>Database__Password</c> is <c>Database.Password</c>, as in .NET's key-per-file configuration. A name that
    /// begins or ends with <c>__</c>, or has it twice in a row, is one key.
    /// </value>
    public bool NestKeys { get; set; } = true;

    /// <summary>Gets or sets how often the directory is looked at for a change, where the store watches.</summary>
    /// <value>Greater than zero and at most one day. Default 2 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how the current directory is known; tests give a function of their own.</summary>
    internal Func<string> CurrentDirectory { get; set; } = Directory.GetCurrentDirectory;

    /// <summary>Gets or sets what is called before each file is opened; tests change the directory then.</summary>
    internal Action<string> Opening { get; set; } = _ => { };

    internal void Validate()
    {
        var mistakes = new List<string>();
        FileOptionRules.CheckReading(mistakes, PollInterval, MaxSize);
        if (MaxFiles < 1)
        {
            mistakes.Add("MaxFiles must be at least 1");
        }

        FileOptionRules.ThrowIfAny(mistakes, nameof(DirectoryOptions), "directory");
    }

    internal DirectoryOptions Copy() => (DirectoryOptions)MemberwiseClone();
}
