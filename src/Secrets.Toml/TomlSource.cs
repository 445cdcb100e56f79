using Secrets.Toml.Directories;
using Secrets.Toml.Files;
using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>
/// TOML files, and directories where they are listed. <b>Name</b> <c>toml</c>. <b>Keys</b> as in the file. <b>Location</b> <c>file(line,column)</c>. <b>Refresh</b> each load finds and reads
/// the files. <b>Errors</b> InvalidFormat for a mistake in a file, AccessDenied and Unavailable for one that cannot be read; without any file the store
/// is missing. <b>Permissions</b> to read the files; others should have none.
/// </summary>
internal sealed class TomlSource : ISecretsChangeSignal
{
    private readonly SecretsFileFinder _finder;
    private readonly Func<string, TomlReaderOptions> _reading;
    private readonly TimeSpan _pollInterval;

    public TomlSource(TomlOptions options, SecretsBuilder? builder = null)
    {
        options.Validate();
        _finder = new SecretsFileFinder(options, builder);
        _reading = options.Reading();
        _pollInterval = options.PollInterval;
    }

    public string Name => "toml";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = new List<string>();
        return ValueTask.FromResult(FilesLoad.Run(
            _finder.Find(request.SourceName, found),
            request,
            (file, warnings) => file.IsDirectory ? ReadDirectory(file, request, warnings, cancellationToken) : ReadDocument(file, request, warnings),
            found,
            cancellationToken));
    }

    public TimeSpan SettleTime => _pollInterval;

    public Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        SecretsPolling.WaitForChangeAsync(this, loaded, _pollInterval, timeProvider, cancellationToken);

    private static IReadOnlyList<SecretEntry>? ReadDirectory(
        SecretsFile file, SecretsRequest request, List<string> warnings, CancellationToken cancellationToken)
    {
        var reader = new DirectoryReader(file.Path, file.DisplayName, new DirectoryOptions(), request, cancellationToken);
        IReadOnlyList<SecretEntry>? entries = reader.Read();
        warnings.AddRange(reader.Warnings);
        return entries;
    }

    private IReadOnlyList<SecretEntry>? ReadDocument(SecretsFile file, SecretsRequest request, List<string> warnings)
    {
        TomlReaderOptions reading = _reading(file.DisplayName);
        return file.Read(reading.MaxSize, request.SourceName, warnings) is { } utf8
            ? TomlEntries.Of(TomlReader.Read(utf8, reading), p => request.Origin(file.DisplayName, p.Line, p.Column))
            : null;
    }
}
