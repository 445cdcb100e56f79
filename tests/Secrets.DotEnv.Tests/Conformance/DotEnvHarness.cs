using System.Globalization;
using System.Text;
using Secrets.Testing;
using Secrets.Tests.Fakes;
using Secrets.Toml.Tests.Conformance;

namespace Secrets.DotEnv.Tests.Conformance;

/// <summary>The dotenv source over one file: an assignment a line, so that a secret's place is its line.</summary>
internal sealed class DotEnvHarness : SourceHarness
{
    private readonly TempDirectory _temp = new();
    private readonly string _file;
    private readonly List<SecretPath> _lines = [];
    private bool _isDenied;

    public DotEnvHarness()
    {
        _file = _temp["secrets.env"];
        Lacks(SourceAbility.OddKeys, "a key is letters, digits and _ . -");
        Lacks(SourceAbility.TypedValues, "a value is text");
        Lacks(SourceAbility.Bytes, "a value is text");
        Lacks(SourceAbility.Versions, "a file has no versions");
        Cannot(SourceFault.Silent, "a file is read without waiting");
        Cannot(SourceFault.SecretDenied, "a file is readable whole or not at all");
        if (OperatingSystem.IsWindows())
        {
            Cannot(SourceFault.Unavailable, "links need a privilege on Windows");
            Cannot(SourceFault.AccessDenied, "file modes are a Unix matter");
        }
    }

    public override ISecretsSource CreateSource() =>
        BoundSource.Of(new DotEnvSource(new DotEnvOptions { Files = [_file], Variable = _ => null }), () => _isDenied);

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _isDenied = false;
        _lines.Clear();
        _lines.AddRange(secrets.Select(s => s.Path));
        Write(string.Concat(secrets.Select(Line)));
        return ValueTask.CompletedTask;
    }

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        switch (fault)
        {
            case SourceFault.Missing:
                File.Delete(_file);
                break;
            case SourceFault.Unavailable:
                File.Delete(_file);
                File.CreateSymbolicLink(_file, _file);
                break;
            case SourceFault.AccessDenied:
                _isDenied = true;
                Unix.SetMode(_file, UnixFileMode.None);
                break;
            case SourceFault.Malformed:
                Write(Line(secret) + "broken " + secret.Value.Reveal());
                break;
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => string.Create(CultureInfo.InvariantCulture, $"{_file}({_lines.IndexOf(path) + 1},1)");

    public override ValueTask DisposeAsync()
    {
        File.Delete(_file);
        _temp.Dispose();
        return base.DisposeAsync();
    }

    private static string Line(SecretEntry secret) => $"{string.Join("__", secret.Path.Segments)}={Quote(secret.Value.Reveal())}\n";

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            _ = c is '"' or '\\' or '$' ? quoted.Append('\\').Append(c) : char.IsControl(c) ? quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    // By rename, as one who writes secrets does: no reader sees half of a file.
    private void Write(string text) => File.Move(_temp.Write("written.env", text), _file, overwrite: true);
}
