using System.Globalization;
using Secrets.Merging;

namespace Secrets.EnvironmentVariables;

/// <summary>Selects what a store exports to the process environment.</summary>
internal static class EnvironmentExport
{
    /// <summary>
    /// The most variables that a store exports. The environment of a process is a list: setting a variable costs time in proportion to its length,
    /// and a child process is refused beyond a few megabytes.
    /// </summary>
    public const int MaxVariables = 1000;

    // Windows holds no more (SetEnvironmentVariable), and on Linux no child process starts with a variable beyond 128 KiB (execve(2), MAX_ARG_STRLEN).
    private const int MaxLength = 32_767;

    /// <summary>
    /// Gives the variables that the environment should hold for a snapshot, and adds a warning for each that it cannot hold or must not;
    /// <see langword="null"/> where no source exports.
    /// </summary>
    public static Dictionary<string, string>? Select(Snapshot snapshot, ICollection<SecretsWarning> warnings)
    {
        var exporting = new HashSet<string>(StringComparer.Ordinal);
        foreach (LoadedSource source in snapshot.Sources)
        {
            if (source.IsExported)
            {
                exporting.Add(source.Name);
            }
        }

        if (exporting.Count == 0)
        {
            return null;
        }

        int count = 0;
        foreach ((_, SecretValue value) in snapshot.Root.Entries)
        {
            if (IsCandidate(value, exporting) && ++count > MaxVariables)
            {
                WarnOfTooMany(value.Origin.SourceName, warnings);
                return new Dictionary<string, string>(StringComparer.Ordinal);
            }
        }

        return Accept(snapshot.Root.Entries, exporting, count, warnings);
    }

    private static bool IsCandidate(SecretValue value, HashSet<string> exporting) =>
        value.Kind is SecretKind.String or SecretKind.Integer or SecretKind.Float && exporting.Contains(value.Origin.SourceName);

    private static Dictionary<string, string> Accept(
        ReadOnlySpan<KeyValuePair<string, SecretValue>> entries, HashSet<string> exporting, int count, ICollection<SecretsWarning> warnings)
    {
        var variables = new Dictionary<string, string>(count, StringComparer.Ordinal);
        foreach ((string key, SecretValue value) in entries)
        {
            if (!IsCandidate(value, exporting))
            {
                continue;
            }

            if (Refusal(key, value.Text!) is { } why)
            {
                WarnOf(value, why, warnings);
            }
            else
            {
                variables[key] = value.Text!;
            }
        }

        return variables;
    }

    private static void WarnOf(SecretValue value, string why, ICollection<SecretsWarning> warnings) => warnings.Add(new SecretsWarning(
        SecretsWarningCode.NotExported,
        $"{value.DisplayPath} ({value.Origin}) is not exported to the environment: {why}. Put it into a section, or set ExportToEnvironment to false.",
        value.Origin.SourceName,
        value.DisplayPath));

    // Without the number of keys, so that the warning is the same at each refresh.
    private static void WarnOfTooMany(string sourceName, ICollection<SecretsWarning> warnings) => warnings.Add(new SecretsWarning(
        SecretsWarningCode.NotExported,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Nothing is exported to the environment: there are more than {MaxVariables} keys at the root. Put them into sections, or set ExportToEnvironment to false."),
        sourceName,
        path: null));

    private static string? Refusal(string name, string text)
    {
        if (NeverExported.Find(name) is { } pattern)
        {
            return $"{pattern} can load code or redirect traffic, files or credentials";
        }

        if (name.Length == 0 || name.AsSpan().ContainsAny('=', '\0'))
        {
            return "the platform cannot hold the name";
        }

        return text.Contains('\0', StringComparison.Ordinal) ? "the platform cannot hold a NUL character"
            : name.Length + 1 + text.Length > MaxLength ? "the platform cannot hold a variable of this length"
            : null;
    }
}
