namespace Secrets.Files;

/// <summary>How far up a search in a git work tree goes.</summary>
internal static class WorkTree
{
    /// <summary>Gives the directory itself or, where it has no file and lies in a git work tree, its nearest parent in that tree that has one.</summary>
    public static string Nearest(string current, string? home, Func<string, bool> hasFile) => hasFile(current) ? current : NearestAbove(current, home, hasFile);

    private static string NearestAbove(string current, string? home, Func<string, bool> hasFile)
    {
        string? nearest = null;
        bool isParent = false;
        string? real = home is null ? null : FilePaths.Real(home);
        for (DirectoryInfo? directory = new(current); directory is not null && !FilePaths.IsAbove(directory.FullName, home) && !FilePaths.IsAbove(FilePaths.Real(directory.FullName), real); directory = directory.Parent)
        {
            if (isParent && nearest is null && hasFile(directory.FullName))
            {
                nearest = directory.FullName;
            }

            isParent = true;

            // A work tree's own folder, or the file that stands for it in a linked work tree (git-worktree, "DETAILS").
            string git = Path.Combine(directory.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git))
            {
                return nearest ?? current;
            }
        }

        return current;
    }

    /// <summary>Checks files that were found in a parent of the directory where the search began: a work tree may belong to somebody else, as one that was put into <c>/tmp</c>.</summary>
    /// <exception cref="SecretsSourceException">A file belongs to another user: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static void ThrowIfForeign(string found, string start, IEnumerable<string> files, string sourceName)
    {
        if (string.Equals(found, start, FilePaths.Names))
        {
            return;
        }

        foreach (string file in files)
        {
            if (FileOwner.IsForeign(file, start))
            {
                throw Foreign(file, sourceName);
            }
        }
    }

    private static SecretsSourceException Foreign(string file, string sourceName) => new(
        SecretsErrorCode.InvalidConfiguration,
        $"{SecretOrigin.Printable(file)} was found in a parent directory, and belongs to another user of this machine. Name it in Files to read it nevertheless, or make it yours.",
        sourceName);
}
