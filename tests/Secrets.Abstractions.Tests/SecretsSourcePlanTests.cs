using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public class SecretsSourcePlanTests
{
    private static readonly string L = Environment.NewLine;

    [Theory]
    [InlineData(false, null, null, "", false, "s: local")]
    [InlineData(false, null, null, "a.toml, b.toml", false, "s: local, a.toml, b.toml")]
    [InlineData(true, "", 0, "", false, "s: not contacted")]
    [InlineData(true, null, null, "", false, "s: as many calls as the store needs for all that it is configured for")]
    [InlineData(true, null, 1, "prod/shop", false, "s: 1 call for prod/shop")]
    [InlineData(true, "a, b", 5, "x, y", true, "s: at most 5 calls for x, y")]
    [InlineData(true, "a, b", 2, "", false, "s: 2 calls for a, b")]
    public void It_is_one_line(bool isRemote, string? demands, int? calls, string names, bool isUpperBound, string line)
    {
        string[] list = names.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        SecretDemand[]? asked = demands?.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(d => new SecretDemand(SecretPath.Parse(d))).ToArray();
        var plan = new SecretsSourcePlan("s", isRemote, asked, list, isRemote ? calls : 0) { IsUpperBound = isUpperBound };

        Assert.Equal(line, plan.ToString());
        Assert.Equal(isRemote ? calls : 0, plan.Calls);
        Assert.Equal(list, plan.NativeNames);
        Assert.Equal((isRemote, isUpperBound), (plan.IsRemote, plan.IsUpperBound));
    }

    [Fact]
    public void A_plan_needs_names() => Assert.Throws<ArgumentNullException>("nativeNames", () => new SecretsSourcePlan(new SecretsRequest("s"), null!, 1));

    [Fact]
    public void An_author_s_plan_is_that_of_the_request()
    {
        var request = new SecretsRequest("aws", [new SecretDemand(SecretPath.Parse("a"))]);
        var plan = new SecretsSourcePlan(request, ["prod/a"], 1);

        Assert.Equal(("aws", true, false), (plan.Name, plan.IsRemote, plan.IsUpperBound));
        Assert.Same(request.Demands, plan.Demands);
        Assert.Equal("aws: 1 call for prod/a", plan.ToString());
    }

    [Theory]
    [InlineData("db.user = 1", "db.user", "toml: local, secrets.toml|aws: not contacted|vault: not contacted")]
    [InlineData("db.user = 1", "db.user, db.password", "toml: local, secrets.toml|aws: 1 call for aws:db/password|vault: at most 1 call for vault:db/password")]
    [InlineData("", "a, b.value?", "toml: local, secrets.toml|aws: 1 call for aws:a, aws:b/value|vault: at most 1 call for vault:a, vault:b/value")]
    [InlineData("", "", "toml: local, secrets.toml|aws: as many calls as the store needs for all that it is configured for|vault: as many calls as the store needs for all that it is configured for")]
    public async Task A_plan_says_what_each_source_would_be_asked_and_contacts_none(string toml, string required, string expected)
    {
        FakeRemoteSource aws = new("aws", "a = 1"), vault = new("vault");
        IReadOnlyList<SecretsSourcePlan> plan = await Chains.Of(new FakeSource("toml", toml, "secrets.toml"), aws, vault).RequireAll(required).PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected.Replace("|", L), plan.ToString());
        Assert.Equal((0, 0), (aws.Calls, vault.Calls));
    }

    [Fact]
    public async Task A_plan_counts_calls_as_the_source_does()
    {
        string[] paths = [.. Enumerable.Range(0, 100).Select(i => $"s.k{i}")];
        IReadOnlyList<SecretsSourcePlan> plan = await Chains.Of(new FakeRemoteSource("aws")).Require(paths).PlanAsync(TestContext.Current.CancellationToken);

        SecretsSourcePlan aws = Assert.Single(plan);
        Assert.Equal(5, aws.Calls);
        Assert.Equal(100, aws.NativeNames.Count);
        Assert.Equal(100, aws.Demands!.Count);
    }

    [Fact]
    public async Task A_plan_is_in_the_order_of_precedence()
    {
        IReadOnlyList<SecretsSourcePlan> plan = await Chains.Of(new FakeRemoteSource("aws"), new FakeSource("toml", "a = 1"))
            .WithPrecedence(SecretsPrecedence.LastWins).Require("a").PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal("toml: local" + L + "aws: not contacted", plan.ToString());
    }

    [Fact]
    public async Task A_plan_obeys_pins()
    {
        IReadOnlyList<SecretsSourcePlan> plan = await Chains.Of(new FakeSource("toml", "a = 1"), new FakeRemoteSource("aws"), new FakeRemoteSource("vault"))
            .Pin("a", "vault").Require("a").PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal("toml: local" + L + "aws: not contacted" + L + "vault: 1 call for vault:a", plan.ToString());
    }

    [Fact]
    public async Task A_source_that_is_made_from_local_ones_is_planned_too()
    {
        IReadOnlyList<SecretsSourcePlan> plan = await Chains.Of(new FakeSource("toml", "vault.token = t"))
            .Add(view => new FakeRemoteSource("vault-" + view.GetString("vault.token")), o => o.Name = "vault").Require("a").PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal("vault: 1 call for vault-t:a", plan[1].ToString());
    }

    [Fact]
    public async Task A_source_that_is_made_from_remote_ones_is_planned_without_making_it()
    {
        IReadOnlyList<SecretsSourcePlan> plan = await Chains.Of(new FakeRemoteSource("aws"))
            .Add(_ => throw new InvalidOperationException("made"), o => o.Name = "vault").Require("a").PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal("vault: at most as many calls as the store needs for a", plan[1].ToString());
    }

    [Fact]
    public async Task A_source_that_would_not_be_asked_is_not_made()
    {
        IReadOnlyList<SecretsSourcePlan> plan = await Chains.Of(new FakeSource("toml", "a = 1"))
            .Add(view => new FakeRemoteSource(view.GetString("vault.token")), o => o.Name = "vault").Require("a").PlanAsync(TestContext.Current.CancellationToken);

        Assert.Equal("vault: not contacted", plan[1].ToString());
    }

    [Fact]
    public async Task What_a_source_throws_while_it_plans_is_not_passed_on()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => Chains.Of(new BadPlanner()).PlanAsync());

        Assert.Equal("bad", failure.SourceName);
        Assert.DoesNotContain("hunter2", failure.ToString());
    }

    [Fact]
    public async Task What_is_missing_everywhere_is_no_error_of_a_plan_and_a_failed_local_source_is()
    {
        _ = await Chains.Of(new FakeSource("toml", "")).Require("a").PlanAsync(TestContext.Current.CancellationToken);

        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => Chains.Of(FakeSource.Failing("toml", SecretsErrorCode.InvalidFormat)).PlanAsync());

        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
    }

    [Fact]
    public async Task A_cancelled_plan_throws_nothing_but_the_cancellation() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Chains.Of(new FakeSource("toml", "")).PlanAsync(new CancellationToken(canceled: true)));

    private sealed class BadPlanner : ISecretsRemoteSource
    {
        public string Name => "bad";

        public SecretsSourcePlan Plan(SecretsRequest request) => throw new FormatException("hunter2");

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(SecretsBatch.Empty);
    }
}
