namespace Secrets.Cli.Files;

/// <summary>The check as a hook that git runs before each commit.</summary>
internal static class GitHook
{
    private const string Line = "secrets check";

    private const string Script = $"""
        #!/bin/sh
        # Installed by: secrets check --install-hook
        exec {Line}

        """;

    /// <summary>Writes the hook, and gives a line that says so.</summary>
    /// <exception cref="CommandException">There is no repository, or another hook is in its place.</exception>
    public static string Install(Surroundings surroundings)
    {
        if (surroundings.Programs.Git(surroundings.Directory, "rev-parse", "--git-path", "hooks/pre-commit") is not (0, { } output))
        {
            throw CommandException.WrongUse("There is no git repository here; run git init first.");
        }

        string hook = surroundings.FullPath(output.TrimEnd('\n', '\r'));
        if (File.Exists(hook))
        {
            return File.ReadAllText(hook).Contains(Line, StringComparison.Ordinal)
                ? $"{surroundings.ShortPath(hook)} runs the check already; nothing was changed."
                : throw CommandException.WrongUse($"{surroundings.ShortPath(hook)} is another hook; add the line \"{Line} || exit 1\" to it.");
        }

        NewFile.Guard(hook, () => Write(hook));
        return $"Created {surroundings.ShortPath(hook)}: git runs secrets check before each commit.";
    }

    private static void Write(string hook)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.WriteAllText(hook, Script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                hook,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }
}
