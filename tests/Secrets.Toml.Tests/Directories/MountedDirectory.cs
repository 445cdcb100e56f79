using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Directories;

/// <summary>A directory <c>secrets</c> of one test, and chains that read it.</summary>
public abstract class MountedDirectory : IDisposable
{
    private protected TempDirectory Temp { get; } = new();

    private protected string Root { get; }

    private protected MountedDirectory() => Root = Temp.Folder("secrets");

    public void Dispose()
    {
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected KubernetesVolume Volume(string folder = "") => new(Temp, folder.Length == 0 ? "secrets" : "secrets/" + folder);

    private protected string At(string relative) => Temp["secrets/" + relative];

    private protected SecretsStore Build(Action<DirectoryOptions>? configure = null, Action<string>? opening = null) => new SecretsBuilder()
        .AddDirectory(Root, o =>
        {
            o.Opening = opening ?? o.Opening;
            configure?.Invoke(o);
        })
        .Build();

    /// <summary>Lets everybody read what is there, so that a test takes that from one place alone.</summary>
    private protected void MakeReadable()
    {
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (string place in Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories).Append(Root))
        {
            Unix.SetMode(place, Directory.Exists(place) ? Read | Enter | UnixFileMode.UserWrite : Read);
        }
    }

    private protected static void AssertUnreadable(SecretsStore secrets, string path, SecretsErrorCode code, string why)
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => secrets.GetString(path));
        Assert.Equal((code, "directory"), (e.Code, e.SourceName));
        Assert.EndsWith(why, e.Message);
        Assert.Contains(" cannot be read: ", e.Message);
        Assert.Null(e.InnerException);
    }

    private protected static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
