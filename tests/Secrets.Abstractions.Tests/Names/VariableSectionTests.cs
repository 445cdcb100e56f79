using Secrets.Tests.Fakes;

namespace Secrets.Tests.Names;

/// <summary>Sections that only environment variables have.</summary>
public sealed class VariableSectionTests
{
    [Theory]
    [InlineData("DATABASE__PASSWORD=x")]
    [InlineData("DATABASE_PASSWORD=x")]
    [InlineData("Database__Password=x")]
    public void They_can_be_read_in_every_way(string variables)
    {
        using SecretsStore store = new SecretsBuilder().AddVariables(variables).Build();
        dynamic attributes = store;

        Assert.Equal("x", store["database"]["password"].Reveal());
        Assert.Equal("x", store.Section("database").GetString("password"));
        Assert.Equal("x", (string)attributes.database.password);
        Assert.Equal("x", store.Section("database").Invoke<string>((string password) => password));
        Assert.Equal("x", store.Invoke<string>((SecretsView database) => database.GetString("password")));
        Assert.Equal("x", store.Get<Login>("database").Password);
        Assert.Equal("x", store.Get<SecretsView>("database")["password"].Reveal());
        Assert.Equal("x", store.Get<SecretValue>("database")["password"].Reveal());
        Assert.True(store.ContainsKey("database"));
        Assert.True(store.TryGetValue("database", out SecretValue? section));
        Assert.Equal(SecretKind.Section, section.Kind);
        Assert.True(section.Contains("password"));
        Assert.False(section.Contains("user"));
        Assert.Equal("environment " + variables.Split('=')[0], section.Origin.ToString());
        Assert.Equal("environment: Supplied", store.Explain("database").Candidates.Single().ToString());
    }

    [Fact]
    public void They_are_never_enumerated()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("DATABASE__PASSWORD=x; OTHER_KEY=y").AddInMemory(new Dictionary<string, object?> { ["a.b"] = "1" }).Build();

        Assert.Equal(["a"], store.Keys);
        Assert.Empty(store.Section("database"));
        Assert.Empty(store.Section("database").Keys);
        Assert.Empty(store.Section("database").RevealAll());
        Assert.Equal("a", Assert.Single(store.RevealAll()).Key);
    }

    [Fact]
    public void A_section_begins_where_a_key_does()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("DATABASE_URL=x; USER_NAME=y; LC_ALL=z; A_B_C=1").Build();

        Assert.False(store.ContainsKey("data"));
        Assert.False(store.ContainsKey("lc"));
        Assert.True(store.ContainsKey("user"));
        Assert.Equal("1", store["a"]["b"]["c"].Reveal());
        Assert.Equal("1", store["a"]["b_c"].Reveal());
        Assert.Equal("1", store["a_b"]["c"].Reveal());
        Assert.Throws<SecretNotFoundException>(() => store["a"]["c"]);
    }

    [Theory]
    [InlineData("labels", typeof(Dictionary<string, string>))]
    [InlineData("labels", typeof(IReadOnlyDictionary<string, SecretValue>))]
    [InlineData("labels", typeof(List<string>))]
    [InlineData("labels", typeof(object))]
    public void What_would_have_to_list_them_is_an_error_that_says_how(string path, Type type)
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("LABELS__A=secret; LABELS__B=secret").Build();
        System.Reflection.MethodInfo get = typeof(SecretsView).GetMethods().Single(m => m is { Name: "Get", IsGenericMethod: true } && m.GetParameters().Length == 1).MakeGenericMethod(type);

        var failure = Assert.IsType<SecretsSourceException>(Assert.Throws<System.Reflection.TargetInvocationException>(() => get.Invoke(store, [path])).InnerException);

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
        Assert.Contains("AddEnvironment(prefix)", failure.Message);
        Assert.StartsWith("labels has no values but environment variables.", failure.Message);
        Assert.DoesNotContain("secret", failure.Message);
    }

    // The images of many databases take PASSWORD_FILE beside PASSWORD.
    [Fact]
    public void A_variable_that_merely_begins_like_a_value_is_not_that_value()
    {
        SecretsBuilder chain = new SecretsBuilder().AddVariables("DATABASE_PASSWORD_FILE=secret; DATABASE_MASKED_FILE=secret; DATABASE_USER=u; LABELS_A=secret; USER_NAME=n");
        using SecretsStore store = chain.Build();

        Assert.Equal("none", store.GetString("database.password", "none"));
        Assert.Equal(7, store.GetValue("database.password", 7));
        Assert.Equal("none", store.Get("database.password", "none"));
        Assert.Equal(("u", null), (store.Get<Mixed>("database").User, store.Get<Mixed>("database").Password));
        Assert.Null(store.Get<Mixed>("database").Masked);
        Assert.Null(store.Get<Mixed>().Labels);
        foreach (Exception miss in new Exception[]
        {
            Assert.Throws<SecretNotFoundException>(() => store.GetString("database.password")),
            Assert.Throws<SecretNotFoundException>(() => store.GetValue<int>("database.password")),
            Assert.Throws<SecretNotFoundException>(() => store.Get<string>("database.password")),
            Assert.Throws<SecretNotFoundException>(new SecretsBuilder().AddVariables("DATABASE_PASSWORD_FILE=secret").Require("database.password").Build),
        })
        {
            Assert.Contains("database.password was not found. It is not a value of its own; DATABASE_PASSWORD_FILE (environment) lies below it.", miss.Message);
            Assert.DoesNotContain("=secret", miss.Message);
        }
    }

    [Theory]
    [InlineData("DATABASE__PASSWORD=x", true)]
    [InlineData("DATABASE_PASSWORD=x", false)]
    public void A_required_section_is_there_where_a_variable_can_only_lie_below_it(string variables, bool isThere)
    {
        SecretsBuilder chain = new SecretsBuilder().AddVariables(variables).Require("database");

        if (isThere)
        {
            using SecretsStore store = chain.Build();
            Assert.Equal("x", store["database"]["password"].Reveal());
        }
        else
        {
            Assert.Throws<SecretNotFoundException>(chain.Build);
        }
    }

    [Fact]
    public void A_dictionary_that_a_member_holds_is_not_left_empty()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("LABELS__A=secret").Build();

        Assert.Contains("AddEnvironment(prefix)", Assert.Throws<SecretsSourceException>(store.Get<Holding>).Message);
        Assert.Contains("AddEnvironment(prefix)", Assert.Throws<SecretsSourceException>(store.Get<Mixed>).Message);
    }

    [Fact]
    public void An_undeclared_read_warns_once_however_the_path_is_spelled()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("API_KEY=1; TOKEN=2").Require("token").Build();
        _ = store.GetString("api_key") + store.GetString("ApiKey") + store.GetString("API-KEY");

        Assert.Equal("api_key", Assert.Single(store.Warnings).Path);
    }

    [Fact]
    public void A_variable_that_begins_like_an_optional_object_does_not_make_it_present()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("DATABASE_HOST=h; API_KEY=k; DEEP_LOGIN_X=1").Build();

        Assert.Null(store.Get<App>().Database);
        Assert.Null(store.Get<App>().Deep);
        Assert.Equal("none", store.Get("database", new Login("none")).Password);
        Assert.Contains("database.password", Assert.Throws<SecretNotFoundException>(() => store.Get<Login>("database")).Message);
    }

    [Fact]
    public void A_variable_in_an_object_within_an_optional_object_makes_both_present()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("DEEP_LOGIN_PASSWORD=p; API_KEY=k").Build();

        Assert.Equal("p", store.Get<App>().Deep?.Login?.Password);
    }

    [Fact]
    public void An_optional_object_is_present_where_its_second_member_of_one_type_is()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("PAIR_SECOND_PASSWORD=p").Build();

        Assert.Equal((null, "p"), (store.Get<Pairs>().Pair?.First?.Password, store.Get<Pairs>().Pair?.Second?.Password));
    }

    [Fact]
    public void A_variable_may_be_a_value_and_the_beginning_of_others()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("TOKEN=t; TOKEN_URL=u; TOKEN_PASSWORD=p").Require("token", "token.url").Build();
        dynamic attributes = store;

        Assert.Equal("t", store["token"].Reveal());
        Assert.Equal("t", store.Get<string>("token"));
        Assert.Equal("u", store.GetString("token.url"));
        Assert.Equal("u", store["token"]["url"].Reveal());
        Assert.Equal("u", store.Section("token").GetString("url"));
        Assert.Equal(("t", "u"), ((string)attributes.token, (string)attributes.token.url));
        Assert.Equal("p", store.Get<Login>("token").Password);
        Assert.True(store["token"].Contains("url"));
        Assert.Equal(["token"], store.Keys);
    }

    [Fact]
    public void Below_a_value_of_another_source_there_is_nothing()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("TOKEN_URL=u").AddInMemory(new Dictionary<string, object?> { ["token"] = "t" }).Build();

        Assert.Equal("t", store.GetString("token"));
        Assert.Null(store.GetString("token.url", fallback: null));
        Assert.Throws<SecretsFormatException>(() => store["token"]["url"]);
    }

    [Theory]
    [InlineData("s = !AccessDenied")]
    [InlineData("s.other = 1; s = !AccessDenied")]
    public void A_failure_of_a_lower_source_leaves_the_way_to_a_variable_open(string content)
    {
        string[] parts = content.Split("; ");
        using SecretsStore store = new SecretsBuilder().AddVariables("S_PASSWORD=p")
            .Add(new FakeSource("high", parts.Length > 1 ? parts[0] : "x = 1")).Add(new FakeSource("low", parts[^1])).Build();

        Assert.Equal("p", store.GetString("s.password"));
        Assert.Equal("p", store["s"]["password"].Reveal());
        Assert.Equal("p", store.Section("s").GetString("password"));
        Assert.Equal("p", store.Get<Login>("s").Password);
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => store.GetString("s.user")).Code);
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => store.Section("s").GetString("user")).Code);
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(store.RevealAll).Code);
    }

    [Fact]
    public void A_failure_of_a_higher_source_bars_the_way()
    {
        using SecretsStore store = Chains.Of(new FakeSource("high", "s = !AccessDenied")).AddVariables("S_PASSWORD=p").Build();

        Assert.Throws<SecretsSourceException>(() => store.GetString("s.password"));
        Assert.Throws<SecretsSourceException>(() => store["s"]["password"]);
    }

    [Fact]
    public void They_obey_pins()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("DATABASE__PASSWORD=x; OTHER__KEY=y")
            .AddInMemory(new Dictionary<string, object?>()).Pin("database", to: "memory").Build();

        Assert.False(store.ContainsKey("database"));
        Assert.True(store.ContainsKey("other"));
    }

    [Fact]
    public void A_remote_store_is_asked_for_a_section_all_the_same()
    {
        var remote = new FakeRemoteSource("aws", "database.user = u");
        using SecretsStore store = new SecretsBuilder().AddVariables("DATABASE_PASSWORD=p").Add(remote).Require("database").Build();

        Assert.Equal("database", remote.Asked);
        Assert.Equal(("u", "p"), (store.GetString("database.user"), store["database"]["password"].Reveal()));
    }

    // Whether it is required must not decide who wins.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_that_every_process_has_takes_nobody_s_place(bool isRequired)
    {
        var remote = new FakeRemoteSource("aws", "USER = app");
        SecretsBuilder chain = new SecretsBuilder().AddVariables("USER=root; HOME=/root").Add(remote);
        using SecretsStore store = (isRequired ? chain.Require("USER", "HOME") : chain).Build();

        Assert.Equal("app", store.GetString("user"));
        Assert.Equal("app", store.GetString("USER"));
        Assert.Equal("/root", store.GetString("HOME"));
        Assert.Equal("Absent Supplied", string.Join(' ', store.Explain("USER").Candidates.Select(c => c.Outcome)));
    }

    [Theory]
    [InlineData("user", "environment: USER is set, but systems and shells define this name, so it answers only the key \"USER\" in exactly this spelling")]
    [InlineData("token", "environment: TOKEN")]
    [InlineData("lc.all", "LC_ALL is set, but systems and shells define this name")]
    public void A_miss_says_why_a_variable_did_not_answer(string path, string expected)
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("USER=secret; LC_ALL=secret").Build();

        string message = Assert.Throws<SecretNotFoundException>(() => store.GetString(path)).Message;

        Assert.Contains(expected, message);
        Assert.Contains(expected, store.Explain(path).ToString().Replace("  environment  does not have it", "environment", StringComparison.Ordinal));
        Assert.DoesNotContain("secret ", message);
    }

    [Fact]
    public void A_variable_that_does_not_answer_is_never_called_absent()
    {
        using SecretsStore store = Chains.Of()
            .AddVariables("USER=a; TOKEN__URL=b; HOSTS__5=c; DATABASE=d")
            .Add(new FakeSource("toml", "user = 1; token = 2; hosts = [x]; database.user = 3", "secrets.toml"))
            .Build();

        Assert.Contains("environment  does not have it: USER is set, but systems and shells define this name, so it answers only where no other source has the key", store.Explain("USER").ToString());
        Assert.Contains("environment  has it in another shape: DATABASE", store.Explain("database").ToString());
        Assert.All(
            [("token.url", "not a section. TOKEN__URL"), ("hosts.5", "counted from 0. HOSTS__5")],
            miss =>
            {
                string expected = miss.Item2 + " (environment) is set, and does not answer below it.";
                Assert.Contains(expected, Assert.Throws<SecretNotFoundException>(() => store.GetString(miss.Item1)).Message);
                Assert.Contains(expected, store.Explain(miss.Item1).ToString());
            });
    }

    [Fact]
    public void A_key_with_a_line_break_does_not_forge_a_line_of_a_message()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("A_B=1").Build();

        Assert.DoesNotContain("\n  forged", Assert.Throws<SecretNotFoundException>(() => store.GetString("\"x\\n  forged\"")).Message.ToLowerInvariant());
        Assert.DoesNotContain("\n  forged", store.Explain("\"x\\n  forged\"").ToString().ToLowerInvariant());
    }

    [Fact]
    public async Task What_a_store_has_lost_is_held_although_a_variable_lies_below_it()
    {
        var source = new LiveRemoteSource("aws", "database.password = p");
        await using SecretsStore store = await new SecretsBuilder().AddVariables("DATABASE_URL=u").Add(source).Require("database").BuildAsync(TestContext.Current.CancellationToken);
        source.Content = "";
        await store.RefreshAsync(TestContext.Current.CancellationToken);
        await store.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("p", store.GetString("database.password"));
    }

    private sealed record Login(string Password);

    private sealed record App(string ApiKey, Login? Database = null, Outer? Deep = null);

    private sealed record Mixed(string? User = null, string? Password = null, SecretValue? Masked = null, Dictionary<string, string>? Labels = null);

    private sealed class Holding
    {
        public Dictionary<string, string> Labels { get; } = [];
    }

    private sealed record Pairs(Pair? Pair = null);

    private sealed record Pair(Login? First = null, Login? Second = null);

    private sealed record Outer(Login? Login = null);
}
