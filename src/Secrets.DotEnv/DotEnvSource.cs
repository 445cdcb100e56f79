using Secrets.DotEnv.Files;
using Secrets.DotEnv.Reading;
using Secrets.Toml.Files;

namespace Secrets.DotEnv;

/// <summary>
/// <c>.env</c> files. <b>Name</b> <c>dotenv</c>. <b>Keys</b> as in the file; <c>__</c> nests. <b>Location</b> <c>file(line,column)</c> of the key.
/// <b>Refresh</b> the files are found and read anew by each load. <b>Errors</b> InvalidFormat for a mistake in a file, AccessDenied and Unavailable for
/// one that cannot be read; no file at all is a missing store. <b>Permissions</b> to read the files; others should have none.
/// </summary>
internal sealed class DotEnvSource : ISecretsChangeSignal
{
    private readonly DotEnvFileFinder _finder;
    private readonly Func<string, string?> _variable;
    private readonly bool _allowUnset;
    private readonly int _maxSize;
    private readonly TimeSpan _pollInterval;

    public DotEnvSource(DotEnvOptions options)
    {
        options.Validate();
        _finder = new DotEnvFileFinder(options);
        _pollInterval = options.PollInterval;
        (_variable, _allowUnset, _maxSize) = (options.Variable, options.AllowUnsetReferences, options.MaxSize);
    }

    public string Name => "dotenv";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        var places = new List<string>();
        var absent = new List<string>();
        var warnings = new List<string>();
        var failures = new List<Exception>();
        SecretsBatch? merged = null;
        foreach (SecretsFile file in _finder.Find())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (file.Read(_maxSize, request.SourceName, warnings) is not { } utf8)
                {
                    absent.Add(file.DisplayName);
                    continue;
                }

                places.Add(file.DisplayName);
                var reader = new DotEnvReader(DotEnvText.Decode(utf8, file.DisplayName), _variable, _allowUnset, _maxSize);
                merged = new SecretsBatch(DotEnvEntries.Of(reader.Read(cancellationToken), file.DisplayName, request)) { Lower = merged };
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

    public Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        SecretsPolling.WaitForChangeAsync(this, loaded, _pollInterval, timeProvider, cancellationToken);

    private static Exception Combine(List<Exception> failures, string sourceName) => failures.Count == 1
        ? failures[0]
        : new SecretsSourceException(
            ((ISecretsError)failures[0]).Code,
            $"{failures.Count} files cannot be read:{string.Concat(failures.Select(f => Environment.NewLine + f.Message))}",
            sourceName);
}
