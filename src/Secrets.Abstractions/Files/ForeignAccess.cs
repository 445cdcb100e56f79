namespace Secrets.Files;

/// <summary>Warns of files that others can read or write. Windows has no such modes.</summary>
internal static class ForeignAccess
{
    private const UnixFileMode Writing = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Any = Writing | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>For a file that belongs to one person.</summary>
    public static void WarnIfOpen(FileStream stream, string name, List<string> warnings)
    {
        if (Has(stream, Any))
        {
            warnings.Add($"{name} is open to other users of this machine; make it yours alone: chmod 600 {name}");
        }
    }

    /// <summary>For a file that a platform mounted: it may well let everybody in the container read it.</summary>
    public static void WarnIfWritable(FileStream stream, string name, List<string> warnings)
    {
        if (Has(stream, Writing))
        {
            warnings.Add($"{name} can be written by other users of this machine; take that from them: chmod go-w {name}");
        }
    }

    /// <summary>Tells whether every user can make and replace files in a folder.</summary>
    public static bool IsWritableByAll(string folder) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & UnixFileMode.OtherWrite) != UnixFileMode.None;

    /// <summary>Tells whether only the owner of a file in a folder can replace it, whoever can write to the folder.</summary>
    public static bool IsSticky(string folder) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & UnixFileMode.StickyBit) != UnixFileMode.None;

    private static bool Has(FileStream stream, UnixFileMode mode) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & mode) != UnixFileMode.None;
}
