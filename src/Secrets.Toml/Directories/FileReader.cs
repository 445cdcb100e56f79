using Secrets.Files;

namespace Secrets.Toml.Directories;

/// <summary>Reads the files of one load of a mounted directory, each as one secret.</summary>
internal sealed class FileReader(DirectoryOptions options, SecretsRequest request, List<string> warnings, CancellationToken cancellationToken)
{
    /// <summary>Reads one file; <see langword="null"/> where it is gone. One that cannot be read is an unreadable secret.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public SecretValue? Read(string file, string name, string? version, bool isLink, string? note)
    {
        cancellationToken.ThrowIfCancellationRequested();
        options.Opening(file);
        try
        {
            // The caller followed the links: one that is in the way now is not the one that was looked at.
            using FileStream? stream = FileOpener.Open(file, followsLinks: false);
            return stream is not null && FileOpener.IsRegular(stream)
                ? Value(stream, name, version, note)
                : request.Unreadable(SecretsErrorCode.InvalidConfiguration, "it is not a regular file; no other is read.", name, version);
        }
        catch (Exception failure) when (DirectoryFailures.IsAbsence(failure))
        {
            if (isLink)
            {
                warnings.Add($"{name} is a link that leads to nothing.");
            }

            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return request.Unreadable(SecretsErrorCode.AccessDenied, "this process has no permission; let its user read the file.", name, version);
        }
        catch (IOException failure)
        {
            return request.Unreadable(SecretsErrorCode.Unavailable, $"the system reports error 0x{failure.HResult:X8}.", name, version);
        }
    }

    private SecretValue Value(FileStream stream, string name, string? version, string? note)
    {
        if (BoundedContent.Read(stream, options.MaxSize) is not { } content)
        {
            return request.Unreadable(
                SecretsErrorCode.InvalidFormat, $"the file is larger than the {options.MaxSize} bytes that MaxSize allows.", name, version);
        }

        if (ForeignEncoding.FindInSecret(content) is { } problem)
        {
            return request.Unreadable(SecretsErrorCode.InvalidFormat, problem + ".", name, version);
        }

        ForeignAccess.WarnIfWritable(stream, name, warnings);
        if (name.EndsWith(".toml", StringComparison.OrdinalIgnoreCase))
        {
            warnings.Add($"{name} is one secret, as every file of a directory is; name the file itself, in AddToml, to have it read as TOML.");
        }

        return FileText.ToValue(content, new SecretOrigin(request.SourceName, name, version, request.ReadAt) { Note = note });
    }
}
