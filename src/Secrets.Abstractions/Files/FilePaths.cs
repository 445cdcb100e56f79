namespace Secrets.Files;

/// <summary>How files and directories are named, compared and looked for.</summary>
internal static class FilePaths
{
    // What FileInfo.Attributes is where there is nothing.
    private const FileAttributes NoFile = (FileAttributes)(-1);

    /// <summary>How names of directories are compared.</summary>
    public static readonly StringComparison Names =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Gives the home directory: the one that is set, the user's own, or none where an empty one is set. A relative one counts from the current directory.</summary>
    public static string? Home(string? set, string? current)
    {
        string home = set ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length == 0 ? null
            : Path.IsPathFullyQualified(home) ? Full(home)
            : current is not null ? Full(Path.GetFullPath(home, current))
            : null;
    }

    /// <summary>Says whether two paths are one directory, by whatever links each leads there.</summary>
    public static bool AreSame(string first, string second) =>
        string.Equals(first, second, Names) || (MayBeSame(first, second) && string.Equals(Real(first), Real(second), Names));

    // The times tell most directories apart, so that links are followed for few.
    private static bool MayBeSame(string first, string second)
    {
        try
        {
            return Directory.GetCreationTimeUtc(first) == Directory.GetCreationTimeUtc(second);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Says whether a path exists. One that cannot be examined counts as existing: reading it then fails with the reason, and no other file takes its place.</summary>
    public static bool IsThere(string path)
    {
        try
        {
            FileAttributes attributes = new FileInfo(path).Attributes;
            if (attributes != NoFile && (attributes & FileAttributes.ReparsePoint) != FileAttributes.None)
            {
                attributes = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Attributes;
            }

            return attributes != NoFile;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Says whether there is nothing at a path, not even a link. That it throws nothing then makes it faster than opening a file.</summary>
    /// <exception cref="UnauthorizedAccessException">The path cannot be examined.</exception>
    /// <exception cref="IOException">The path cannot be examined.</exception>
    public static bool IsFree(string path) => new FileInfo(path).Attributes == NoFile;

    /// <summary>Says whether this process may look for files in a directory. One that does not exist has none to look for.</summary>
    public static bool MayEnter(string directory)
    {
        try
        {
            _ = new FileInfo(Path.Combine(directory, ".secrets")).Attributes;
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public static bool IsAbove(string directory, string? home) =>
        home is not null && home.Length > directory.Length && home.StartsWith(WithSeparator(directory), Names);

    /// <summary>
    /// Gives a path relative to the current directory where it lies below that, so that an editor which was started there finds it. The root of the file
    /// system, in which services run, does not count: everything lies below it.
    /// </summary>
    public static string DisplayName(string path, string current) =>
        IsAbove(current, path) && !string.Equals(Path.GetPathRoot(current), current, Names) ? path[WithSeparator(current).Length..]
        : string.Equals(path, current, Names) ? "."
        : path;

    private static string WithSeparator(string directory) => Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar;

    /// <summary>Gives where a directory is without links; itself if it cannot be followed.</summary>
    public static string Real(string directory) => Links.Follow(directory) ?? directory;
}
