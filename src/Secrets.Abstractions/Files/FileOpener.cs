using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Secrets.Files;

/// <summary>
/// Opens files without ever waiting. Only an open file says for certain what it is, and .NET's own open waits for the writer of a pipe, so this
/// calls open(2).
/// </summary>
internal static partial class FileOpener
{
    // errno.h: these are the same on Linux, macOS and FreeBSD.
    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int NoDevice = 6;
    private const int Denied = 13;
    private const int NotADirectory = 20;

    // statx(2) and inode(7).
    private const uint TypeField = 1;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;
    private const int Pipe = 0x1000;
    private const int UnixSocket = 0xC000;

    /// <summary>
    /// Opens a file for reading; gives <see langword="null"/> for a pipe or a socket and, where links are not followed, for a device. On Linux those are not
    /// opened at all, because opening has effects: it releases the writer of a pipe, or starts a watchdog. A path that becomes one meanwhile is opened, and
    /// <see cref="IsRegular"/> tells. A link to <c>/dev/null</c> stands for an empty file, by which administrators mask one.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="DirectoryNotFoundException">A folder of the path does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">This process has no permission.</exception>
    /// <exception cref="IOException">It cannot be opened, or is a link that is not to be followed.</exception>
    public static FileStream? Open(string path, bool followsLinks)
    {
        if (OperatingSystem.IsWindows())
        {
            return OpenAndWait(path);
        }

        if (IsKnownOther(path, followsLinks))
        {
            return null;
        }

        while (true)
        {
            int descriptor = Open(path, Flags(followsLinks));
            if (descriptor >= 0)
            {
                return Stream(new SafeFileHandle(descriptor, ownsHandle: true));
            }

            int error = Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Interrupted:
                    continue;
                case NoDevice:
                    return null;
                case NoEntry or NotADirectory:
                    throw new FileNotFoundException();
                case NotPermitted or Denied:
                    throw new UnauthorizedAccessException();
                default:
                    throw new IOException(message: null, error);
            }
        }
    }

    /// <summary>Opens a file for reading as .NET does, which waits for the writer of a pipe.</summary>
    public static FileStream OpenAndWait(string path) =>
        new(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    private static FileStream Stream(SafeFileHandle handle)
    {
        // open(2) opens folders too, which .NET's own open refuses so.
        if ((File.GetAttributes(handle) & FileAttributes.Directory) != FileAttributes.None)
        {
            handle.Dispose();
            throw new UnauthorizedAccessException();
        }

        return new FileStream(handle, FileAccess.Read, bufferSize: 0);
    }

    /// <summary>Says whether an open file is a regular one, and neither a pipe nor a device.</summary>
    public static bool IsRegular(FileStream stream)
    {
        if (!stream.CanSeek || !OperatingSystem.IsLinux())
        {
            return stream.CanSeek;
        }

        // Some devices can seek. .NET does not tell them from files, and of the calls that do, statx(2) alone has one layout on every processor.
        const int EmptyPath = 0x1000;
        try
        {
            return Statx(stream.SafeFileHandle, "", EmptyPath, TypeField, out StatxBuffer buffer) != 0 || (buffer.Mode & TypeMask) == Regular;
        }
        catch (EntryPointNotFoundException)
        {
            // musl has it since 1.2.5.
            return true;
        }
    }

    private static bool IsKnownOther(string path, bool followsLinks)
    {
        const int CurrentDirectory = -100;
        const int NoFollow = 0x100;
        try
        {
            return OperatingSystem.IsLinux()
                && Statx(CurrentDirectory, path, followsLinks ? 0 : NoFollow, TypeField, out StatxBuffer buffer) == 0
                && (buffer.Mode & TypeMask) is var type
                && (type is Pipe or UnixSocket || (!followsLinks && type is not (Regular or Folder or Link)));
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC, and O_NOFOLLOW. Linux: asm-generic/fcntl.h, and asm/fcntl.h of Arm and PowerPC; others: sys/fcntl.h.
    private static int Flags(bool followsLinks)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0x4 | (OperatingSystem.IsFreeBSD() ? 0x100000 : 0x1000000) | (followsLinks ? 0 : 0x100);
        }

        return 0x800 | 0x80000 | (followsLinks ? 0 : NoFollowFlag());
    }

    private static int NoFollowFlag() =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le ? 0x8000 : 0x20000;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(SafeFileHandle file, string path, int flags, uint mask, out StatxBuffer buffer);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxBuffer buffer);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
