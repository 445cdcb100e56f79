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

    /// <summary>Gets or sets how often the directory is looked at for a change, where the store watches.</summary>
    /// <value>Default 2 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets what is called before each file is opened; tests change the directory then.</summary>
    internal Action<string> Opening { get; set; } = _ => { };

    internal void Validate()
    {
        if (PollInterval <= TimeSpan.Zero)
        {
            throw Invalid("PollInterval is longer than zero");
        }

        if (MaxSize < 1)
        {
            throw Invalid("MaxSize is at least 1 byte");
        }

        if (MaxFiles < 1)
        {
            throw Invalid("MaxFiles is at least 1");
        }
    }

    internal DirectoryOptions Copy() => (DirectoryOptions)MemberwiseClone();

    private static SecretsSourceException Invalid(string rule) => new(SecretsErrorCode.InvalidConfiguration, $"DirectoryOptions: {rule}.", "directory");
}
