using Secrets.Tests.Fakes;

namespace Secrets.Tests.Loading;

public class OfflineChainTests
{
    [Theory]
    [InlineData(SecretsPrecedence.FirstWins)]
    [InlineData(SecretsPrecedence.LastWins)]
    public void Remote_sources_are_not_asked_and_what_they_would_supply_is_absent(SecretsPrecedence precedence)
    {
        var remote = new FakeRemoteSource("aws", "token = 2");
        using SecretsStore store = Chains.Of(new FakeSource("toml", "user = 1"), remote).WithPrecedence(precedence).Offline().Build();

        Assert.Equal(["user"], store.Keys);
        Assert.Equal("-", remote.Asked);
        Assert.Contains("offline", Assert.Throws<SecretNotFoundException>(() => store.GetString("token")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_that_are_created_from_others_are_not_created()
    {
        bool isCreated = false;
        using SecretsStore store = Chains.Of(new FakeSource("toml", "user = 1"))
            .Add(_ =>
            {
                isCreated = true;
                return new FakeRemoteSource("vault", "token = 2");
            })
            .Offline()
            .Build();

        Assert.False(isCreated);
    }

    [Theory]
    [InlineData(SecretsPrecedence.FirstWins)]
    [InlineData(SecretsPrecedence.LastWins)]
    public void Values_stand_above_all_sources_and_pins_and_count_as_required(SecretsPrecedence precedence)
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "db.user = 1; db.password = 1"), new FakeRemoteSource("aws", "db.password = 2"))
            .WithPrecedence(precedence)
            .Pin("db.password", to: "aws")
            .Require("db.user", "db.password")
            .Offline([new("db.password", "test")])
            .Build();

        Assert.Equal(("1", "test", "offline"), (store.GetString("db.user"), store.GetString("db.password"), store["db"]["password"].Origin.SourceName));
    }

    [Fact]
    public void A_source_may_have_the_name_of_the_values()
    {
        using SecretsStore store = Chains.Of(new FakeSource("offline", "a = 1; b = 1")).Pin("a", to: "offline").Offline([new("a", "test")]).Build();

        Assert.Equal(("test", "1"), (store.GetString("a"), store.GetString("b")));
    }

    [Fact]
    public async Task A_plan_asks_no_remote_source()
    {
        IReadOnlyList<SecretsSourcePlan> plan = await Chains.Of(new FakeRemoteSource("aws", "token = 2")).Offline().PlanAsync(TestContext.Current.CancellationToken);

        Assert.All(plan, source => Assert.False(source.IsRemote));
    }

    [Fact]
    public void A_frozen_builder_and_a_value_without_a_path_are_refused()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "a = 1"));
        Assert.Throws<ArgumentException>(() => builder.Offline([new("a..b", "x")]));
        using SecretsStore store = builder.Build();

        Assert.Throws<InvalidOperationException>(() => builder.Offline());
    }
}
