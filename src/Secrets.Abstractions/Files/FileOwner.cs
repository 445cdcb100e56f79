using System.Runtime.InteropServices;

namespace Secrets.Files;

/// <summary>Whom a file belongs to. Linux alone tells: elsewhere nothing is foreign.</summary>
internal static partial class FileOwner
{
    // statx(2): AT_FDCWD, AT_SYMLINK_NOFOLLOW, STATX_UID, and where stx_uid stands, which is the same on every processor.
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint Uid = 8;
    private const int UidOffset = 20;

    /// <summary>
    /// Says whether a file, or the link or folder that leads to it, belongs to somebody else than the user of this process, root, and the owner of a directory.
    /// Whoever starts a program in a folder of everybody's would otherwise get the secrets that another user put beside it.
    /// </summary>
    public static bool IsForeign(string file, string directory)
    {
        uint? own = OperatingSystem.IsLinux() ? EffectiveUser() : null;
        return own is not null && (IsOthers(file, followsLinks: true) || IsOthers(file, followsLinks: false) || IsOthers(Path.GetDirectoryName(file)!, followsLinks: false));

        bool IsOthers(string path, bool followsLinks) =>
            Of(path, followsLinks) is { } owner && owner != 0 && owner != own && owner != Of(directory, followsLinks: true);
    }

    private static uint? Of(string path, bool followsLinks)
    {
        try
        {
            return Statx(CurrentDirectory, path, followsLinks ? 0 : NoFollow, Uid, out StatxBuffer buffer) == 0 ? buffer.Uid : null;
        }
        catch (EntryPointNotFoundException)
        {
            // musl has it since 1.2.5.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxBuffer buffer);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(UidOffset)]
        public uint Uid;
    }
}
