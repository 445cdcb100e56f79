
namespace Secrets.Files;

/// <summary>One file that may hold secrets. A listed file was named by somebody, so that even a pipe is worth waiting for.</summary>
internal sealed class SecretsFile(string path, string displayName, bool isListed, PipeContents? pipes = null)
{
    public string Path { get; } = path;

    /// <summary>
    /// Gets the name that messages use: the name in the list, or else the path relative to the current directory where the file is below that. An editor finds either.
    /// </summary>
    public string DisplayName { get; } = displayName;

    private string PrintableName => SecretOrigin.Printable(DisplayName);

    /// <summary>Gets a value indicating whether this is a listed directory, in which each file is one secret.</summary>
    public bool IsDirectory => isListed && Directory.Exists(Path);

    /// <summary>Reads the whole file; gives <see langword="null"/> where it does not exist.</summary>
    /// <exception cref="SecretsFormatException">It is larger than allowed.</exception>
    /// <exception cref="SecretsSourceException">It cannot be read, or is not a file.</exception>
    public byte[]? Read(int maxSize, string sourceName, List<string> warnings)
    {
        if (pipes?.Find(Path) is { } kept)
        {
            return kept;
        }

        try
        {
            // Most of the files that are looked for do not exist, and an exception takes long.
            if (FilePaths.IsFree(Path))
            {
                return null;
            }

            using FileStream? stream = isListed ? FileOpener.OpenAndWait(Path) : FileOpener.Open(Path, followsLinks: true);
            if (stream is null || (!isListed && !stream.CanSeek))
            {
                throw NotRegular(sourceName);
            }

            byte[] content = BoundedContent.Read(stream, maxSize) ?? throw TooLarge(maxSize);
            Warn(stream, warnings);
            if (!stream.CanSeek)
            {
                pipes?.Keep(Path, content);
            }

            return content;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(failure, sourceName);
        }
    }

    private SecretsSourceException Unreadable(Exception failure, string sourceName)
    {
        if (failure is UnauthorizedAccessException)
        {
            return Directory.Exists(Path)
                ? new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"{PrintableName} is a directory; name the file in it.", sourceName)
                : new SecretsSourceException(
                    SecretsErrorCode.AccessDenied, $"{PrintableName} cannot be read: this process has no permission. Let its user read the file.", sourceName);
        }

        return Links.Follow(Path) is null
            ? new SecretsSourceException(SecretsErrorCode.Unavailable, $"{PrintableName} cannot be read: its links lead in a circle.", sourceName)
            : new SecretsSourceException(SecretsErrorCode.Unavailable, $"{PrintableName} cannot be read: the system reports error 0x{failure.HResult:X8}.", sourceName);
    }

    private SecretsSourceException NotRegular(string sourceName) =>
        new(SecretsErrorCode.InvalidConfiguration, $"{PrintableName} is not a regular file; name it in Files to read it nevertheless.", sourceName);

    private SecretsFormatException TooLarge(int maxSize) => new($"the file is larger than the {maxSize} bytes that MaxSize allows", DisplayName);

    private void Warn(FileStream stream, List<string> warnings)
    {
        ForeignAccess.WarnIfOpen(stream, DisplayName, warnings);

        // Whoever can write where the file really is can replace it as well.
        bool isLink = (File.GetAttributes(Path) & FileAttributes.ReparsePoint) != FileAttributes.None;
        if (IsInOpenFolder(Path) || (isLink && File.ResolveLinkTarget(Path, returnFinalTarget: true) is { } target && IsInOpenFolder(target.FullName)))
        {
            warnings.Add($"{DisplayName} lies in a directory that every user of this machine can write to, and so replace it.");
        }
    }

    private static bool IsInOpenFolder(string file) => System.IO.Path.GetDirectoryName(file) is { Length: > 0 } folder && ForeignAccess.IsWritableByAll(folder);
}
