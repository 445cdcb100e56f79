using System.Text;
using System.Text.Json;
using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

public sealed class TomlCanaryTests : IDisposable
{
    private readonly Workspace _here = new();
    private readonly Canary _canary = new();

    public void Dispose() => _here.Dispose();

    // The canary stands for CANARY: in values, in comments, and where a value was meant.
    public static TheoryData<string> Faults =>
    [
        "a = 'CANARY\nb = 1",
        "a = CANARY",
        "a = 'CANARY' CANARY",
        "a = \"CANARY\\q\"",
        "a = \"CANARY\\uD800\"",
        "a = \"\"\"CANARY",
        "a = ['CANARY' 'CANARY']",
        "a = {b = 'CANARY', b = 'CANARY'}",
        "a = 'CANARY'\na = 'CANARY'",
        "a = 'CANARY' # CANARY\n[a]",
        "a = 'CANARY'\na.b = 'CANARY'",
        "# CANARY\0",
        "CANARY",
        "a = 1\nCANARY = = 'CANARY'",
        "a = \u201CCANARY\u201D",
        "a = \"CANARY\u201D",
        "a = \"C:\\Users\\CANARY\"",
        "a = \"CANARY\\\"",
        "a = 'it's CANARY'",
        "a = 1 // CANARY",
        "{\"a\": \"CANARY\"}",
        "\"a\": \"CANARY\"",
        "a: CANARY",
        "export A=CANARY",
        "set CANARY=CANARY",
        "a_b = 'CANARY'\nab = 'CANARY'",
        "[a_b]\nx = 'CANARY'\n[ab]\nx = 'CANARY'",
        "t = [{a_b = 'CANARY', ab = 'CANARY'}]",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_malformed_document_is_not_quoted(string toml)
    {
        toml = toml.Replace("CANARY", _canary.Value);
        _here.WriteHome($"x = '{_canary.Value}'");
        _here.WriteProject(toml);
        _here.Environment["BOX"] = toml;

        AssertUnseen(Fails(_here.Build));
        AssertUnseen(Fails(() => _here.Builder().AddTomlText(toml).Build()));
        AssertUnseen(Fails(() => _here.Builder().AddTomlFromEnvironment("BOX", _here.Here).Build()));

        _here.WriteHome(toml);

        AssertUnseen(Fails(_here.Build));
    }

    [Fact]
    public void A_document_that_is_not_UTF_8_is_not_quoted()
    {
        _here.Write("home/project/.secrets/secrets.toml", [.. Encoding.UTF8.GetBytes($"a = '{_canary.Value}"), 0xFF, .. "'"u8]);

        AssertUnseen(Fails(_here.Build));
        AssertUnseen(Fails(() => _here.Builder().AddTomlText($"a = '{_canary.Value}\ud83d'").Build()));
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            _here.Write("home/project/.secrets/secrets.toml", encoding.GetBytes($"a = '{_canary.Value}'"));
            AssertUnseen(Fails(_here.Build));
        }
    }

    [Fact]
    public void A_document_beyond_a_limit_is_not_quoted()
    {
        _here.WriteProject($"a = [['{_canary.Value}']]");

        AssertUnseen(Fails(() => _here.Builder().AddToml(_here.With(o => o.MaxSize = 20)).Build()));
        AssertUnseen(Fails(() => _here.Builder().AddToml(_here.With(o => o.MaxDepth = 1)).Build()));
    }

    [Fact]
    public void A_file_without_permission_is_not_quoted()
    {
        string file = _here.WriteProject($"a = '{_canary.Value}'");
        _here.WriteHome($"a = '{_canary.Value}'");
        using (SecretsStore readable = _here.Build())
        {
            AssertUnseen(readable, "a");
        }

        SecretsSourceException e = Unix.Forbidden(file, () => Assert.Throws<SecretsSourceException>(_here.Build));

        AssertUnseen(e);
    }

    [Fact]
    public void A_leaf_against_a_section_is_not_quoted()
    {
        _here.WriteHome($"x.y = '{_canary.Value}'");
        _here.WriteProject($"x = '{_canary.Value}'");
        using SecretsStore secrets = _here.Build();

        AssertUnseen(Fails(() => secrets.GetString("x")));
        AssertUnseen(Fails(() => secrets.GetString("x.y")));
        AssertUnseen(Fails(secrets.RevealAll));
        AssertUnseen(Fails(() => _here.Chain().Require("x.y").Build()));
        AssertUnseen(secrets, "x", "x.y");
    }

    [Fact]
    public void Refused_exports_and_open_files_are_not_quoted()
    {
        string file = _here.WriteProject($"PATH = '{_canary.Value}'\nhttp_proxy = '{_canary.Value}'\nnul = \"{_canary.Value}\\u0000\"\n'' = '{_canary.Value}'\n'a=b' = '{_canary.Value}'");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);
        }

        using SecretsStore secrets = _here.Build();

        Assert.Equal(OperatingSystem.IsWindows() ? 5 : 6, secrets.Warnings.Count);
        AssertUnseen(secrets, "PATH");
        Assert.Equal("", _here.Environment.ToString());
    }

    [Fact]
    public void A_read_that_fails_does_not_quote_its_neighbours_or_itself()
    {
        _here.WriteHome($"a = 'shadowed {_canary.Value}'");
        _here.WriteProject($"a = '{_canary.Value}'\n[s]\nb = '{_canary.Value}'\nlist = ['{_canary.Value}', {{c = '{_canary.Value}'}}]\ndate = 0000-01-01");
        using SecretsStore secrets = _here.Build();

        foreach (Func<object?> read in new Func<object?>[]
        {
            () => secrets["a"].As<int>(),
            () => secrets["a"]["b"],
            () => secrets.GetString("s"),
            () => secrets.GetString("s.list"),
            () => secrets["s"]["list"][7],
            () => secrets.GetString("s.bb"),
            () => secrets.GetString("a.b"),
            () => secrets.Get<int>("s.b"),
            () => secrets.Get<Target>("s"),
            () => secrets.Get<List<int>>("s.list"),
            () => _here.Chain().Require("s.x", "a.b").Build(),
        })
        {
            AssertUnseen(Fails(read));
        }

        AssertUnseen(secrets, "a", "s", "s.b", "s.list.0", "s.list.1.c", "s.nothing");
        Assert.Equal(_canary.Value, secrets.GetString("a"));
    }

    private void AssertUnseen(Exception failure)
    {
        _canary.ScanException(failure, "the failure");
        Assert.Empty(_canary.Leaks);
    }

    private void AssertUnseen(SecretsStore secrets, params string[] paths)
    {
        _canary.Scan(((object)secrets).ToString(), "the store");
        _canary.Scan(string.Join(' ', secrets.Values), "values");
        _canary.Scan(string.Join(' ', secrets.Values.Select(v => v.Origin)), "origins");
        _canary.Scan(JsonSerializer.Serialize<object>(secrets), "JSON");
        _canary.Scan(string.Join('\n', secrets.Warnings), "warnings");
        _canary.Scan(string.Join('\n', secrets.Sources), "sources");
        foreach (string path in paths)
        {
            _canary.Scan(secrets.Explain(path).ToString(), "the explanation of " + path);
        }

        Assert.Empty(_canary.Leaks);
        Assert.True(_canary.Count >= 5);
    }

    private static Exception Fails(Func<object?> act)
    {
        Exception? e = Record.Exception(() => act());
        return e is ISecretsError ? e : throw new InvalidOperationException($"{e?.GetType().FullName ?? "nothing"} was thrown");
    }

    private sealed record Target(int B, string Nothing);
}
