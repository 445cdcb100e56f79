using Secrets.Files;

namespace Secrets;

/// <summary>
/// A source of files. It finds them, reads each one whole within <see cref="SecretsFileOptions.MaxSize"/>, reports what cannot be read with a code and without quoting the file,
/// lets later files refine earlier ones, and watches them. A derived class says what one file holds.
/// </summary>
/// <remarks>A file that does not exist is left out. Where none exists, the build succeeds, and reading a secret that nothing else supplies fails.</remarks>
public abstract class SecretsFileSource : ISecretsChangeSignal
{
    private readonly int _maxSize;
    private readonly TimeSpan _pollInterval;
    private readonly IFileFinder _finder;

    /// <summary>Creates the source, without reading any file.</summary>
    /// <param name="name">The kind of the source, such as <c>json</c>. See <see cref="ISecretsSource.Name"/>.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <param name="builder">The builder whose <see cref="SecretsBuilder.ProjectDirectory"/> counts; <see langword="null"/> where relative paths count from the current directory.</param>
    /// <exception cref="SecretsSourceException">An option is invalid: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    protected SecretsFileSource(string name, SecretsFileOptions options, SecretsBuilder? builder = null)
        : this(name, options, o => new ListedFiles(o, builder, name))
    {
    }

    /// <summary>Creates a source whose files are found in another way, once its options are valid.</summary>
#pragma warning disable MA0017 // "private protected" would keep out the friends that this is for.
    internal SecretsFileSource(string name, SecretsFileOptions options, Func<SecretsFileOptions, IFileFinder> finder)
#pragma warning restore MA0017
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(name);
        Name = name;
        _finder = finder(options);
        _maxSize = options.MaxSize;
        _pollInterval = options.PollInterval;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeSpan SettleTime => _pollInterval;

    /// <inheritdoc/>
    /// <exception cref="SecretsFormatException">A file is malformed or too large: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A file cannot be read, or several files fail; the code is that of the first one.</exception>
    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var warnings = new List<string>();
        IReadOnlyList<SecretsFile> files = _finder.Find(request.SourceName, warnings);
        return ValueTask.FromResult(FilesLoad.Run(files, request, (file, found) => ReadOne(file, request, found, cancellationToken), warnings, cancellationToken));
    }

    /// <inheritdoc/>
    public Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        SecretsPolling.WaitForChangeAsync(this, loaded, _pollInterval, timeProvider, cancellationToken);

    /// <summary>Reads the secrets of one file.</summary>
    /// <param name="content">The content of the file.</param>
    /// <param name="request">The request, whose <see cref="SecretsRequest.Origin(string, string?)"/> gives the origins of the values.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The secrets.</returns>
    /// <exception cref="SecretsFormatException">The file is malformed: <see cref="SecretsErrorCode.InvalidFormat"/>. The message must not quote the file.</exception>
    protected abstract IReadOnlyList<SecretEntry> Read(SecretsFileContent content, SecretsRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one file; gives <see langword="null"/> where it does not exist.</summary>
    internal virtual IReadOnlyList<SecretEntry>? ReadOne(SecretsFile file, SecretsRequest request, List<string> warnings, CancellationToken cancellationToken) =>
        file.Read(_maxSize, request.SourceName, warnings) is { } bytes ? Read(new SecretsFileContent(file.DisplayName, bytes), request, cancellationToken) : null;
}
