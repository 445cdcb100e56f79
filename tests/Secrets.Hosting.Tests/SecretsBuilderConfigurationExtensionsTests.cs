using Microsoft.Extensions.Configuration;

namespace Secrets.Hosting.Tests;

public sealed class SecretsBuilderConfigurationExtensionsTests
{
    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, v.Value))).Build();

    [Fact]
    public void A_configuration_becomes_sections_arrays_and_texts()
    {
        IConfigurationRoot configuration = Configuration(
            ("Database:Password", "pw"), ("Hosts:0", "a"), ("Hosts:1", "b"), ("Servers:0:Name", "s"), ("Sparse:1", "x"), ("Empty", ""), ("Null", null), ("Level", "Debug"));
        using SecretsStore store = new SecretsBuilder().AddConfiguration(configuration).Build();

        Assert.Equal("pw", store.GetString("database.password"));
        Assert.Equal(["a", "b"], store["hosts"].AsList().Select(v => v.Reveal()));
        Assert.Equal("s", store.GetString("servers.0.name"));
        Assert.Equal("x", store.GetString("Sparse.1"));
        Assert.Equal(SecretKind.Section, store["Sparse"].Kind);
        Assert.Equal("", store.GetString("Empty"));
        Assert.False(store.ContainsKey("Null"));
        Assert.Equal(("configuration", "Database:Password"), (store["Database"]["Password"].Origin.SourceName, store["Database"]["Password"].Origin.Location));
    }

    [Fact]
    public void A_section_s_keys_are_the_root_s()
    {
        IConfigurationRoot configuration = Configuration(("Secrets:Token", "t"), ("Other", "o"));
        using SecretsStore store = new SecretsBuilder().AddConfiguration(configuration.GetSection("Secrets"), o => o.Name = "user-secrets").Build();

        Assert.Equal(["Token"], store.Keys);
        Assert.Equal("user-secrets", store["Token"].Origin.SourceName);
    }

    [Fact]
    public void Root_keys_that_only_variables_have_are_left_out()
    {
        // Variables that every process has.
        string path = Environment.GetEnvironmentVariable("PATH")!;
        IConfigurationRoot variables = new ConfigurationBuilder().AddInMemoryCollection([new("Token", "t")]).AddEnvironmentVariables().Build();
        using SecretsStore alone = new SecretsBuilder().AddConfiguration(variables).Build();
        Assert.Equal(["Token"], alone.Keys);

        IConfigurationRoot both = new ConfigurationBuilder().AddInMemoryCollection([new("PATH", "file")]).AddEnvironmentVariables().Build();
        using SecretsStore overridden = new SecretsBuilder().AddConfiguration(both).Build();
        Assert.Equal(path, overridden.GetString("PATH"));
    }

    [Fact]
    public void A_chained_configuration_shows_no_chain_to_a_chain()
    {
        using SecretsStore inner = new SecretsBuilder().Add(Hosts.Source(("own", "o"))).Build();
        IConfigurationRoot shown = new ConfigurationBuilder().AddInMemoryCollection([new("Token", "t")]).AddSecrets(inner).Build();
        using SecretsStore store = new SecretsBuilder().AddConfiguration(new ConfigurationBuilder().AddConfiguration(shown).Build()).Build();

        Assert.Equal(["Token"], store.Keys);
    }

    [Fact]
    public async Task What_the_chain_shows_in_the_same_configuration_is_left_out()
    {
        var manager = new ConfigurationManager();
        manager.AddInMemoryCollection([KeyValuePair.Create("Token", (string?)"t")]);
        using SecretsStore store = new SecretsBuilder().Add(Hosts.Source(("own", "o"))).AddConfiguration(manager).Build();
        manager.AddSecrets(store);

        // Read again, now that the configuration shows the chain.
        await store.RefreshAsync(Hosts.Token);

        Assert.Equal("o", manager["own"]);
        Assert.Equal(["own", "Token"], store.Keys);
        Assert.Equal("fake", store["own"].Origin.SourceName);
        Assert.Equal(
            [("fake", SecretOutcome.Supplied), ("configuration", SecretOutcome.Absent)], store.Explain("own").Candidates.Select(c => (c.SourceName, c.Outcome)));
    }

    [Fact]
    public async Task A_watched_store_follows_the_reload_token()
    {
        IConfigurationRoot configuration = Configuration(("Token", "old"));
        await using SecretsStore store = new SecretsBuilder().AddConfiguration(configuration).Watch().Build();

        configuration["Token"] = "new";
        configuration.Reload();

        await Hosts.UntilAsync(() => store.GetString("Token") == "new");
    }
}
