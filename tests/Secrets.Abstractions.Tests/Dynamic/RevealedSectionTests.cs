using Secrets.Tests.Fakes;

namespace Secrets.Tests.Dynamic;

public sealed class RevealedSectionTests
{
    private static SecretsStore Store(KeyComparison comparison = KeyComparison.Equivalent)
    {
        var builder = new SecretsBuilder { KeyComparison = comparison };
        return builder.AddInMemory(new Dictionary<string, object?>
        {
            ["text"] = "plain",
            ["number"] = 42,
            ["ratio"] = 1.5,
            ["flag"] = true,
            ["moment"] = DateTimeOffset.UnixEpoch,
            ["date"] = new DateOnly(1979, 5, 27),
            ["blob"] = new byte[] { 1, 2 },
            ["list"] = new object[] { 1, "two", new[] { 3.0 } },
            ["database.api_key"] = "k",
            ["servers"] = new[] { Stores.Section(("host_name", "alpha")) },
        }).Build();
    }

    [Fact]
    public void Each_kind_becomes_its_plain_type_all_the_way_down()
    {
        using SecretsStore store = Store();
        IDictionary<string, object?> raw = store.RevealAll();

        Assert.Equal("plain", raw["text"]);
        Assert.Equal(42L, raw["number"]);
        Assert.Equal(1.5, raw["ratio"]);
        Assert.Equal(true, raw["flag"]);
        Assert.Equal(DateTimeOffset.UnixEpoch, raw["moment"]);
        Assert.Equal(new DateOnly(1979, 5, 27), raw["date"]);
        Assert.Equal(new byte[] { 1, 2 }, raw["blob"]);
        Assert.Equal(new object[] { 1L, "two", new List<object> { 3.0 } }, Assert.IsType<List<object>>(raw["list"]));
        Assert.Equal("k", Assert.IsType<IDictionary<string, object?>>(raw["database"], exactMatch: false)["api_key"]);
        Assert.Equal("alpha", ((IDictionary<string, object?>)((List<object>)raw["servers"]!)[0])["host_name"]);
    }

    [Fact]
    public void It_is_a_copy_that_the_caller_may_change()
    {
        using SecretsStore store = Store();
        IDictionary<string, object?> raw = store.RevealAll();
        raw["text"] = "changed";
        ((byte[])raw["blob"]!)[0] = 9;
        ((List<object>)raw["list"]!).Clear();
        ((IDictionary<string, object?>)raw["database"]!).Remove("api_key");

        IDictionary<string, object?> again = store.RevealAll();
        Assert.Equal("plain", again["text"]);
        Assert.Equal(new byte[] { 1, 2 }, again["blob"]);
        Assert.Equal(3, ((List<object>)again["list"]!).Count);
        Assert.Equal("k", store.GetString("database.api_key"));
    }

    [Fact]
    public void Its_keys_compare_as_the_chain_s_do()
    {
        using SecretsStore equivalent = Store();
        using SecretsStore ordinal = Store(KeyComparison.Ordinal);

        Assert.Equal("k", ((IDictionary<string, object?>)equivalent.RevealAll()["Database"]!)["API-KEY"]);
        Assert.False(ordinal.RevealAll().ContainsKey("Database"));
        Assert.Equal(["text", "number", "ratio", "flag", "moment", "date", "blob", "list", "database", "servers"], equivalent.RevealAll().Keys);
    }

    [Fact]
    public void Two_spellings_in_a_table_of_an_array_stay_two_keys_where_spelling_counts()
    {
        var builder = new SecretsBuilder { KeyComparison = KeyComparison.Ordinal };
        using SecretsStore store = builder
            .AddInMemory(new Dictionary<string, object?> { ["tables"] = new[] { Stores.Section(("a_b", 1), ("ab", 2)) } })
            .Build();

        var table = (IDictionary<string, object?>)((List<object>)store.RevealAll()["tables"]!)[0];

        Assert.Equal(["a_b", "ab"], table.Keys);
    }

    [Fact]
    public void A_section_reveals_itself_alone()
    {
        using SecretsStore store = Store();

        Assert.Equal(["api_key"], store.Section("database").RevealAll().Keys);
        Assert.Equal("alpha", store.Section("servers.0").RevealAll()["host_name"]);
    }

    [Fact]
    public void An_unreadable_secret_stops_it_with_its_code()
    {
        using SecretsStore store = Stores.OfValues(("a.b", Stores.Unreadable(SecretsErrorCode.Unavailable)), ("c", Stores.Text(SecretKind.String, "x")));

        Assert.Equal(SecretsErrorCode.Unavailable, Assert.Throws<SecretsSourceException>(() => store.RevealAll()).Code);
    }
}
