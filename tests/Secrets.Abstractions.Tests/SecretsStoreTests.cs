using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public sealed class SecretsStoreTests
{
    [Fact]
    public void Current_and_sections_are_frozen_and_the_same_object_until_a_swap()
    {
        using SecretsStore store = Stores.Of(("database.user", "u"), ("database.password", "p"));

        Assert.Same(store.Current, store.Current);
        Assert.IsNotType<SecretsStore>(store.Current);
        Assert.Same(store.Section("database"), store.Current.Section("database"));
        Assert.Same(store["database"].AsSection(), store.Section("database"));
    }

    [Fact]
    public async Task Reads_after_disposal_serve_the_last_snapshot()
    {
        SecretsStore store = Stores.Of(("database.user", "u"));
        SecretsView section = store.Section("database");
        store.Dispose();
        store.Dispose();
        await store.DisposeAsync();
        dynamic attribute = store;

        Assert.Equal("u", store.GetString("database.user"));
        Assert.Equal("u", section.GetString("user"));
        Assert.Equal("u", (string)attribute.database.user);
        Assert.Equal("u", ((IDictionary<string, object?>)store.RevealAll()["database"]!)["user"]);
        Assert.Single(store.Sources);
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public void A_source_s_warnings_are_the_store_s()
    {
        using SecretsStore store = new SecretsBuilder()
            .Add(new BatchSource("files", _ => new SecretsBatch([]) { Warnings = ["the file can be read by others", "the file can be read by others"] }))
            .Build();

        SecretsWarning warning = Assert.Single(store.Warnings);
        Assert.Equal((SecretsWarningCode.Source, "files", null), (warning.Code, warning.SourceName, warning.Path));
        Assert.Equal("the file can be read by others", warning.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposal_takes_back_what_was_exported(bool isAsync)
    {
        var block = new FakeEnvironmentBlock(("api_key", "original"));
        var builder = new SecretsBuilder { Ledger = new EnvironmentLedger(block) };
        SecretsStore store = builder.AddInMemory(new Dictionary<string, object?> { ["api_key"] = "ours" }, o => o.ExportToEnvironment = true).Build();
        Assert.Equal("ours", block["api_key"]);

        if (isAsync)
        {
            await store.DisposeAsync();
        }
        else
        {
            store.Dispose();
        }

        Assert.Equal("original", block["api_key"]);
    }
}
