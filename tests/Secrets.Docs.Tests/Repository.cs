namespace Secrets;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the folder below a project that its build goes to: <c>bin/Debug/net10.0</c> or what corresponds.</summary>
    public static string OutputFolder { get; } = Path.GetRelativePath(
        Path.Combine(Root, "tests", typeof(Repository).Assembly.GetName().Name!), AppContext.BaseDirectory);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Gives the files of a folder, relative to the root, without what builds left there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Where(f => !f.Split('/').Any(segment => segment is "bin" or "obj"))
                .Order(StringComparer.Ordinal)
            : [];

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Secrets.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No Secrets.sln above " + AppContext.BaseDirectory);
    }
}
