namespace Secrets.Tests;

public class SecretsDemandTests
{
    [Fact]
    public void Its_text_is_the_canonical_path()
    {
        SecretPath path = SecretPath.Parse("trello.api_key");
        var demand = new SecretsDemand(path, [path], isRequired: false);

        Assert.Equal("trello.api_key", demand.ToString());
        Assert.Same(path, demand.Path);
        Assert.Same(path, Assert.Single(demand.Spellings));
        Assert.False(demand.IsRequired);
    }

    [Fact]
    public void Authors_of_sources_make_them_as_the_chain_does()
    {
        var demand = new SecretsDemand(SecretPath.Parse("trello.api_key"));
        var exact = new SecretsDemand(SecretPath.Parse("trello.api_key"), isRequired: false, KeyComparison.Ordinal);

        Assert.True(demand.IsRequired);
        Assert.Equal(["trello.api_key", "trello.api-key", "TRELLO.API_KEY", "Trello.ApiKey", "trello.apiKey"], demand.Spellings.Select(s => s.ToString()));
        Assert.False(exact.IsRequired);
        Assert.Equal(["trello.api_key"], exact.Spellings.Select(s => s.ToString()));
        Assert.Throws<ArgumentNullException>(() => new SecretsDemand(null!));
    }
}
