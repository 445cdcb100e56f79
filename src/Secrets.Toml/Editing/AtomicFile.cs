using System.Security.Cryptography;
using Secrets.Files;

namespace Secrets.Toml.Editing;

/// <summary>Writes a file in one step: readers see the old content or the new one, never a part, also after a crash.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Writes the content beside the file, brings it to the disk, and renames it over the file. A file that is there keeps its mode, and a symbolic
    /// link stays one; a new file is its owner's alone, and so are the directories that are created for it.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The file is read-only, or its directory cannot be written.</exception>
    /// <exception cref="IOException">The system cannot write it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string target = Links.Follow(Path.GetFullPath(path)) ?? throw new IOException("The links of the path lead in a circle.");
        bool exists = File.Exists(target);
        if (exists && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
        {
            throw new UnauthorizedAccessException();
        }

        string directory = Path.GetDirectoryName(target)!;
        CreateDirectory(directory);
        string temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
        try
        {
            WriteNew(temporary, content);
            if (exists && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            if (exists && OperatingSystem.IsWindows())
            {
                // Keeps the access control list, which a move would not.
                File.Replace(temporary, target, destinationBackupFileName: null);
            }
            else
            {
                File.Move(temporary, target, overwrite: true);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
