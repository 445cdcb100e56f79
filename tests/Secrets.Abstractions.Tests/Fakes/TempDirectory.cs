using System.Text;

namespace Secrets.Tests.Fakes;

/// <summary>A directory of one test, which ends with it. What is written into it is its user's alone.</summary>
internal sealed class TempDirectory : IDisposable
{
    public TempDirectory()
    {
        Path = Directory.CreateTempSubdirectory("secrets-test-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // Others may pass through, so that a test can be somebody else whom the modes below bind.
            File.SetUnixFileMode(
                Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    public string Path { get; }

    public string this[string relative] => System.IO.Path.GetFullPath(relative, Path);

    public string Folder(string relative)
    {
        string folder = this[relative];
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    public string Read(string relative) => File.ReadAllText(this[relative]);

    public string Write(string relative, string text) => Write(relative, Encoding.UTF8.GetBytes(text));

    public string Write(string relative, byte[] content)
    {
        string file = this[relative];
        Folder(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
