namespace Secrets.Toml.Files;

/// <summary>One place where secrets may be. A listed one is there because somebody named it, and so may be a pipe that is worth waiting for.</summary>
internal sealed class SecretsFile(string path, string displayName, bool isListed)
{
    private const UnixFileMode Foreign = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Path { get; } = path;

    /// <summary>
    /// Gets what messages call it: as it was listed; else relative to where the program runs, if it is below, so that an editor finds it either way.
    /// </summary>
    public string DisplayName { get; } = displayName;

    /// <summary>Reads the file whole; <see langword="null"/> where there is none.</summary>
    /// <exception cref="SecretsFormatException">It is larger than allowed.</exception>
    /// <exception cref="SecretsSourceException">It cannot be read, or is no file.</exception>
    public byte[]? Read(int maxSize, string sourceName, List<string> warnings)
    {
        try
        {
            if (!isListed && IsEmpty(sourceName))
            {
                return [];
            }

            using FileStream stream = Open(FileAccess.Read);
            WarnIfForeign(stream, warnings);
            return Read(stream, maxSize);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw Directory.Exists(Path)
                ? new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"{DisplayName} is a directory; name the file in it.", sourceName)
                : new SecretsSourceException(
                    SecretsErrorCode.AccessDenied, $"{DisplayName} cannot be read: this process has no permission. Let its user read the file.", sourceName);
        }
        catch (IOException failure)
        {
            throw new SecretsSourceException(
                SecretsErrorCode.Unavailable, $"{DisplayName} cannot be read: the system reports error 0x{failure.HResult:X8}.", sourceName);
        }
    }

    // A pipe has no length either, and opening it for reading waits until somebody writes; opening it for both never waits. Where that is not
    // allowed, what has no length counts as what it nearly always is: an empty file.
    private bool IsEmpty(string sourceName)
    {
        if (OperatingSystem.IsWindows()
            || (File.ResolveLinkTarget(Path, returnFinalTarget: true) ?? new FileInfo(Path)) is not FileInfo { Exists: true, Length: 0 })
        {
            return false;
        }

        try
        {
            using FileStream both = Open(FileAccess.ReadWrite);
            return both.CanSeek ? false : throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration, $"{DisplayName} is not a regular file; name it in Files to read it nevertheless.", sourceName);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return true;
        }
    }

    private FileStream Open(FileAccess access) =>
        new(Path, new FileStreamOptions { Access = access, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    private byte[] Read(FileStream stream, int maxSize)
    {
        // The length of the open file, not of the name: it may be replaced at any time. A pipe has none and is read until it ends.
        long length = stream.CanSeek ? stream.Length : 0;
        if (length > maxSize)
        {
            throw TooLarge(maxSize);
        }

        using var content = new MemoryStream((int)length);
        byte[] buffer = new byte[Math.Clamp((int)length + 1, 512, 81920)];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            if (content.Length + read > maxSize)
            {
                throw TooLarge(maxSize);
            }

            content.Write(buffer.AsSpan(0, read));
        }

        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    private SecretsFormatException TooLarge(int maxSize) => new($"the file is larger than the {maxSize} bytes that MaxSize allows", DisplayName);

    private void WarnIfForeign(FileStream stream, List<string> warnings)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if ((File.GetUnixFileMode(stream.SafeFileHandle) & Foreign) != UnixFileMode.None)
        {
            warnings.Add($"{DisplayName} is open to other users of this machine; make it yours alone: chmod 600 {DisplayName}");
        }

        if (System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } folder && (File.GetUnixFileMode(folder) & UnixFileMode.OtherWrite) != UnixFileMode.None)
        {
            warnings.Add($"{DisplayName} lies in a directory that every user of this machine can write to, and so replace it.");
        }
    }
}
