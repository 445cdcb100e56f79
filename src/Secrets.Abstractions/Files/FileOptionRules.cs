namespace Secrets.Files;

/// <summary>The rules that the options of all file sources share. All broken rules are reported at once.</summary>
internal static class FileOptionRules
{
    public static void CheckReading(List<string> mistakes, TimeSpan pollInterval, int maxSize)
    {
        if (pollInterval <= TimeSpan.Zero || pollInterval > TimeSpan.FromDays(1))
        {
            mistakes.Add("PollInterval must be greater than zero and at most one day");
        }

        if (maxSize < 1)
        {
            mistakes.Add("MaxSize must be at least 1 byte");
        }
    }

    public static void CheckFinding(List<string> mistakes, IList<string>? files, string? projectDirectory, string? homeDirectory)
    {
        if (files is not { Count: 0 })
        {
            CheckFiles(mistakes, files);
        }

        if (projectDirectory is not null && (string.IsNullOrWhiteSpace(projectDirectory) || projectDirectory.Contains('\0', StringComparison.Ordinal)))
        {
            mistakes.Add("ProjectDirectory must be a path, or null");
        }

        if (homeDirectory?.Contains('\0', StringComparison.Ordinal) == true)
        {
            mistakes.Add("HomeDirectory must be a path, null for the user's own, or empty for none");
        }
    }

    private static void CheckFiles(List<string> mistakes, IList<string>? files)
    {
        if (files is null || files.Any(string.IsNullOrWhiteSpace))
        {
            mistakes.Add("Files must hold paths that are not empty");
        }

        if (files?.Any(file => file?.Contains('\0', StringComparison.Ordinal) == true) == true)
        {
            mistakes.Add("Files must hold paths without a NUL character");
        }
    }

    /// <exception cref="SecretsSourceException">A rule is broken: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static void ThrowIfAny(List<string> mistakes, string options, string sourceName)
    {
        if (mistakes.Count > 0)
        {
            throw Invalid(mistakes, options, sourceName);
        }
    }

    private static SecretsSourceException Invalid(List<string> mistakes, string options, string sourceName) =>
        new(SecretsErrorCode.InvalidConfiguration, $"Invalid {options}: {string.Join("; ", mistakes)}.", sourceName);
}
