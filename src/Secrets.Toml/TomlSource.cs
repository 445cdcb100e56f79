using Secrets.Toml.Files;
using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>
/// TOML files. <b>Name</b> <c>toml</c>. <b>Keys</b> as in the file. <b>Location</b> <c>file(line,column)</c>. <b>Refresh</b> the files are found and read
/// anew by each load. <b>Errors</b> InvalidFormat for a mistake in a file, AccessDenied and Unavailable for one that cannot be read; no file at all is
/// a missing store. <b>Permissions</b> to read the files; others should have none.
/// </summary>
internal sealed class TomlSource : ISecretsSource
{
    private readonly SecretsFileFinder _finder;
    private readonly Func<string, TomlReaderOptions> _reading;

    public TomlSource(TomlOptions options)
    {
        options.Validate();
        _finder = new SecretsFileFinder(options);
        _reading = options.Reading();
    }

    public string Name => "toml";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        var places = new List<string>();
        var absent = new List<string>();
        var warnings = new List<string>();
        var failures = new List<Exception>();
        SecretsBatch? merged = null;
        IReadOnlyList<SecretsFile> files = _finder.Find();
        foreach (SecretsFile file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                TomlReaderOptions reading = _reading(file.DisplayName);
                if (file.Read(reading.MaxSize, request.SourceName, warnings) is not { } utf8)
                {
                    absent.Add(file.DisplayName);
                    continue;
                }

                places.Add(file.DisplayName);
                TomlTable table = TomlReader.Read(utf8, reading);
                merged = new SecretsBatch(TomlEntries.Of(table, file.DisplayName, request)) { Lower = merged };
            }
            catch (Exception failure) when (failure is ISecretsError)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw Combine(failures, request.SourceName);
        }

        return ValueTask.FromResult(new SecretsBatch(merged?.Entries ?? [])
        {
            Lower = merged?.Lower,
            Places = merged is null ? absent : [.. places, .. absent.Select(a => a + " (no file)")],
            IsMissing = merged is null,
            Warnings = warnings,
        });
    }

    private static Exception Combine(List<Exception> failures, string sourceName) => failures.Count == 1
        ? failures[0]
        : new SecretsSourceException(
            ((ISecretsError)failures[0]).Code,
            $"{failures.Count} files cannot be read:{string.Concat(failures.Select(f => Environment.NewLine + f.Message))}",
            sourceName);
}
