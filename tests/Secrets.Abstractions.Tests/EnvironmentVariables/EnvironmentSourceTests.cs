using Secrets.EnvironmentVariables;
using Secrets.Loading;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class EnvironmentSourceTests
{
    private static SecretsBuilder Chain(Dictionary<string, string> variables, params (string Path, object? Value)[] below) =>
        new SecretsBuilder().AddEnvironment(configure: o => o.Variables = variables)
            .AddInMemory(below.Select(b => KeyValuePair.Create(b.Path, b.Value)));

    public static TheoryData<string, string, bool> Answers => new()
    {
        // variable                path                  whether it answers
        { "db_password", "db_password", true },
        { "DB_PASSWORD", "db_password", true },
        { "DB_PASSWORD", "db-password", true },
        { "DB-PASSWORD", "db-password", true },
        { "dbPassword", "DB_PASSWORD", true },
        { "TRELLO__API_KEY", "trello.api_key", true },
        { "TRELLO_API_KEY", "trello.api_key", true },
        { "trello__api_key", "trello.api_key", true },
        { "trello_api_key", "trello.api_key", true },
        { "trello.api_key", "trello.api_key", true },
        { "Trello__ApiKey", "trello.api_key", true },
        { "Trello__Api_Key", "Trello.ApiKey", true },
        { "TRELLOAPIKEY", "trello.api_key", false },
        { "DATABASE_URL", "data.base_url", false },
        { "TOKEN", "token", true },
        { "token", "TOKEN", true },
        { "USER", "user", false },
        { "Path", "path", false },
        { "user", "USER", false },
        { "LC_ALL", "lc.all", false },
        { "HOSTNAME", "host.name", false },
        { "OPENAI_API_KEY", "open_ai_api_key", true },
        { "GITHUB_TOKEN", "git-hub-token", true },
        { "CONNECTION_STRINGS__DEFAULT", "ConnectionStrings.Default", true },
        { "user", "user", true },
        { "USER", "USER", true },
        { "APIKEY", "ApiKey", true },
        { "MAIL__HOST", "mail.host", true },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Without_a_prefix_it_answers_for_a_path_that_is_asked_for(string variable, string path, bool answers)
    {
        using SecretsStore store = Chain(new() { [variable] = "value" }).Build();

        Assert.Equal(answers ? "value" : null, store.Current.GetString(path, fallback: null));
        Assert.Equal(answers, store.ContainsKey(path));
        if (answers)
        {
            Assert.Equal("environment " + variable, store[path].Origin.ToString());
        }
    }

    [Fact]
    public void The_first_of_a_path_s_names_answers()
    {
        var variables = new Dictionary<string, string> { ["a_b"] = "5", ["A_B"] = "4", ["a__b"] = "3", ["A__B"] = "2", ["a.b"] = "1" };
        foreach (string expected in new[] { "1", "2", "3", "4", "5" })
        {
            using SecretsStore store = Chain(variables).Build();
            Assert.Equal(expected, store.GetString("a.b"));
            variables.Remove(variables.Single(v => v.Value == expected).Key);
        }
    }

    [Fact]
    public void It_takes_part_in_precedence_for_each_known_leaf()
    {
        using SecretsStore above = Chain(new() { ["DATABASE_PASSWORD"] = "env" }, ("database.password", "memory"), ("database.user", "memory")).Build();
        using SecretsStore below = Stores.Chain(("database.password", "memory"))
            .AddEnvironment(configure: o => o.Variables = new Dictionary<string, string> { ["DATABASE_PASSWORD"] = "env", ["DATABASE_USER"] = "env" })
            .Build();

        Assert.Equal(("env", "memory"), (above.GetString("database.password"), above.GetString("database.user")));
        Assert.Equal(("memory", "env"), (below.GetString("database.password"), below.GetString("database.user")));
        Assert.Equal("env", above.Section("database").GetString("password"));
    }

    [Fact]
    public void It_is_never_enumerated()
    {
        using SecretsStore store = Chain(new() { ["HOME"] = "/root", ["API_KEY"] = "x", ["A__B"] = "y" }).Build();

        Assert.Empty(store);
        Assert.Empty(store.Keys);
        Assert.Empty(store.RevealAll());
        Assert.Equal(0, store.Sources[0].Count);
        Assert.Equal("x", store.GetString("api_key"));
    }

    [Fact]
    public void It_never_conflicts_with_sections_that_are_named_as_everybody_s_variables_are()
    {
        Dictionary<string, string> variables = new()
        {
            ["USER"] = "root", ["HOME"] = "/root", ["PATH"] = "/bin", ["MAIL"] = "/var/mail", ["HTTP_PROXY"] = "http://proxy", ["user"] = "lower", ["http_proxy"] = "lower",
        };
        using SecretsStore store = Chain(variables, ("user.name", "n"), ("home.dir", "d"), ("path.x", "x"), ("mail.host", "h"), ("http_proxy.host", "p")).Build();

        Assert.Equal(["n", "d", "x", "h", "p"], new[] { "user.name", "home.dir", "path.x", "mail.host", "http_proxy.host" }.Select(p => store.GetString(p)));
        Assert.All(store.Values, v => Assert.Equal(SecretKind.Section, v.Kind));
    }

    [Fact]
    public void A_leaf_of_one_word_is_not_shadowed_by_everybody_s_variable()
    {
        using SecretsStore store = Chain(new() { ["USER"] = "root", ["HTTP_PROXY"] = "http://proxy" }, ("user", "mine"), ("http_proxy", "mine")).Build();

        Assert.Equal("mine", store.GetString("user"));
        Assert.Equal("http://proxy", store.GetString("http_proxy"));
    }

    [Fact]
    public void It_obeys_pins()
    {
        using SecretsStore store = Chain(new() { ["DATABASE_PASSWORD"] = "env", ["OTHER_KEY"] = "env" }, ("database.password", "memory"), ("other_key", "memory"))
            .Pin("database", to: "memory")
            .Build();

        Assert.Equal("memory", store.GetString("database.password"));
        Assert.False(store.ContainsKey("database.user"));
        Assert.Equal("env", store.GetString("other_key"));
    }

    [Fact]
    public void It_supplies_what_is_required()
    {
        using SecretsStore store = Chain(new() { ["TRELLO__API_KEY"] = "env" }).Require("trello.api_key").Build();

        Assert.Equal(["trello"], store.Keys);
        Assert.Equal("env", store["trello"]["api_key"].Reveal());
        Assert.Empty(store.Warnings);
    }

    [Theory]
    [InlineData(true, "below")]
    [InlineData(false, "")]
    public void An_empty_variable_is_absent_unless_the_option_says_no(bool emptyIsAbsent, string expected)
    {
        using SecretsStore store = new SecretsBuilder()
            .AddEnvironment(configure: o => (o.Variables, o.EmptyIsAbsent) = (new Dictionary<string, string> { ["API_KEY"] = "" }, emptyIsAbsent))
            .AddInMemory(new Dictionary<string, object?> { ["api_key"] = "below" })
            .Build();

        Assert.Equal(expected, store.GetString("api_key"));
    }

    [Fact]
    public void It_answers_from_the_copy_that_the_load_took()
    {
        var variables = new Dictionary<string, string> { ["API_KEY"] = "then" };
        SecretsBuilder builder = Chain(variables);
        using SecretsStore store = builder.Build();
        variables["API_KEY"] = "now";
        variables["NEW_KEY"] = "now";
        using SecretsStore later = builder.Build();

        Assert.Equal("then", store.GetString("api_key"));
        Assert.False(store.ContainsKey("new_key"));
        Assert.Equal("now", later.GetString("api_key"));
    }

    [Fact]
    public void The_library_s_own_exports_do_not_count()
    {
        var block = new FakeEnvironmentBlock(("api_key", "original"));
        var ledger = new EnvironmentLedger(block);
        using SecretsStore exporting = new SecretsBuilder { Ledger = ledger }
            .AddInMemory(new Dictionary<string, object?> { ["api_key"] = "exported", ["new_key"] = "exported" }, o => o.ExportToEnvironment = true)
            .Build();
        using SecretsStore reading = new SecretsBuilder { Ledger = ledger }.AddEnvironment().Build();

        Assert.Equal(("exported", "exported"), (block["api_key"], block["new_key"]));
        Assert.Equal("original", reading.GetString("api_key"));
        Assert.False(reading.ContainsKey("new_key"));
    }

    [Fact]
    public void Names_of_a_path_are_what_a_miss_lists()
    {
        using SecretsStore store = Chain([]).Build();

        string message = Assert.Throws<SecretNotFoundException>(() => store.GetString("trello.api_key")).Message;

        Assert.Contains("environment: TRELLO__API_KEY, TRELLO_API_KEY", message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string?> Prefixed => new()
    {
        // variable                path that it has
        { "APP_TOKEN", "TOKEN" },
        { "APP_DATABASE__PASSWORD", "DATABASE.PASSWORD" },
        { "APP_A__B__C", "A.B.C" },
        { "APP_A_B", "A_B" },
        { "APP_A__", "A__" },
        { "APP___A", "__A" },
        { "APP_A____B", "A____B" },
        { "APP_A.B", "\"A.B\"" },
        { "APP_", null },
        { "app_token", null },
        { "OTHER", null },
    };

    [Theory]
    [MemberData(nameof(Prefixed))]
    public void With_a_prefix_the_variables_are_loaded_whole(string variable, string? path)
    {
        using SecretsStore store = new SecretsBuilder()
            .AddEnvironment("APP_", o => o.Variables = new Dictionary<string, string> { [variable] = "value" })
            .Build();

        Assert.Equal(path is null ? 0 : 1, store.Count);
        if (path is not null)
        {
            Assert.Equal("value", store.GetString(path));
            Assert.Equal("environment " + variable, store.Explain(path).Origin?.ToString());
        }

        Assert.Equal(["APP_*"], store.Sources[0].Places);
    }

    [Fact]
    public void With_a_prefix_other_spellings_find_the_key_and_nothing_else_answers()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddEnvironment("APP_", o => o.Variables = new Dictionary<string, string> { ["APP_DATABASE__API_KEY"] = "v", ["OTHER_KEY"] = "x", ["APP_EMPTY"] = "" })
            .Build();

        Assert.Equal("v", store.GetString("database.api_key"));
        Assert.Equal("v", store["Database"]["ApiKey"].Reveal());
        Assert.False(store.ContainsKey("other_key"));
        Assert.False(store.ContainsKey("empty"));
        Assert.Contains("environment: APP_NOTHING", Assert.Throws<SecretNotFoundException>(() => store["nothing"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_prefix_two_variables_of_one_path_make_it_unreadable_and_name_both()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddEnvironment("APP_", o => o.Variables = new Dictionary<string, string> { ["APP_A_B"] = "1", ["APP_AB"] = "2", ["APP_C"] = "3", ["APP_C__D"] = "4", ["APP_OK"] = "5" })
            .Build();

        Assert.Contains("APP_AB and APP_A_B are one key", Assert.Throws<SecretsSourceException>(() => store.GetString("ab")).Message, StringComparison.Ordinal);
        Assert.Throws<SecretsSourceException>(() => store.GetString("c"));
        Assert.Throws<SecretsSourceException>(() => store.GetString("c.d"));
        Assert.Equal("5", store.GetString("ok"));
    }

    [Fact]
    public void An_empty_prefix_is_none()
    {
        using SecretsStore store = new SecretsBuilder().AddEnvironment("", o => o.Variables = new Dictionary<string, string> { ["API_KEY"] = "v" }).Build();

        Assert.Empty(store);
        Assert.Equal("v", store.GetString("api_key"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("APP_")]
    public async Task What_has_not_changed_makes_no_new_snapshot(string? prefix)
    {
        var variables = new Dictionary<string, string> { ["APP_A"] = "1", ["OTHER"] = "2" };
        await using SecretsStore store = new SecretsBuilder().AddEnvironment(prefix, o => o.Variables = variables).Build();
        SecretsView before = store.Current;
        await store.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Same(before, store.Current);

        variables["APP_A"] = "3";
        await store.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("3", store.GetString(prefix is null ? "app_a" : "a"));
    }

    [Fact]
    public async Task Its_copy_of_the_environment_is_not_serialized()
    {
        var options = new EnvironmentOptions { Variables = new Dictionary<string, string> { ["DB_PASSWORD"] = "canary" } };
        SecretsBatch batch = await new EnvironmentSource(options)
            .LoadAsync(new SecretsRequest("environment"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize(batch) + System.Text.Json.JsonSerializer.Serialize(batch.State), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", Newtonsoft.Json.JsonConvert.SerializeObject(batch) + Newtonsoft.Json.JsonConvert.SerializeObject(batch.State), StringComparison.Ordinal);
    }
}
