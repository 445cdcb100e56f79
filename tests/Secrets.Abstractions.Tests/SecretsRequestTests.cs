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

    [Theory]
    [InlineData("db.password", true)]
    [InlineData("DB.Pass_Word", true)]
    [InlineData("db", true)]
    [InlineData("db.password.old", true)]
    [InlineData("db.user", false)]
    [InlineData("other", false)]
    [InlineData("dbx.password", false)]
    public void What_is_asked_for_is_what_lies_at_above_or_below_a_demand(string path, bool expected)
    {
        Assert.Equal(expected, new SecretsRequest("aws", [new SecretDemand(SecretPath.Parse("db.password"))]).IsAskedFor(SecretPath.Parse(path)));
        Assert.True(new SecretsRequest("aws").IsAskedFor(SecretPath.Parse(path)));
        Assert.False(new SecretsRequest("aws", []).IsAskedFor(SecretPath.Parse(path)));
    }

    [Fact]
    public void Where_keys_are_compared_exactly_so_is_what_is_asked_for()
    {
        var request = new SecretsRequest("aws", [new SecretDemand(SecretPath.Parse("db"))], KeyComparison.Ordinal);
        Assert.True(request.IsAskedFor(SecretPath.Parse("db")));
        Assert.False(request.IsAskedFor(SecretPath.Parse("DB")));
    }
}
