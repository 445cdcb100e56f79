namespace Secrets.Tests;

public class SecretsRequestTests
{
    [Fact]
    public void It_makes_origins_with_its_name_and_time()
    {
        var request = new SecretsRequest("toml#2");

        Assert.Equal("toml#2 prod/shop version 7", request.Origin("prod/shop", "7").ToString());
        Assert.Equal("toml#2 secrets.toml(12,1)", request.Origin("secrets.toml", 12, 1).ToString());
        Assert.Equal(request.ReadAt, request.Origin("x").ReadAt);
        Assert.Null(request.Demands);
        Assert.Equal(KeyComparison.Equivalent, request.KeyComparison);
        Assert.Same(TimeProvider.System, request.TimeProvider);
    }

    [Fact]
    public void A_name_is_needed() => Assert.Throws<ArgumentNullException>("sourceName", () => new SecretsRequest(null!));
}
