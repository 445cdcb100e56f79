using System.Text;
using Secrets.Testing;
using Secrets.Tests.Fakes;
using Secrets.Toml.Directories;

namespace Secrets.Toml.Tests.Conformance;

/// <summary>A folder with a file for each secret, as Docker and systemd mount them.</summary>
internal sealed class DirectoryHarness : SourceHarness
{
    private const UnixFileMode OpenToAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TempDirectory _temp = new();
    private readonly string _folder;
    private bool _isDenied;

    public DirectoryHarness()
    {
        _folder = _temp["secrets"];
        Lacks(SourceAbility.Nesting, "one level of folders is read, and a file alone in one takes the folder's name");
        Lacks(SourceAbility.TypedValues, "a file's content is text or bytes");
        Lacks(SourceAbility.Versions, "plain files have no versions; those of a Kubernetes volume are tested by hand");
        Cannot(SourceFault.Malformed, "any content of a file is a secret");
        Cannot(SourceFault.Silent, "files are read without waiting");
        if (OperatingSystem.IsWindows())
        {
            Cannot(SourceFault.Unavailable, "links need a privilege on Windows");
            Cannot(SourceFault.AccessDenied, "file modes are a Unix matter");
            Cannot(SourceFault.SecretDenied, "file modes are a Unix matter");
        }
    }

    public override ISecretsSource CreateSource() => BoundSource.Of(new DirectorySource(_folder, new DirectoryOptions()), () => _isDenied);

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        Remove();
        _temp.Folder("secrets");
        Open(_folder);
        foreach (SecretEntry secret in secrets)
        {
            // One line break at the end of a text is the editor's.
            byte[] content = secret.Value.Kind == SecretKind.Bytes ? secret.Value.RevealBytes() : Encoding.UTF8.GetBytes(secret.Value.Reveal() + "\n");
            Open(_temp.Write("secrets/" + secret.Path.Segments[0], content));
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        switch (fault)
        {
            case SourceFault.Missing:
                Remove();
                break;
            case SourceFault.Unavailable:
                File.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..gone");
                break;
            default:
                _isDenied = true;
                Unix.SetMode(fault == SourceFault.AccessDenied ? _folder : LocationOf(secret.Path), UnixFileMode.None);
                break;
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => Path.Combine(_folder, path.Segments[0]);

    public override ValueTask DisposeAsync()
    {
        Remove();
        _temp.Dispose();
        return base.DisposeAsync();
    }

    // Whom modes bind may read what is not denied.
    private static void Open(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OpenToAll);
        }
    }

    private void Remove()
    {
        _isDenied = false;
        if (Directory.Exists(_folder))
        {
            Open(_folder);
            Directory.Delete(_folder, recursive: true);
        }
    }
}
