namespace Secrets.Cli.Running;

/// <summary>Asks git for its state of files, since no reading of .gitignore is as right.</summary>
internal static class GitFiles
{
    public static GitState StateOf(IPrograms programs, string file)
    {
        string? directory = Path.GetDirectoryName(file);
        while (directory is not null && !Directory.Exists(directory))
        {
            directory = Path.GetDirectoryName(directory);
        }

        if (directory is null || programs.Git(directory, "rev-parse", "--is-inside-work-tree") is not (0, _))
        {
            return GitState.None;
        }

        if (programs.Git(directory, "ls-files", "--error-unmatch", "--", file) is (0, _))
        {
            return GitState.Tracked;
        }

        return programs.Git(directory, "check-ignore", "--quiet", "--", file) is (0, _) ? GitState.Ignored : GitState.NotIgnored;
    }
}
