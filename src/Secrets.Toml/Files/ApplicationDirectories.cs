using Secrets.Files;
namespace Secrets.Toml.Files;

/// <summary>Where an application itself is, which does not depend on where it was started.</summary>
internal static class ApplicationDirectories
{
    /// <summary>Gives the application's own directory and, where that lies in the <c>bin</c> folder of a project, the directory of the project.</summary>
    public static IEnumerable<string> Of(string applicationDirectory)
    {
        if (applicationDirectory.Length == 0)
        {
            yield break;
        }

        yield return FilePaths.Full(applicationDirectory);
        for (DirectoryInfo? folder = new(FilePaths.Full(applicationDirectory)); folder.Parent is { } parent; folder = parent)
        {
            if (string.Equals(folder.Name, "bin", StringComparison.OrdinalIgnoreCase) && IsProject(parent))
            {
                yield return parent.FullName;
                yield break;
            }
        }
    }

    private static bool IsProject(DirectoryInfo directory)
    {
        try
        {
            return directory.EnumerateFiles("*.*proj").Any();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
