using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class SnapshotTests
{
    [Theory]
    [InlineData("db.password", "env")]
    [InlineData("DB.Password", "env")]
    [InlineData("other.key", "env2")]
    [InlineData("new.one", "-")]
    public void A_lookup_answers_for_paths_that_no_source_has(string path, string expected)
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("DB_PASSWORD=env; OTHER__KEY=env2").Add(new FakeSource("low", "db.user = 1")).Build();

        Assert.Equal(expected, Chains.Read(store, path));
        Assert.Single(store);
    }

    [Fact]
    public void Of_two_lookups_the_higher_answers()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("A_B=high").AddVariables("A_B=low; A_C=low").Build();

        Assert.Equal("high", store.GetString("a.b"));
        Assert.Equal("low", store.GetString("a.c"));
    }

    [Fact]
    public void A_view_keeps_what_it_has_read()
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", "s.a = 1")).Build();
        SecretsView section = store.Section("s");

        store.Dispose();

        Assert.Equal("1", section.GetString("a"));
        Assert.Equal("1", store.GetString("s.a"));
    }

    [Theory]
    [InlineData("paßwort")]
    [InlineData("a b")]
    [InlineData("x.y")]
    public void The_text_of_a_path_finds_what_has_it(string key)
    {
        var source = new FakeSource("memory", r => new SecretsBatch([new SecretEntry(new SecretPath("s", key), SecretValue.FromText("1", r.Origin("x")))]));
        using SecretsStore store = Chains.Of(source).Build();

        Assert.Equal("1", store.GetString(new SecretPath("s", key).ToString()));
        Assert.Equal("1", store.Section("s")[key].Reveal());
    }
}
