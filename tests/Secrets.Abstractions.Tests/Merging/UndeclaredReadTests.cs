using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class UndeclaredReadTests
{
    [Theory]
    // What was required is free, and so is all that is below a required section.
    [InlineData("db.password", "")]
    [InlineData("DB.Password", "")]
    [InlineData("cache.url", "")]
    [InlineData("cache.from_env", "")]
    // What a remote source gave was asked for.
    [InlineData("asked.value", "")]
    // What only a local source has, production would not have.
    [InlineData("db.user", "db.user")]
    [InlineData("list", "list")]
    [InlineData("list.0", "list")]
    [InlineData("other.from_env", "other.from_env")]
    public void Reading_what_was_never_required_warns(string path, string warned)
    {
        using SecretsStore store = Build(UndeclaredReads.Warn);
        Assert.Empty(store.Warnings);

        for (int i = 0; i < 3; i++)
        {
            _ = path == "list" ? store.Get<string[]>(path)[0] : store.GetString(path);
        }

        Assert.Equal(warned, string.Join(", ", store.Warnings.Select(w => w.Path)));
        Assert.All(store.Warnings, w => Assert.Equal(SecretsWarningCode.UndeclaredRead, w.Code));
    }

    [Theory]
    [InlineData(UndeclaredReads.Warn, "1", 1)]
    [InlineData(UndeclaredReads.Allow, "1", 0)]
    [InlineData(UndeclaredReads.Throw, "!InvalidConfiguration", 0)]
    public void The_policy_says_whether_it_works(UndeclaredReads policy, string expected, int warnings)
    {
        using SecretsStore store = Build(policy);

        Assert.Equal(expected, Chains.Read(store, "db.user"));
        Assert.Equal(expected, Chains.Read(store, "list.0"));
        Assert.Equal(expected, Chains.Read(store, "other.from_env"));
        Assert.Equal("1", Chains.Read(store, "db.password"));
        Assert.Equal(warnings * 3, store.Warnings.Count);
    }

    [Theory]
    [InlineData(UndeclaredReads.Warn)]
    [InlineData(UndeclaredReads.Throw)]
    public void Without_requirements_every_read_is_free(UndeclaredReads policy)
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "a = 1"), new FakeRemoteSource("aws"));
        builder.UndeclaredReads = policy;
        using SecretsStore store = builder.Build();

        Assert.Equal("1", store.GetString("a"));
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public void The_message_says_where_it_came_from_and_what_to_add()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "a = 1; b = hunter2", "secrets.toml")).Require("a").Build();
        _ = store["b"].Reveal();

        SecretsWarning warning = Assert.Single(store.Warnings);

        Assert.Equal(
            "b was read from toml secrets.toml(2,1), but it is not required: where only a remote store has it, it would not be asked for. Add Require(\"b\").",
            warning.Message);
        Assert.Equal(("toml", "b"), (warning.SourceName, warning.Path));
    }

    [Theory]
    [InlineData("list.0", "list.0")]
    [InlineData("list.0", "list.1")]
    [InlineData("list.0", "List.0")]
    public void An_element_that_is_required_declares_its_array(string required, string read)
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "list = [1, 2]")).Require(required);
        builder.UndeclaredReads = UndeclaredReads.Throw;
        using SecretsStore store = builder.Build();

        Assert.NotEqual("-", Chains.Read(store, read));
        Assert.DoesNotContain('!', Chains.Read(store, read));
    }

    [Fact]
    public void The_advice_can_be_pasted_into_a_program()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "a = 1; \"odd.key\" = 2")).Require("a").Build();
        _ = store["odd.key"].Reveal();

        Assert.EndsWith("Add Require(\"\\\"odd.key\\\"\").", Assert.Single(store.Warnings).Message);
    }

    [Fact]
    public void To_look_without_revealing_is_no_read()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "a = 1; b.c = 2")).Require("a");
        builder.UndeclaredReads = UndeclaredReads.Throw;
        using SecretsStore store = builder.Build();

        Assert.True(store.TryGetValue("b.c", out SecretValue? value));
        Assert.Equal("***", value.ToString());
        _ = store.Explain("b.c");
        _ = store.Section("b").Keys.ToList();
    }

    private static SecretsStore Build(UndeclaredReads policy)
    {
        SecretsBuilder builder = new SecretsBuilder()
            .Add(new FakeSource("toml", "db.user = 1; db.password = 1; cache.url = 1; list = [1, 2]"))
            .AddVariables("CACHE_FROM_ENV=1; OTHER_FROM_ENV=1")
            .Add(new FakeRemoteSource("aws", "asked.value = 1"))
            .Require("db.password", "cache", "asked.value");
        builder.UndeclaredReads = policy;
        return builder.Build();
    }
}
