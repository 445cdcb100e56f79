using System.Globalization;
using Secrets.Testing;
using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Conformance;

/// <summary>The TOML source over one file: a pair a line, so that a secret's place is its line.</summary>
internal sealed class TomlHarness : SourceHarness
{
    private readonly TempDirectory _temp = new();
    private readonly string _file;
    private readonly List<SecretPath> _lines = [];
    private bool _isDenied;

    public TomlHarness()
    {
        _file = _temp["secrets.toml"];
        Lacks(SourceAbility.Bytes, "TOML has no bytes");
        Lacks(SourceAbility.Versions, "a file has no versions");
        Cannot(SourceFault.Silent, "a file is read without waiting");
        Cannot(SourceFault.SecretDenied, "a file is readable whole or not at all");
        if (OperatingSystem.IsWindows())
        {
            Cannot(SourceFault.Unavailable, "links need a privilege on Windows");
            Cannot(SourceFault.AccessDenied, "file modes are a Unix matter");
        }
    }

    public override ISecretsSource CreateSource() => BoundSource.Of(new TomlSource(new TomlOptions { Files = [_file] }), () => _isDenied);

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _isDenied = false;
        _lines.Clear();
        _lines.AddRange(secrets.Select(s => s.Path));
        Write(string.Concat(secrets.Select(TomlLine.Of)));
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
                Remove();
                File.CreateSymbolicLink(_file, _file);
                break;
            case SourceFault.AccessDenied:
                _isDenied = true;
                Unix.SetMode(_file, UnixFileMode.None);
                break;
            case SourceFault.Malformed:
                Write(TomlLine.Of(secret) + "broken = " + secret.Value.Reveal());
                break;
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) =>
        string.Create(CultureInfo.InvariantCulture, $"{_file}({_lines.IndexOf(path) + 1},1)");

    public override ValueTask DisposeAsync()
    {
        Remove();
        _temp.Dispose();
        return base.DisposeAsync();
    }

    // By rename, as one who writes secrets does: no reader sees half of a file.
    private void Write(string toml)
    {
        string written = _temp.Write("written.toml", toml);
        File.Move(written, _file, overwrite: true);
    }

    private void Remove() => File.Delete(_file);
}
