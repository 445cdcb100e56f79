using System.Runtime.InteropServices;

namespace Secrets.Benchmarks;

/// <summary>Tells how long the processors worked for the processes that this one started and that have ended.</summary>
internal static partial class ChildrenUsage
{
    private const int Children = -1;

    /// <summary>Gives the time in user mode and in the kernel, of all children together; zero where only wall time can be measured.</summary>
    public static TimeSpan ProcessorTime() =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && GetUsage(Children, out Usage usage) == 0
            ? TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds) + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds)
            : TimeSpan.Zero;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);

    // struct rusage of getrusage(2) with 64-bit longs: two times, and 14 counts that are not read.
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct Usage
    {
        public readonly long UserSeconds;
        public readonly long UserMicroseconds;
        public readonly long SystemSeconds;
        public readonly long SystemMicroseconds;
    }
}
