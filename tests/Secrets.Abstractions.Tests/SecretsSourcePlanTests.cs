namespace Secrets.Tests;

public class SecretsSourcePlanTests
{
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
        SecretsDemand[]? asked = demands?.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(d => new SecretsDemand(SecretPath.Parse(d), [SecretPath.Parse(d)], isRequired: true)).ToArray();
        var plan = new SecretsSourcePlan("s", isRemote, asked, isRemote ? new SecretsCallPlan(list, calls) : null, isUpperBound, list);

        Assert.Equal(line, plan.ToString());
        Assert.Equal(isRemote ? calls : 0, plan.Calls);
        Assert.Equal(list, plan.NativeNames);
        Assert.Equal((isRemote, isUpperBound), (plan.IsRemote, plan.IsUpperBound));
    }

    [Fact]
    public void A_call_plan_needs_names() => Assert.Throws<ArgumentNullException>("nativeNames", () => new SecretsCallPlan(null!, 1));
}
