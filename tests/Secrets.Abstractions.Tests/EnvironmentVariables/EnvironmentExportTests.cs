using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class EnvironmentExportTests
{
    private readonly FakeEnvironmentBlock _block = new();

    private SecretsBuilder Builder => new() { Ledger = new EnvironmentLedger(_block) };

    private SecretsStore Export(params (string Key, SecretValue Value)[] values) =>
        Builder.Add(new BatchSource("test", _ => new SecretsBatch(values.Select(v => new SecretEntry(new SecretPath(v.Key), v.Value)))), o => o.ExportToEnvironment = true).Build();

    public static TheoryData<SecretKind, string, bool> Kinds => new()
    {
        { SecretKind.String, "text", true },
        { SecretKind.String, "", true },
        { SecretKind.String, "two\nlines", true },
        { SecretKind.Integer, "42", true },
        { SecretKind.Float, "1.5", true },
        { SecretKind.Boolean, "true", false },
        { SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z", false },
        { SecretKind.LocalDateTime, "1979-05-27T07:32:00", false },
        { SecretKind.LocalDate, "1979-05-27", false },
        { SecretKind.LocalTime, "07:32:00", false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Root_level_strings_integers_and_floats_are_exported(SecretKind kind, string text, bool isExported)
    {
        using SecretsStore store = Export(("key", Stores.Text(kind, text)));

        Assert.Equal(isExported ? text : null, _block["key"]);
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public void What_is_no_leaf_of_text_is_not()
    {
        SecretOrigin origin = Stores.Origin;
        using SecretsStore store = Export(
            ("bytes", SecretValue.FromBytes([1], origin)),
            ("array", SecretValue.FromArray([], origin)),
            ("section", SecretValue.FromSection([KeyValuePair.Create("key", Stores.Text(SecretKind.String, "x"))], origin)),
            ("denied", Stores.Unreadable()));

        Assert.Empty(_block.Read());
        Assert.Equal([SecretsWarningCode.Unreadable], store.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void Only_what_the_exporting_source_won_is_exported_under_its_spelling()
    {
        using SecretsStore store = Builder
            .AddInMemory(new Dictionary<string, object?> { ["api_key"] = "memory" })
            .Add(
                new BatchSource("files", r => new SecretsBatch(
                [
                    new SecretEntry(new SecretPath("ApiKey"), SecretValue.FromText("files", r.Origin("1"))),
                    new SecretEntry(new SecretPath("Db-User"), SecretValue.FromText("files", r.Origin("2"))),
                ])),
                o => o.ExportToEnvironment = true)
            .Build();

        Assert.Equal(new Dictionary<string, string> { ["Db-User"] = "files" }, _block.Read());
    }

    [Fact]
    public void Nothing_is_exported_unless_the_source_asks_for_it()
    {
        using SecretsStore store = Builder.AddInMemory(new Dictionary<string, object?> { ["api_key"] = "x" }).Build();

        Assert.Empty(_block.Writes);
    }

    [Theory]
    [InlineData("path", "PATH")]
    [InlineData("LD_PRELOAD", "LD_*")]
    [InlineData("https_proxy", "*_PROXY")]
    [InlineData("COMPLUS_X", "COMPlus_*")]
    [InlineData("api_key", null)]
    [InlineData("AWS_ACCESS_KEY_ID", null)]
    public void Variables_that_load_code_or_redirect_are_refused_with_a_warning(string name, string? pattern)
    {
        using var _ = new InCulture("tr-TR");
        using SecretsStore store = Export((name, Stores.Text(SecretKind.String, "value")));

        Assert.Equal("value", store[name].Reveal());
        if (pattern is null)
        {
            Assert.Equal("value", _block[name]);
            Assert.Empty(store.Warnings);
            return;
        }

        SecretsWarning warning = Assert.Single(store.Warnings);
        Assert.Empty(_block.Writes);
        Assert.Equal((SecretsWarningCode.NotExported, "test", name), (warning.Code, warning.SourceName, warning.Path));
        Assert.Equal(
            $"{name} (test here) is not exported to the environment: {pattern} can load code or redirect traffic, files or credentials. Put it into a section, or set ExportToEnvironment to false.",
            warning.Message);
    }

    [Theory]
    [InlineData("a=b", "value")]
    [InlineData("=", "value")]
    [InlineData("nul\0", "value")]
    [InlineData("", "value")]
    [InlineData("key", "nul\0value")]
    public void What_the_platform_cannot_hold_is_refused_with_a_warning(string name, string value)
    {
        using SecretsStore store = Export((name, Stores.Text(SecretKind.String, value)), ("good", Stores.Text(SecretKind.String, "x")));

        Assert.Equal(["good"], _block.Writes);
        SecretsWarning warning = Assert.Single(store.Warnings);
        Assert.Equal(SecretsWarningCode.NotExported, warning.Code);
        Assert.DoesNotContain("value", warning.Message, StringComparison.Ordinal);
        Assert.Equal(value, store[name].Reveal());
    }

    // As long as a variable may be on Windows: name, "=" and value (SetEnvironmentVariable).
    [Theory]
    [InlineData(32_763, true)]
    [InlineData(32_764, false)]
    public void A_variable_that_no_platform_holds_is_refused_with_a_warning(int length, bool isExported)
    {
        using SecretsStore store = Export(("key", Stores.Text(SecretKind.String, new string('x', length))), ("good", Stores.Text(SecretKind.String, "x")));

        Assert.Equal(isExported ? ["key", "good"] : ["good"], _block.Writes);
        Assert.Equal(isExported ? 0 : 1, store.Warnings.Count(w => w.Code == SecretsWarningCode.NotExported && w.Message.Contains("of this length")));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(65_536, false)]
    public void Beyond_a_thousand_keys_nothing_is_exported_with_one_warning(int count, bool isExported)
    {
        SecretValue value = Stores.Text(SecretKind.String, "x");
        using (SecretsStore store = Export([.. Enumerable.Range(0, count).Select(i => ($"key{i}", value)), ("flag", Stores.Text(SecretKind.Boolean, "true"))]))
        {
            Assert.Equal(isExported ? count : 0, _block.Writes.Count);
            Assert.Equal(
                isExported ? "" : "Nothing is exported to the environment: there are more than 1000 keys at the root. Put them into sections, or set ExportToEnvironment to false.",
                string.Join('|', store.Warnings.Select(w => w.Message)));
            Assert.All(store.Warnings, w => Assert.Equal((SecretsWarningCode.NotExported, "test"), (w.Code, w.SourceName)));
        }

        Assert.Empty(_block.Read());
    }

    [Fact]
    public async Task A_refresh_beyond_a_thousand_keys_takes_back_what_was_exported_and_warns_once()
    {
        int count = 2;
        await using SecretsStore store = Builder.Add(
            new BatchSource("test", _ => new SecretsBatch(Enumerable.Range(0, count).Select(i => new SecretEntry(new SecretPath($"key{i}"), Stores.Text(SecretKind.String, "x"))))),
            o => o.ExportToEnvironment = true).Build();
        Assert.Equal(2, _block.Read().Count);

        foreach (int next in new[] { 1001, 1002 })
        {
            count = next;
            await store.RefreshAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(_block.Read());
        Assert.Single(store.Warnings);
    }

    [Fact]
    public async Task A_refresh_that_changes_one_value_writes_one_variable()
    {
        string first = "1";
        await using SecretsStore store = Builder.Add(
            new BatchSource("test", _ => new SecretsBatch(Enumerable.Range(0, 1000).Select(i => new SecretEntry(new SecretPath($"key{i}"), Stores.Text(SecretKind.String, i == 0 ? first : "x"))))),
            o => o.ExportToEnvironment = true).Build();
        _block.Writes.Clear();
        first = "2";
        await store.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["key0"], _block.Writes);
    }

    [Fact]
    public async Task What_a_source_exported_is_taken_back_when_it_is_not_asked_any_more()
    {
        var block = new FakeEnvironmentBlock();
        var local = new LiveSource("toml", "x=1");
        await using SecretsStore store = Engine.Builder(new ManualTimeProvider(), block).Add(local)
            .Add(new LiveRemoteSource("vault", "token=old"), o => o.ExportToEnvironment = true).Require("token").Build();
        Assert.Equal("old", block["token"]);
        local.Content = "x=1; token=new";
        await store.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("new", null), (store.GetString("token"), block["token"]));
    }
}
