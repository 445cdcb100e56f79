namespace Secrets.Files;

/// <summary>The rules that the options of all file sources share. All broken rules are reported at once.</summary>
internal static class FileOptionRules
{
    public static IEnumerable<string> OfReading(TimeSpan pollInterval, int maxSize)
    {
        if (pollInterval <= TimeSpan.Zero)
        {
            yield return "PollInterval must be greater than zero";
        }

        if (maxSize < 1)
        {
            yield return "MaxSize must be at least 1 byte";
        }
    }

    public static IEnumerable<string> OfFinding(IList<string>? files, string? projectDirectory, string? homeDirectory)
    {
        if (files is null || files.Any(string.IsNullOrWhiteSpace))
        {
            yield return "Files must hold paths that are not empty";
        }

        if (files?.Any(file => file?.Contains('\0', StringComparison.Ordinal) == true) == true)
        {
            yield return "Files must hold paths without a NUL character";
        }

        if (projectDirectory is not null && (string.IsNullOrWhiteSpace(projectDirectory) || projectDirectory.Contains('\0', StringComparison.Ordinal)))
        {
            yield return "ProjectDirectory must be a path, or null";
        }

        if (homeDirectory?.Contains('\0', StringComparison.Ordinal) == true)
        {
            yield return "HomeDirectory must be a path, null for the user's own, or empty for none";
        }
    }

    /// <exception cref="SecretsSourceException">A rule is broken: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static void ThrowIfBroken(IEnumerable<string> broken, string options, string sourceName)
    {
        string[] all = [.. broken];
        if (all.Length > 0)
        {
            throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"Invalid {options}: {string.Join("; ", all)}.", sourceName);
        }
    }
}
