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
        Assert.Empty(store.Warnings);
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

    public static TheoryData<string, string?> Names => new()
    {
        // name                    the pattern that refuses it
        { "PATH", "PATH" },
        { "path", "PATH" },
        { "Path", "PATH" },
        { "MYPATH", null },
        { "PATHS", null },
        { "LD_PRELOAD", "LD_*" },
        { "ld_library_path", "LD_*" },
        { "OLD_KEY", null },
        { "DYLD_INSERT_LIBRARIES", "DYLD_*" },
        { "DOTNET_STARTUP_HOOKS", "DOTNET_*" },
        { "dotnet_gcheapcount", "DOTNET_*" },
        { "CORECLR_PROFILER", "CORECLR_*" },
        { "COMPlus_JitDisasm", "COMPlus_*" },
        { "COMPLUS_X", "COMPlus_*" },
        { "HTTP_PROXY", "*_PROXY" },
        { "https_proxy", "*_PROXY" },
        { "NO_PROXY", "*_PROXY" },
        { "proxy", null },
        { "proxy_password", null },
        { "SSL_CERT_FILE", "SSL_CERT_*" },
        { "SSL_CERT_DIR", "SSL_CERT_*" },
        { "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL*" },
        { "AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL*" },
        { "AWS_SECRET_ACCESS_KEY", null },
        { "VAULT_ADDR", "VAULT_ADDR" },
        { "VAULT_TOKEN", null },
        { "AZURE_AUTHORITY_HOST", "AZURE_AUTHORITY_HOST" },
        { "AZURE_CLIENT_SECRET", null },
        { "api_key", null },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Variables_that_steer_the_process_are_refused_with_a_warning(string name, string? pattern)
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
            $"{name} (test here) is not exported to the environment: {pattern} steers the process. Put it into a section, or set ExportToEnvironment to false.",
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
