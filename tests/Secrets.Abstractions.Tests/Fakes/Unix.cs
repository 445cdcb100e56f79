using System.Runtime.InteropServices;

namespace Secrets.Tests.Fakes;

/// <summary>What only the C library of a Unix can do.</summary>
internal static class Unix
{
    private const uint OwnerOnly = 0x180; // 0600
    private const int Nobody = 65534;

    /// <summary>Makes a named pipe.</summary>
    public static void MakePipe(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes among its files");
        Assert.Equal(0, mkfifo(path, OwnerOnly));
    }

    /// <summary>Makes a node of the device that swallows all; skips where the tests may not.</summary>
    public static void MakeNullDevice(string path)
    {
        const uint CharacterDevice = 0x2000;
        const ulong Null = (1 << 8) | 3;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root makes devices");
        Assert.SkipUnless(mknod(path, CharacterDevice | OwnerOnly, Null) == 0, "the tests run as root, who may not make devices here");
    }

    /// <summary>Runs something while there is an empty file of any bytes for a name, which Linux alone allows, and .NET cannot remove.</summary>
    public static void WithFile(byte[] path, Action run)
    {
        const int CreateAndWrite = 0x41;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names are text elsewhere");
        int file = open([.. path, 0], CreateAndWrite, (int)OwnerOnly);
        Assert.True(file >= 0);
        _ = close(file);
        try
        {
            run();
        }
        finally
        {
            Assert.Equal(0, unlink([.. path, 0]));
        }
    }

    /// <summary>Makes a symbolic link.</summary>
    public static void Link(string path, string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        File.CreateSymbolicLink(path, target);
    }

    /// <summary>Gives a file, a folder or the link itself to another user; skips where the tests may not.</summary>
    public static void GiveToNobody(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root gives files to others");
        Assert.SkipUnless(lchown(path, Nobody, -1) == 0, "the tests run as root, who may not give files to others here");
    }

    /// <summary>Moves a file, a folder or a link over another, as rename(2) does; .NET refuses to move a link to a folder over another.</summary>
    public static void Rename(string from, string to) => Assert.Equal(0, rename(from, to));

    /// <summary>Sets who may do what with a file or a folder.</summary>
    public static void SetMode(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are a Unix matter");
        }
        else
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>Takes all permissions from a file or folder, runs something on this thread that they bind, and gives them back.</summary>
    public static T Forbidden<T>(string path, Func<T> run)
    {
        SetMode(path, UnixFileMode.None);
        try
        {
            return Bound(run);
        }
        finally
        {
            SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Runs something on this thread that permissions bind, whoever runs the tests.</summary>
    public static T Bound<T>(Func<T> run) => Environment.IsPrivilegedProcess ? AsNobody(run) : run();

    // Permissions do not bind root. Linux knows an identity of each thread for files alone (setfsuid(2)), which they bind.
    private static T AsNobody<T>(Func<T> run)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the tests run as root, whom permissions do not bind");
        int own = setfsuid(Nobody);
        try
        {
            Assert.SkipUnless(setfsuid(-1) == Nobody, "the tests run as root, who may not become somebody else here");
            return run();
        }
        finally
        {
            _ = setfsuid(own);
        }
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // Source-generated imports need unsafe code, which a few calls are not worth; the names are the library's.
    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlink(byte[] path);

    [DllImport("libc", SetLastError = true)]
    private static extern int mkfifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc")]
    private static extern int mknod([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode, ulong device);

    [DllImport("libc")]
    private static extern int lchown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int user, int group);

    [DllImport("libc")]
    private static extern int rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    [DllImport("libc")]
    private static extern int setfsuid(int user);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
