using System.Text;
using Secrets.Cli.Chains;
using Secrets.Cli.Running;
using Secrets.Toml.Editing;

namespace Secrets.Cli.Files;

/// <summary>Creates a secrets file with what a beginner needs, and keeps git away from it.</summary>
internal static class NewFile
{
    private const string Example = """
        # Secrets of this project. Keep this file out of version control.
        #
        #   secrets set api_token             asks for the value of a key
        #   secrets set database.password     a key in the section [database]
        #   secrets check                     says what is missing or unsafe

        """;

    /// <summary>Creates the file, and gives a line for each thing that was done.</summary>
    public static IEnumerable<string> Create(Surroundings surroundings, string file)
    {
        Write(file, Encoding.UTF8.GetBytes(Example));
        yield return $"Created {surroundings.ShortPath(file)}, readable by you alone.";
        if (GitFiles.StateOf(surroundings.Programs, file) != GitState.NotIgnored)
        {
            yield break;
        }

        string folder = Path.GetDirectoryName(file)!;
        bool isOurs = string.Equals(Path.GetFileName(folder), ProjectFiles.Folder, StringComparison.Ordinal);
        string ignore = Path.Combine(isOurs ? Path.GetDirectoryName(folder)! : folder, ".gitignore");
        AddLine(ignore, isOurs ? ProjectFiles.Folder + "/" : Path.GetFileName(file));
        yield return $"Added {(isOurs ? ProjectFiles.Folder + "/" : Path.GetFileName(file))} to {surroundings.ShortPath(ignore)}.";
    }

    /// <summary>Writes a file in one step.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static void Write(string file, byte[] content) => Guard(file, () => AtomicFile.Write(file, content));

    /// <summary>Adds lines to the end of a file; a new one is its owner's alone.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static void Append(string file, byte[] lines) => Guard(file, () =>
    {
        bool isInLine = new FileInfo(file) is { Exists: true, Length: > 0 } && !EndsLine(file);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write([.. isInLine ? "\n"u8 : [], .. lines]);
    });

    /// <summary>Turns what keeps a file from being written into a message.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static void Guard(string file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.SourceFailed, $"{file} cannot be written: {(failure is IOException ? "the system reports an error" : "this user has no permission")}.");
        }
    }

    private static bool EndsLine(string file)
    {
        using FileStream stream = File.OpenRead(file);
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    private static void AddLine(string file, string line)
    {
        if (!File.Exists(file))
        {
            // An ordinary file, which others may read.
            Guard(file, () => File.WriteAllText(file, line + "\n"));
            return;
        }

        byte[] old = File.ReadAllBytes(file);
        string lineEnd = old.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        string separator = old.Length == 0 || old[^1] == '\n' ? "" : lineEnd;
        Write(file, [.. old, .. Encoding.UTF8.GetBytes(separator + line + lineEnd)]);
    }
}
