using Secrets.Merging;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class SectionNodeTests
{
    [Theory]
    // The exact key first, then an equal one, then the path.
    [InlineData("a", "1")]
    [InlineData("A", "1")]
    [InlineData("s.t.deep_key", "2")]
    [InlineData("S.T.DeepKey", "2")]
    [InlineData("\"odd.key\".x", "3")]
    [InlineData("'odd.key'.X", "3")]
    [InlineData(" s . t . deep_key ", "2")]
    [InlineData("größe", "4")]
    [InlineData("GRÖßE", "4")]
    // A decimal segment indexes an array.
    [InlineData("list.0", "x")]
    [InlineData("list.1", "y")]
    [InlineData("list.2", "-")]
    [InlineData("list.-1", "-")]
    [InlineData("list.0.x", "-")]
    [InlineData("list.x", "-")]
    [InlineData("list.99999999999999999999", "-")]
    // Nothing there.
    [InlineData("a.b", "-")]
    [InlineData("s.t.deep_key.more", "-")]
    [InlineData("s.none", "-")]
    [InlineData("none", "-")]
    public void A_path_is_walked_through_sections_and_arrays(string path, string expected)
    {
        using SecretsStore store = Build();

        Assert.Equal(expected, Chains.Read(store, path));
        Assert.Equal(expected, store.TryGetValue(path, out SecretValue? value) ? value.Reveal() : "-");
        Assert.Equal(expected != "-", store.Section("s").Count == 1 && store.ContainsKey(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("s.t.'x")]
    public void A_path_that_is_none_is_refused_where_a_path_is_asked_for_and_a_key_is_looked_for_as_it_is(string text)
    {
        using SecretsStore store = Build();

        Assert.Throws<ArgumentException>(() => store.GetString(text));
        Assert.Throws<ArgumentException>(() => store.GetString(text, "fallback"));
        Assert.False(store.TryGetValue(text, out _));
        Assert.Contains("was not found", Assert.Throws<SecretNotFoundException>(() => store[text]).Message);
    }

    [Fact]
    public void An_exact_key_is_found_before_the_path_of_the_same_text()
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", "a.b = path; \"a.b\" = key; \"C.D\" = key; c.d = path")).Build();

        Assert.Equal("key", store["a.b"].Reveal());
        Assert.Equal("path", store.GetString("a.b"));
        Assert.Equal("key", store["C.D"].Reveal());
    }

    [Fact]
    public void An_equal_key_is_found_before_the_path_of_the_same_text()
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", "\"x_y-w.z\" = key; x_yw.z = path")).Build();

        Assert.Equal("key", store["x_yw.z"].Reveal());
        Assert.Equal("path", store.GetString("x_yw.z"));
    }

    [Fact]
    public async Task The_table_of_paths_is_created_at_the_first_read_of_a_path_and_then_by_refreshes()
    {
        var source = new LiveSource("memory", "a = 1; s.b = 2");
        await using SecretsStore store = Chains.Of(source).Build();
        Assert.Equal("2", store["s"]["b"].Reveal());
        source.Content = "a = 1; s.b = 3";
        await store.RefreshAsync();
        Assert.False(store.Node.HasPathTable);

        Assert.Equal("3", store.GetString("s.b"));
        Assert.True(store.Node.HasPathTable);
        source.Content = "a = 1; s.b = 4";
        await store.RefreshAsync();

        Assert.True(store.Node.HasPathTable);
        Assert.Equal("4", store.GetString("s.b"));
    }

    [Fact]
    public void An_exact_spelling_is_found_before_an_equal_one_in_another_section()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("memory", "api_key = lower; API_KEY = upper"));
        builder.KeyComparison = KeyComparison.Ordinal;
        using SecretsStore store = builder.Build();

        Assert.Equal("upper", store.GetString("API_KEY"));
        Assert.Equal("lower", store.GetString("api_key"));
        Assert.False(store.ContainsKey("ApiKey"));
    }

    [Fact]
    public void A_section_of_no_view_can_be_read_too()
    {
        var origin = new SecretOrigin("s", "there", null, default);
        SectionNode node = SectionNode.Standalone(
            [KeyValuePair.Create("t", SecretValue.FromSection([KeyValuePair.Create("a_b", SecretValue.FromText("1", origin))], origin))], origin);

        Assert.Equal("1", node.FindByPath("t.AB")!.Reveal());
        Assert.Null(node.FindByPath("t.c"));
        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(() => node.GetByPath("t.c"));
        Assert.Equal(["t.c"], miss.Paths);
    }

    [Fact]
    public void A_miss_in_a_section_names_the_full_path()
    {
        using SecretsStore store = Build();

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(() => store.Section("s.t").GetString("none"));

        Assert.Equal(["s.t.none"], miss.Paths);
        Assert.StartsWith("s.t.none was not found.", miss.Message);
    }

    private static SecretsStore Build() =>
        Chains.Of(new FakeSource("memory", "a = 1; s.t.deep_key = 2; \"odd.key\".x = 3; größe = 4; list = [x, y]")).Build();
}
