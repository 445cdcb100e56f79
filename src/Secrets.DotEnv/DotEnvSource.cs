using Secrets.DotEnv.Files;
using Secrets.DotEnv.Reading;
using Secrets.Toml.Files;

namespace Secrets.DotEnv;

/// <summary>
/// <c>.env</c> files. <b>Name</b> <c>dotenv</c>. <b>Keys</b> as in the file; <c>__</c> nests. <b>Location</b> <c>file(line,column)</c> of the key.
/// <b>Refresh</b> each load finds and reads the files. <b>Errors</b> InvalidFormat for a mistake in a file, AccessDenied and Unavailable for
/// one that cannot be read; without any file the store is missing. <b>Permissions</b> to read the files; others should have none.
/// </summary>
internal sealed class DotEnvSource : ISecretsChangeSignal
{
    private readonly DotEnvFileFinder _finder;
    private readonly Func<string, string?>? _variable;
    private readonly bool _allowUnset;
    private readonly int _maxSize;
    private readonly TimeSpan _pollInterval;

    public DotEnvSource(DotEnvOptions options, SecretsBuilder? builder = null)
    {
        options.Validate();
        _finder = new DotEnvFileFinder(options, builder);
        _pollInterval = options.PollInterval;
        (_variable, _allowUnset, _maxSize) = (options.Variable, options.AllowUnsetReferences, options.MaxSize);
    }

    public string Name => "dotenv";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(FilesLoad.Run(_finder.Find(request.SourceName), request, (file, warnings) => Read(file, request, warnings, cancellationToken), warnings: [], cancellationToken));
    }

    public TimeSpan SettleTime => _pollInterval;

    public Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        SecretsPolling.WaitForChangeAsync(this, loaded, _pollInterval, timeProvider, cancellationToken);

    private IReadOnlyList<SecretEntry>? Read(SecretsFile file, SecretsRequest request, List<string> warnings, CancellationToken cancellationToken)
    {
        if (file.Read(_maxSize, request.SourceName, warnings) is not { } utf8)
        {
            return null;
        }

        var reader = new DotEnvReader(DotEnvText.Decode(utf8, file.DisplayName), _variable ?? request.GetEnvironmentVariable, _allowUnset, _maxSize);
        return [.. DotEnvEntries.Of(reader.Read(cancellationToken), file.DisplayName, request)];
    }
}
