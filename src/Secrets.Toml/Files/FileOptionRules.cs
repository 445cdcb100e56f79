namespace Secrets.Toml.Files;

/// <summary>What the options of file sources have in common, and how broken rules are told: all at once.</summary>
internal static class FileOptionRules
{
    public static IEnumerable<string> OfReading(TimeSpan pollInterval, int maxSize)
    {
        if (pollInterval <= TimeSpan.Zero)
        {
            yield return "PollInterval is longer than zero";
        }

        if (maxSize < 1)
        {
            yield return "MaxSize is at least 1 byte";
        }
    }

    public static IEnumerable<string> OfFinding(IList<string>? files, string? projectDirectory)
    {
        if (files is null || files.Any(string.IsNullOrWhiteSpace))
        {
            yield return "Files holds paths, and none of them is empty";
        }

        if (files?.Any(file => file?.Contains('\0', StringComparison.Ordinal) == true) == true)
        {
            yield return "Files holds paths, and none of them holds a NUL character";
        }

        if (projectDirectory is not null && (string.IsNullOrWhiteSpace(projectDirectory) || projectDirectory.Contains('\0', StringComparison.Ordinal)))
        {
            yield return "ProjectDirectory is a path, or null for the current directory";
        }
    }

    /// <exception cref="SecretsSourceException">A rule is broken: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static void ThrowIfBroken(IEnumerable<string> broken, string options, string sourceName)
    {
        string[] all = [.. broken];
        if (all.Length > 0)
        {
            throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"{options} breaks a rule: {string.Join("; ", all)}.", sourceName);
        }
    }
}
