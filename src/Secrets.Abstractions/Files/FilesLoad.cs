namespace Secrets.Files;

/// <summary>
/// Loads a list of files, each of which refines those before it. Failures of several files are reported together. Where no file exists, the store is missing.
/// </summary>
internal static class FilesLoad
{
    /// <param name="files">The files that may be there.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="read">Reads a file and adds to the warnings; gives <see langword="null"/> where the file does not exist.</param>
    /// <param name="warnings">What kept places from being looked into; the load adds its own.</param>
    /// <param name="cancellationToken">Ends the load between two files.</param>
    /// <exception cref="SecretsFormatException">One file has mistakes: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A file cannot be read, or several have something wrong; the code is that of the first.</exception>
    public static SecretsBatch Run(
        IEnumerable<SecretsFile> files,
        SecretsRequest request,
        Func<SecretsFile, List<string>, IReadOnlyList<SecretEntry>?> read,
        List<string> warnings,
        CancellationToken cancellationToken)
    {
        var places = new List<string>();
        var absent = new List<SecretsFile>();
        var failures = new List<Exception>();
        SecretsBatch? merged = null;
        foreach (SecretsFile file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (read(file, warnings) is { } entries)
                {
                    places.Add(file.DisplayName);
                    merged = new SecretsBatch(entries) { Lower = merged };
                }
                else
                {
                    absent.Add(file);
                }
            }
            catch (Exception failure) when (failure is ISecretsError)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw Joined(failures, request.SourceName);
        }

        AddAbsent(places, absent, isAlone: merged is null);
        return new SecretsBatch(merged?.Entries ?? [])
        {
            Lower = merged?.Lower,
            Places = places,
            IsMissing = merged is null,
            Warnings = warnings,
        };
    }

    private static void AddAbsent(List<string> places, List<SecretsFile> absent, bool isAlone)
    {
        foreach (SecretsFile file in absent)
        {
            // Where no file exists, full paths say from where relative ones count.
            places.Add(isAlone ? file.Path : file.DisplayName + " (no file)");
        }
    }

    private static Exception Joined(List<Exception> failures, string sourceName) => failures.Count == 1
        ? failures[0]
        : new SecretsSourceException(
            ((ISecretsError)failures[0]).Code,
            $"{failures.Count} files cannot be read:{string.Concat(failures.Select(f => Environment.NewLine + f.Message))}",
            sourceName);
}
