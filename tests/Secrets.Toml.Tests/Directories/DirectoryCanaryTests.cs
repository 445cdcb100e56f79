using System.Text;
using System.Text.Json;
using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Directories;

public sealed class DirectoryCanaryTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly Canary _canary = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_a_directory_holds_is_nowhere_to_be_seen()
    {
        Plant();
        using SecretsStore secrets = Build();

        Assert.Equal(_canary.Value, secrets.GetString("text"));
        AssertUnseen(secrets);
    }

    [Fact]
    public void What_cannot_be_read_as_it_is_asked_for_is_not_quoted()
    {
        Plant();
        using SecretsStore secrets = Build();

        foreach (Func<object?> read in new Func<object?>[]
        {
            () => secrets["text"].As<int>(),
            () => secrets["text"]["key"],
            () => secrets["text"].AsList(),
            () => secrets.GetString("binary"),
            () => secrets.Get<int>("section.a"),
            () => secrets.GetString("section"),
            () => secrets.GetString("section.c"),
            () => secrets.GetString("api_key"),
            () => secrets.GetString("large"),
            () => secrets.GetString("nothing"),
            () => secrets.RevealAll(),
            () => Chain().Require("text.key", "large", "api_key", "nothing").Build(),
            () => new SecretsBuilder().AddDirectory(_temp["text"]).Build(),
            () => new SecretsBuilder().AddDirectory(_temp.Path, o => o.MaxFiles = 1).Build(),
        })
        {
            AssertUnseen(Fails(read));
        }
    }

    [Fact]
    public void Text_in_another_encoding_is_not_quoted()
    {
        _temp.Write("secrets/utf16", Encoding.Unicode.GetBytes(_canary.Value));
        _temp.Write("secrets/other", _canary.Value);
        using SecretsStore secrets = Build();

        AssertUnseen(Fails(() => secrets.GetString("utf16")));
        AssertUnseen(secrets);
    }

    [Fact]
    public void What_links_and_modes_keep_from_being_read_is_not_quoted()
    {
        _temp.Write("outside/file", _canary.Plant("outside "));
        _temp.Write("secrets/other", _canary.Value);
        Unix.Link(_temp["secrets/link"], "../outside/file");
        Unix.Link(_temp["secrets/dangling"], "absent");
        Unix.Link(_temp["secrets/circle"], "circle");
        Unix.MakePipe(_temp["secrets/pipe"]);
        string file = _temp.Write("secrets/forbidden", _canary.Value);
        Unix.SetMode(_temp["secrets/other"], UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        Unix.SetMode(_temp["secrets"], (UnixFileMode)0x1FF);
        Build("secrets").Dispose();

        using SecretsStore secrets = Unix.Forbidden(file, () => Build("secrets"));

        Assert.Equal(_canary.Value, secrets.GetString("other"));
        Assert.Equal(3, secrets.Warnings.Count(w => w.Code == SecretsWarningCode.Source));
        foreach (string name in new[] { "link", "circle", "pipe", "forbidden", "dangling" })
        {
            AssertUnseen(Fails(() => secrets.GetString(name)));
        }

        AssertUnseen(secrets);
    }

    [Fact]
    public void A_volume_that_is_always_replaced_is_not_quoted()
    {
        var volume = new KubernetesVolume(_temp, "volume");
        volume.Publish(("a", _canary.Value));

        AssertUnseen(Fails(() => new SecretsBuilder()
            .AddDirectory(_temp["volume"], o => o.Opening = _ => volume.Publish(("a", _canary.Value))).Build()));
    }

    private void Plant()
    {
        _temp.Write("text", _canary.Value + "\n");
        _temp.Write("binary", [0xFF, .. Encoding.UTF8.GetBytes(_canary.Value)]);
        _temp.Write("section/a", _canary.Value);
        _temp.Write("section/b", _canary.Value);
        _temp.Write("alone/file", _canary.Value);
        _temp.Write("api_key", _canary.Value);
        _temp.Write("api-key", _canary.Value);
        _temp.Write("large", _canary.Value + new string(' ', 100));
        _temp.Write("a.toml", $"a = '{_canary.Value}");
        _temp.Write("section/deeper/file", _canary.Value);
    }

    private SecretsBuilder Chain(string relative = ".") => new SecretsBuilder().AddDirectory(_temp[relative], o => o.MaxSize = 100);

    private SecretsStore Build(string relative = ".") => Chain(relative).Build();

    private void AssertUnseen(Exception failure)
    {
        _canary.ScanException(failure, "the failure");
        Assert.Empty(_canary.Leaks);
    }

    private void AssertUnseen(SecretsStore secrets)
    {
        _canary.Scan(((object)secrets).ToString(), "the store");
        _canary.Scan(string.Join(' ', secrets.Values), "values");
        _canary.Scan(string.Join(' ', secrets.Values.Select(v => v.Origin)), "origins");
        _canary.Scan(JsonSerializer.Serialize<object>(secrets), "JSON");
        _canary.Scan(string.Join('\n', secrets.Warnings), "warnings");
        _canary.Scan(string.Join('\n', secrets.Sources), "sources");
        _canary.ScanDebugger(secrets, "the debugger");
        foreach (string path in secrets.Keys.Append("nothing"))
        {
            _canary.Scan(secrets.Explain(new SecretPath(path).ToString()).ToString(), "the explanation of " + path);
        }

        Assert.Empty(_canary.Leaks);
        Assert.True(_canary.Count >= 5);
    }

    private static Exception Fails(Func<object?> act)
    {
        Exception? e = Record.Exception(() => act());
        return e is ISecretsError ? e : throw new InvalidOperationException($"{e?.GetType().FullName ?? "nothing"} was thrown");
    }
}
