using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Secrets.Testing;

namespace Secrets.Hosting.Tests;

public sealed class SecretsConfigurationBuilderExtensionsTests
{
    public sealed class Database
    {
        public string? User { get; set; }

        public string? Password { get; set; }

        public string[]? Hosts { get; set; }
    }

    private static readonly FakeSource Source = Hosts.Source(
        ("database.user", "shop"),
        ("database.password", "pw"),
        ("database.hosts", new[] { "a", "b" }),
        ("connection_strings.default", "Host=db"),
        ("trello.api_key", "k"),
        ("port", 5432L),
        ("blob", new byte[] { 1, 2 }));

    private static SecretsStore Store(FakeSource? source = null) => new SecretsBuilder().Add(source ?? Source).Build();

    private static IConfigurationRoot Over(SecretsStore store, params (string Key, string Value)[] lower) => new ConfigurationBuilder()
        .AddInMemoryCollection(lower.Select(l => KeyValuePair.Create(l.Key, (string?)l.Value)))
        .AddSecrets(store)
        .Build();

    [Theory]
    [InlineData("database:password", "pw")]
    [InlineData("Database:Password", "pw")]
    [InlineData("trello:api_key", "k")]
    [InlineData("Trello:ApiKey", "k")]
    [InlineData("ConnectionStrings:Default", "Host=db")]
    [InlineData("database:hosts:1", "b")]
    [InlineData("port", "5432")]
    [InlineData("blob", "AQI=")]
    [InlineData("database", null)]
    [InlineData("database:nope", null)]
    [InlineData("nope:password", null)]
    [InlineData("port:below", null)]
    public void A_key_gives_the_secret_in_every_spelling(string key, string? value)
    {
        using SecretsStore store = Store();

        Assert.Equal(value, Over(store)[key]);
    }

    [Fact]
    public void A_store_keeps_nothing_of_a_configuration_that_is_disposed()
    {
        using SecretsStore store = Store();
        int before = store.HandlerCount;

        var configuration = (ConfigurationRoot)new ConfigurationBuilder().AddSecrets(store).Build();
        Assert.Equal(before + 1, store.HandlerCount);
        configuration.Dispose();

        Assert.Equal(before, store.HandlerCount);
    }

    [Fact]
    public void Every_way_of_reading_sees_the_secrets()
    {
        using SecretsStore store = Store();
        IConfigurationRoot configuration = Over(store, ("Logging:Level", "Debug"), ("Trello:ApiKey", "lower"));

        Assert.Equal("pw", configuration.GetSection("database")["password"]);
        Assert.Equal("pw", configuration.GetSection("database:password").Value);
        Assert.True(configuration.GetSection("database").Exists());
        Assert.Equal("Host=db", configuration.GetConnectionString("default"));
        Assert.Equal(["hosts", "password", "user"], configuration.GetSection("database").GetChildren().Select(c => c.Key));
        Assert.Equal(["a", "b"], configuration.GetSection("database:hosts").Get<string[]>()!);
        Assert.Contains(KeyValuePair.Create("database:password", (string?)"pw"), configuration.AsEnumerable());
        Assert.Contains("password=pw (Secrets)", configuration.GetDebugView(), StringComparison.Ordinal);
        Database bound = configuration.GetSection("Database").Get<Database>()!;
        Assert.Equal(("shop", "pw", "b"), (bound.User, bound.Password, bound.Hosts![1]));

        // Another spelling of a key is that key, not a second one.
        Assert.Equal([KeyValuePair.Create("Trello:ApiKey", (string?)"k")], configuration.GetSection("trello").GetChildren().Select(c => KeyValuePair.Create("Trello:" + c.Key, c.Value)));
    }

    [Fact]
    public void The_store_wins_over_what_was_added_before()
    {
        using SecretsStore store = Store();

        Assert.Equal("pw", Over(store, ("database:password", "lower"))["database:password"]);
    }

    [Fact]
    public void A_secret_that_cannot_be_read_throws_at_its_key_and_is_not_listed()
    {
        using SecretsStore store = Store(Hosts.Source(("database.user", "shop")).Deny("database.password"));
        IConfigurationRoot configuration = Over(store);

        foreach (Action read in new Action[]
        {
            () => _ = configuration["database:password"],
            () => _ = configuration.GetSection("database:password").Value,
            () => configuration.GetSection("database:password").Exists(),
            () => configuration.GetSection("database").Get<Database>(),
        })
        {
            Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(read).Code);
        }

        Assert.Equal(["user"], configuration.GetSection("database").GetChildren().Select(c => c.Key));
        Assert.Equal([KeyValuePair.Create("database", (string?)null), KeyValuePair.Create("database:user", (string?)"shop")], configuration.AsEnumerable());
        Assert.Contains("user=shop", configuration.GetDebugView(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lower_provider_never_stands_in_for_a_secret_that_cannot_be_read()
    {
        using SecretsStore store = Store(Hosts.Source(("database.user", "shop")).Deny("database.password"));
        IConfigurationRoot configuration = Over(store, ("database:password", "lower"));

        Assert.Throws<SecretsSourceException>(() => configuration["database:password"]);
        Assert.Throws<SecretsSourceException>(() => configuration.AsEnumerable().ToArray());
        Assert.Throws<SecretsSourceException>(() => configuration.GetDebugView());
    }

    [Fact]
    public void What_a_failed_section_may_hold_is_not_absent()
    {
        using SecretsStore store = Store(Hosts.Source().Deny("database"));
        IConfigurationRoot configuration = Over(store, ("database:password", "lower"));

        Assert.Throws<SecretsSourceException>(() => configuration["database:password"]);
        Assert.Throws<SecretsSourceException>(() => configuration["database"]);
        Assert.Null(configuration["other"]);
    }

    [Fact]
    public void Only_exposed_paths_are_shown()
    {
        using SecretsStore store = Store(Hosts.Source(("database.user", "shop"), ("database.password", "pw"), ("token", "t")).Deny("other"));
        IConfigurationRoot configuration = new ConfigurationBuilder().AddSecrets(store, "Database.User").Build();

        Assert.Equal("shop", configuration["database:user"]);
        Assert.Null(configuration["database:password"]);
        Assert.Null(configuration["token"]);
        Assert.Null(configuration["other"]);
        Assert.Equal(["database:user"], configuration.AsEnumerable().Where(e => e.Value is not null).Select(e => e.Key));
    }

    [Fact]
    public async Task A_reload_token_fires_after_a_change_and_the_value_is_new_before()
    {
        FakeSource source = Hosts.Source(("token", "old"));
        using SecretsStore store = Store(source);
        IConfigurationRoot configuration = Over(store);
        int reloads = 0;
        string? seen = null;
        using IDisposable registration = ChangeToken.OnChange(configuration.GetReloadToken, () =>
        {
            seen = configuration["token"];
            reloads++;
        });

        source.Set("token", "new");
        await store.RefreshAsync(Hosts.Token);

        Assert.Equal("new", configuration["token"]);
        await store.RefreshAsync(Hosts.Token);
        await store.HandlersIdle;
        Assert.Equal((1, "new"), (reloads, seen));
    }

    [Fact]
    public async Task A_manager_builds_providers_anew_and_never_disposes_the_store()
    {
        FakeSource source = Hosts.Source(("token", "old"));
        using SecretsStore store = Store(source);
        var manager = new ConfigurationManager();
        manager.AddSecrets(store);
        IConfigurationProvider first = ((IConfigurationRoot)manager).Providers.Last();

        manager.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource());
        Assert.NotSame(first, ((IConfigurationRoot)manager).Providers.Last());
        source.Set("token", "new");
        await store.RefreshAsync(Hosts.Token);

        Assert.Equal("new", manager["token"]);
        manager.Dispose();
        await store.RefreshAsync(Hosts.Token);
    }

    [Fact]
    public void Writes_go_to_other_providers_and_a_reload_does_not_ask_the_sources()
    {
        FakeSource source = Hosts.Source(("token", "old"));
        using SecretsStore store = Store(source);
        IConfigurationRoot configuration = Over(store, ("other", "x"));

        configuration["token"] = "written";
        configuration["other"] = "written";
        configuration.Reload();

        Assert.Equal("old", configuration["token"]);
        Assert.Equal("written", configuration["other"]);
        Assert.Equal(1, source.Loads);
    }

    [Fact]
    public void Variables_that_merely_answer_are_not_shown()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddEnvironment(configure: o => o.Variables = new Dictionary<string, string> { ["URLS"] = "from a variable", ["TOKEN_X"] = "variable" })
            .Add(Hosts.Source(("token_x", "file")))
            .Build();
        IConfigurationRoot configuration = Over(store, ("urls", "from the command line"));

        Assert.Equal("from the command line", configuration["urls"]);
        Assert.Equal("variable", configuration["token_x"]);
    }

    [Fact]
    public void A_read_through_the_configuration_counts_as_read()
    {
        using SecretsStore store = Store(Hosts.Source(("a", "1"), ("b", "2")));
        IConfigurationRoot configuration = Over(store);

        _ = configuration["a"];

        Assert.Equal(["b"], store.Unread);
    }

    [Fact]
    public void An_undeclared_secret_that_must_not_be_read_throws_at_its_key_and_is_not_listed()
    {
        using SecretsStore store = new SecretsBuilder { UndeclaredReads = UndeclaredReads.Throw }
            .Require("a").Add(Hosts.Source(("a", "1"), ("b", "2"))).Build();
        IConfigurationRoot configuration = Over(store);

        Assert.Throws<SecretsSourceException>(() => configuration["b"]);
        Assert.Equal([KeyValuePair.Create("a", (string?)"1")], configuration.AsEnumerable());
    }
}
