using Secrets.InMemory;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.InMemory;

public sealed class InMemorySourceTests
{
    [Fact]
    public async Task It_gives_each_value_under_its_path()
    {
        var source = new InMemorySource(new Dictionary<string, object?> { ["a.b"] = 1, ["'x.y'"] = "z", ["gone"] = null });

        SecretsBatch batch = await source.LoadAsync(new SecretsRequest("memory#2"), TestContext.Current.CancellationToken);

        Assert.Equal("memory", source.Name);
        Assert.Equal(["a.b", "\"x.y\""], batch.Entries.Select(e => e.ToString()));
        Assert.Equal("memory#2 a.b", batch.Entries[0].Value.Origin.ToString());
        Assert.False(batch.IsMissing);
    }

    [Fact]
    public void Mistakes_are_found_when_it_is_added()
    {
        Assert.Throws<ArgumentException>(() => Stores.Chain(("a..b", 1)));
        Assert.Throws<ArgumentException>(() => Stores.Chain(("", 1)));
        Assert.Throws<ArgumentException>(() => Stores.Chain(("a", new object())));
        Assert.Throws<ArgumentNullException>(() => new SecretsBuilder().AddInMemory(null!));
    }

    [Fact]
    public void A_dictionary_of_one_type_serves_as_well()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddInMemory(new Dictionary<string, string> { ["a.b"] = "text" })
            .AddInMemory(new Dictionary<string, int> { ["c"] = 1 }, o => o.Name = "numbers")
            .AddInMemory(new Dictionary<string, string?> { ["d"] = null, ["e"] = "there" })
            .Build();

        Assert.Equal(("text", 1, "there"), (store.GetString("a.b"), store.GetValue<int>("c"), store.GetString("e")));
        Assert.Equal("numbers", store["c"].Origin.SourceName);
        Assert.False(store.ContainsKey("d"));
        Assert.Throws<ArgumentNullException>(() => new SecretsBuilder().AddInMemory((Dictionary<string, string>)null!));
        Assert.Throws<ArgumentException>(() => new SecretsBuilder().AddInMemory(new Dictionary<string, string> { ["a..b"] = "x" }));
    }

    [Fact]
    public void A_dictionary_of_one_type_is_read_at_each_build()
    {
        var values = new Dictionary<string, string> { ["a"] = "1" };
        SecretsBuilder builder = new SecretsBuilder().AddInMemory(values);
        using SecretsStore first = builder.Build();
        values["a"] = "2";
        using SecretsStore second = builder.Build();

        Assert.Equal(("1", "2"), (first.GetString("a"), second.GetString("a")));
    }

    [Fact]
    public void The_collection_is_read_at_each_build()
    {
        var values = new Dictionary<string, object?> { ["a"] = 1 };
        SecretsBuilder builder = new SecretsBuilder().AddInMemory(values);
        using SecretsStore first = builder.Build();
        values["a"] = 2;
        using SecretsStore second = builder.Build();

        Assert.Equal(("1", "2"), (first.GetString("a"), second.GetString("a")));
    }

    [Fact]
    public void Two_spellings_of_one_key_make_that_path_unreadable_and_leave_the_rest()
    {
        using SecretsStore store = Stores.Of(("api_key", "x"), ("ApiKey", "y"), ("other", "z"));

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => store.GetString("api_key"));

        Assert.Equal(SecretsErrorCode.InvalidFormat, e.Code);
        Assert.Contains("api_key and ApiKey are one key", e.Message, StringComparison.Ordinal);
        Assert.Equal("z", store.GetString("other"));
    }
}
