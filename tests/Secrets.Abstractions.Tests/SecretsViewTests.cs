using System.Collections;
using System.Reflection;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public sealed class SecretsViewTests
{
    private static readonly object[] Servers = [Stores.Section(("host", "alpha"), ("ports", new[] { 80, 443 })), Stores.Section(("host", "beta"))];

    private static SecretsStore Store(KeyComparison comparison = KeyComparison.Equivalent)
    {
        SecretsBuilder builder = new() { KeyComparison = comparison };
        return builder.AddInMemory(new Dictionary<string, object?>
        {
            ["db_username"] = "Jane",
            ["database.password"] = "nested",
            ["\"database.password\""] = "exact",
            ["\"odd key\".x"] = "odd",
            ["servers"] = Servers,
        }).Build();
    }

    public static TheoryData<string, string?> Keys => new()
    {
        // the key                   what the indexer gives
        { "db_username", "Jane" },
        { "DbUsername", "Jane" },
        { "db-username", "Jane" },
        { "database.password", "exact" },       // an exact key comes before the dotted path
        { "DATABASE.PASSWORD", "exact" },       // and so does an equal one
        { "odd key.x", null },                  // not a path
        { "\"odd key\".x", "odd" },
        { "'odd key' . x", "odd" },
        { "servers.0.host", "alpha" },
        { "Servers.1.HOST", "beta" },
        { "servers.0.ports.1", "443" },
        { "servers.2.host", null },
        { "servers.-1.host", null },
        { "servers.x.host", null },
        { "db_username.x", null },
        { "", null },
        { ".", null },
        { "a..b", null },
        { "nothing", null },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_indexer_finds_the_exact_key_then_an_equal_one_then_the_dotted_path(string key, string? expected)
    {
        using SecretsStore store = Store();
        SecretsView frozen = store.Current;

        Assert.Equal(expected is not null, store.ContainsKey(key));
        Assert.Equal(expected is not null, frozen.TryGetValue(key, out SecretValue? value));
        Assert.Equal(expected, value?.Reveal());
        if (expected is null)
        {
            Assert.Equal(SecretsErrorCode.NotFound, Assert.Throws<SecretNotFoundException>(() => store[key]).Code);
        }
        else
        {
            Assert.Equal(expected, store[key].Reveal());
        }
    }

    public static TheoryData<string, string?> Paths => new()
    {
        // the path                  what GetString gives
        { "db_username", "Jane" },
        { "DbUsername", "Jane" },
        { "database.password", "nested" },      // a path is a path: the exact key is for the indexer
        { "Database . PASSWORD", "nested" },
        { "\"database.password\"", "exact" },
        { "servers.0.host", "alpha" },
        { "servers.00.host", "alpha" },
        { "\"odd key\".x", "odd" },
        { "nothing.at.all", null },
        { "servers.7", null },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void GetString_reads_paths_alone(string path, string? expected)
    {
        using SecretsStore store = Store();

        Assert.Equal(expected ?? "fallback", store.GetString(path, "fallback"));
        Assert.Equal(expected, store.Current.GetString(path, fallback: null));
        if (expected is null)
        {
            Assert.Throws<SecretNotFoundException>(() => store.GetString(path));
        }
        else
        {
            Assert.Equal(expected, store.GetString(path));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("\"open")]
    public void A_path_that_is_none_is_an_argument_error_in_every_member_that_takes_one(string path)
    {
        using SecretsStore store = Store();

        Assert.Throws<ArgumentException>(nameof(path), () => store.GetString(path));
        Assert.Throws<ArgumentException>(nameof(path), () => store.GetString(path, "fallback"));
        Assert.Throws<ArgumentException>(nameof(path), () => store.Section(path));
        Assert.Throws<ArgumentException>(nameof(path), () => store.Get<string>(path));
        Assert.Throws<ArgumentException>(nameof(path), () => store.Get(path, "fallback"));
        Assert.Throws<ArgumentException>(nameof(path), () => store.Explain(path));
    }

    [Fact]
    public void Null_is_an_argument_error_in_every_member()
    {
        using SecretsStore store = Store();

        Assert.Throws<ArgumentNullException>("key", () => store[null!]);
        Assert.Throws<ArgumentNullException>("key", () => store.ContainsKey(null!));
        Assert.Throws<ArgumentNullException>("key", () => store.TryGetValue(null!, out _));
        Assert.Throws<ArgumentNullException>("path", () => store.GetString(null!));
        Assert.Throws<ArgumentNullException>("path", () => store.Current.GetString(null!, "fallback"));
        Assert.Throws<ArgumentNullException>("path", () => store.Section(null!));
        Assert.Throws<ArgumentNullException>("path", () => store.Get<string>(null!));
        Assert.Throws<ArgumentNullException>("method", () => store.Invoke(null!));
        Assert.Throws<ArgumentNullException>("path", () => store.Explain(null!));
    }

    [Fact]
    public void Ordinal_comparison_finds_the_exact_spelling_alone()
    {
        using SecretsStore store = Store(KeyComparison.Ordinal);

        Assert.True(store.ContainsKey("db_username"));
        Assert.False(store.ContainsKey("db-username"));
        Assert.Equal("exact", store["database.password"].Reveal());
        Assert.Equal("nested", store["database"]["password"].Reveal());
        Assert.False(store.ContainsKey("Database.password"));
        Assert.False(store["servers"][0].Contains("HOST"));
    }

    [Fact]
    public void The_dictionary_face_lists_the_keys_in_their_order_with_masked_values()
    {
        using SecretsStore store = Store();

        Assert.Equal(["db_username", "database", "database.password", "odd key", "servers"], store.Keys);
        Assert.Equal(5, store.Count);
        Assert.Equal(store.Keys, store.Select(e => e.Key));
        Assert.Equal(store.Values, store.Select(e => e.Value));
        Assert.Equal(5, ((IEnumerable)store).Cast<object>().Count());
        Assert.All(store, e => Assert.Equal($"[{e.Key}, ***]", e.ToString()));
        Assert.True(((IReadOnlyDictionary<string, SecretValue>)store).ContainsKey("servers"));
    }

    [Fact]
    public void It_has_no_member_that_writes()
    {
        foreach (Type type in new[] { typeof(SecretsView), typeof(SecretsStore), typeof(SecretValue) })
        {
            Assert.All(type.GetProperties(), p => Assert.Null(p.SetMethod));
            Assert.Empty(type.GetFields(BindingFlags.Public | BindingFlags.Instance));
            Assert.DoesNotContain(type.GetInterfaces(), i => i == typeof(IDictionary) || (i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDictionary<,>)));
        }
    }

    [Fact]
    public void Section_gives_a_view_of_a_section_alone()
    {
        using SecretsStore store = Store();

        Assert.Equal("nested", store.Section("database").GetString("password"));
        Assert.Equal("alpha", store.Section("servers.0").GetString("host"));
        Assert.Equal("443", store.Section("servers.0")["ports"][1].Reveal());
        Assert.Throws<SecretsFormatException>(() => store.Section("db_username"));
        Assert.Throws<SecretsFormatException>(() => store.Section("servers"));
        Assert.Throws<SecretNotFoundException>(() => store.Section("nowhere"));
        Assert.Throws<SecretNotFoundException>(() => store.Section("database").GetString("user"));
    }

    [Fact]
    public void A_miss_below_a_section_names_the_full_path()
    {
        using SecretsStore store = Store();

        Assert.Equal(["database.user"], Assert.Throws<SecretNotFoundException>(() => store.Section("database").GetString("user")).Paths);
        Assert.Equal(["database.user"], Assert.Throws<SecretNotFoundException>(() => store["database"]["user"]).Paths);
        Assert.Equal(["servers.0.user"], Assert.Throws<SecretNotFoundException>(() => store.Section("servers.0").GetString("user")).Paths);
    }

    [Fact]
    public void A_failure_is_never_absence()
    {
        using SecretsStore store = Stores.OfValues(("denied", Stores.Unreadable()));

        Assert.True(store.TryGetValue("denied", out SecretValue? value));
        Assert.Equal(SecretKind.Unreadable, value.Kind);
        Assert.True(store.ContainsKey("denied"));
        Assert.All(
            new Action[]
            {
                () => store.GetString("denied"),
                () => store.GetString("denied", "fallback"),
                () => store.GetString("denied.below", "fallback"),
                () => store.Get<string>("denied"),
                () => store.Get("denied", "fallback"),
                () => store.Section("denied"),
                () => store.RevealAll(),
            },
            read => Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(read).Code));
    }

    [Fact]
    public void An_empty_secret_is_there()
    {
        using SecretsStore store = Stores.Of(("empty", ""), ("absent", null));

        Assert.Equal("", store.GetString("empty", "fallback"));
        Assert.Equal("fallback", store.GetString("absent", "fallback"));
        Assert.True(store["empty"] == "");
    }

    [Fact]
    public void Explain_names_the_exact_key_beside_the_path()
    {
        using SecretsStore store = Store();

        SecretExplanation both = store.Explain("database.password");

        Assert.Equal("database.password", both.Path);
        Assert.Equal("database.password", both.Origin?.Location);
        Assert.Equal("\"database.password\"", both.ExactKey?.Location);
        Assert.Null(store.Explain("servers.0.host").ExactKey);
        Assert.Equal("database.password", store.Section("database").Explain("password").Path);
    }

    [Fact]
    public void GetValue_reads_one_typed_leaf_without_reflection()
    {
        using SecretsStore store = Stores.OfValues(
            ("port", Stores.Text(SecretKind.String, "5432")), ("tls", Stores.Text(SecretKind.String, "on")), ("user", Stores.Text(SecretKind.String, "Jane")),
            ("denied", Stores.Unreadable()), ("section.x", Stores.Text(SecretKind.String, "y")));

        Assert.Equal((5432, true, "Jane"), (store.GetValue<int>("port"), store.GetValue<bool>("tls"), store.GetValue<string>("user")));
        Assert.Equal((5432, 7), (store.GetValue("port", 7), store.GetValue("nowhere", 7)));
        Assert.Equal("none", store.GetValue("nowhere", "none"));
        Assert.Null(store.GetValue<string>("nowhere", null));
        Assert.Equal(["nowhere"], Assert.Throws<SecretNotFoundException>(() => store.GetValue<int>("nowhere")).Paths);
        Assert.Throws<SecretsFormatException>(() => store.GetValue<int>("user"));
        Assert.Throws<SecretsFormatException>(() => store.GetValue("user", 7));
        Assert.Throws<SecretsFormatException>(() => store.GetValue("section", "fallback"));
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => store.GetValue("denied", 7)).Code);
        Assert.Throws<ArgumentException>(() => store.GetValue("a..b", 7));
    }
}
