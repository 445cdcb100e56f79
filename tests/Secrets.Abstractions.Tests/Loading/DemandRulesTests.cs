using Secrets.Tests.Fakes;

namespace Secrets.Tests.Loading;

public class DemandRulesTests
{
    [Theory]
    // Exactly the required leaves that nothing higher supplies.
    [InlineData("", "db.user, db.password", "db.user, db.password")]
    [InlineData("db.user = 1", "db.user, db.password", "db.password")]
    [InlineData("DB.User = 1", "db.user, db.password", "db.password")]
    [InlineData("db = {}", "db.user", "db.user")]
    // Not contacted when there are none.
    [InlineData("db.user = 1; db.password = 1", "db.user, db.password", "-")]
    [InlineData("db.user = 1; x = 1", "db.user", "-")]
    // Optional ones ride along, and never cause contact.
    [InlineData("", "cache.value?", "-")]
    [InlineData("db.user = 1", "db.user, cache.value?", "-")]
    [InlineData("", "cache.value?, db.user", "cache.value?, db.user")]
    [InlineData("cache.value = 1", "cache.value?, db.user", "db.user")]
    // A path that is declared twice is asked for once, and is required where one declaration requires it.
    [InlineData("", "a_b, AB", "a_b")]
    [InlineData("", "cache.value?, cache.value", "cache.value")]
    // A section is supplied where anything is in it.
    [InlineData("db.user = 1", "db", "-")]
    [InlineData("", "db", "db")]
    // A failure, or a leaf in the way, is no absence.
    [InlineData("db.user = !AccessDenied", "db.password", "db.password")]
    // Everything, where nothing is required.
    [InlineData("db.user = 1", "", "*")]
    public void A_remote_source_is_asked_for_what_is_required_and_nothing_higher_supplies(string local, string required, string asked)
    {
        var remote = new FakeRemoteSource("aws", "db.user = 2; db.password = 2; db.port = 2; a_b = 2; cache.value = 2");
        using SecretsStore store = Chains.Of(new FakeSource("toml", local), remote).RequireAll(required).Build();

        Assert.Equal(asked, remote.Asked);
    }

    [Theory]
    [InlineData("db = !AccessDenied", "db.password", SecretsErrorCode.AccessDenied)]
    [InlineData("db.password = !Unavailable", "db.password", SecretsErrorCode.Unavailable)]
    [InlineData("db = 1", "db.password", SecretsErrorCode.NotFound)]
    public void What_a_higher_source_could_not_read_or_has_in_the_way_is_not_asked_of_a_lower(string local, string required, SecretsErrorCode code)
    {
        var remote = new FakeRemoteSource("aws", "db.password = 2");

        Exception failure = Assert.ThrowsAny<Exception>(Chains.Of(new FakeSource("toml", local), remote).Require(required).Build);

        Assert.Equal(code, Assert.IsType<ISecretsError>(failure, exactMatch: false).Code);
        Assert.Equal(0, remote.Calls);
    }

    [Theory]
    [InlineData("db.password = !AccessDenied", SecretsErrorCode.AccessDenied)]
    [InlineData("db = !Unavailable", SecretsErrorCode.Unavailable)]
    public void What_a_higher_remote_source_could_not_read_is_not_asked_of_a_lower(string higher, SecretsErrorCode code)
    {
        var lower = new FakeRemoteSource("lower", "db.password = 2; other = 2");

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(
            Chains.Of(new FakeRemoteSource("higher", higher), lower).Require("db.password", "other").Build);

        Assert.Equal(code, failure.Code);
        Assert.Equal("other", lower.Asked);
    }

    [Theory]
    // A variable above supplies; one below does not.
    [InlineData(true, "-")]
    [InlineData(false, "db.password")]
    public void A_lookup_supplies_where_it_is_higher(bool isHigher, string asked)
    {
        var remote = new FakeRemoteSource("aws", "db.password = 2");
        var builder = new SecretsBuilder();
        _ = isHigher ? builder.AddVariables("DB_PASSWORD=env").Add(remote) : builder.Add(remote).AddVariables("DB_PASSWORD=env");
        using SecretsStore store = builder.Require("db.password").Build();

        Assert.Equal(asked, remote.Asked);
        Assert.Equal(isHigher ? "env" : "2", store.GetString("db.password"));
    }

    [Fact]
    public void A_local_source_below_does_not_keep_a_remote_one_from_being_asked()
    {
        var remote = new FakeRemoteSource("aws", "db.password = 2");
        using SecretsStore store = Chains.Of(remote, new FakeSource("toml", "db.password = 1")).Require("db.password").Build();

        Assert.Equal("db.password", remote.Asked);
        Assert.Equal("2", store.GetString("db.password"));
    }

    [Fact]
    public void Under_last_wins_a_remote_source_in_the_winning_place_is_always_asked()
    {
        var winning = new FakeRemoteSource("winning");
        var losing = new FakeRemoteSource("losing");
        using SecretsStore store = Chains.Of(losing, new FakeSource("toml", "a = 1"), winning)
            .WithPrecedence(SecretsPrecedence.LastWins).Require("a").Build();

        Assert.Equal("a", winning.Asked);
        Assert.Equal("-", losing.Asked);
        Assert.Equal("1", store.GetString("a"));
    }

    [Theory]
    // Pinned to it: asked, whoever else has it. Pinned elsewhere: not asked.
    [InlineData("db=aws", "db.password", "db.password")]
    [InlineData("db=toml", "db.password", "-")]
    [InlineData("db.password=aws", "db.user, db.password", "db.password")]
    [InlineData("db=toml", "db.password, other", "other")]
    public void Pins_say_whom_a_path_is_asked_of(string pin, string required, string asked)
    {
        var remote = new FakeRemoteSource("aws", "db.password = 2; other = 2");
        using SecretsStore store = Chains.Of(new FakeSource("toml", "db.user = 1; db.password = 1"), remote)
            .Pin(pin.Split('=')[0], pin.Split('=')[1]).RequireAll(required).Build();

        Assert.Equal(asked, remote.Asked);
    }

    [Fact]
    public void A_pinned_path_that_its_target_lacks_is_missing()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "a = 1"), new FakeRemoteSource("aws")).Pin("a", "aws").Require("a");

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(builder.Build);

        Assert.Contains("toml: kept out by a pin", miss.Message);
        Assert.Contains("aws: aws:*", miss.Message);
    }
}
