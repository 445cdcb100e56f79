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
}
