using Secrets.Files;

namespace Secrets.Toml.Directories;

/// <summary>
/// A mounted directory. <b>Name</b> <c>directory</c>. <b>Keys</b> a file's name; a folder is a section, or a key where it has one file alone.
/// <b>Location</b> the file's path as the directory was named. <b>Refresh</b> each load reads the directory. <b>Errors</b> AccessDenied,
/// Unavailable and InvalidConfiguration for a directory that cannot be read; a file that cannot be read is an unreadable secret; without the directory the store is missing.
/// <b>Permissions</b> to list the directory and its folders and to read the files; others should not be able to write there.
/// </summary>
internal sealed class DirectorySource : ISecretsChangeSignal
{
    private readonly string _path;
    private readonly DirectoryOptions _options;
    private readonly FileContext _context;

    public DirectorySource(string path, DirectoryOptions options, SecretsBuilder? builder = null)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration, "AddDirectory: path names a directory; it is not empty and holds no NUL character.", Name);
        }

        options.Validate();
        _path = path;
        _options = options.Copy();
        _context = new FileContext(project: null, home: null, options.CurrentDirectory, builder, Name);
    }

    public string Name => "directory";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        string path = FilePaths.Full(_context.Expand(_path, request.SourceName));
        string displayName = _context.DisplayName(path, _path);
        var reader = new DirectoryReader(path, displayName, _options, request, cancellationToken);
        IReadOnlyList<SecretEntry>? entries = reader.Read();
        return ValueTask.FromResult(new SecretsBatch(entries ?? [])
        {
            IsMissing = entries is null,
            // Where nothing is found, the full path says from where a relative one counts.
            Places = [entries is null ? path : displayName],
            Warnings = reader.Warnings,
        });
    }

    public TimeSpan SettleTime => _options.PollInterval;

    public Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        SecretsPolling.WaitForChangeAsync(this, loaded, _options.PollInterval, timeProvider, cancellationToken);
}
