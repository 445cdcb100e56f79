using Secrets.Loading;
using Secrets.Merging;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Loading;

public class RetentionTests
{
    [Theory]
    // Loads, one after the other, of a local source and of a remote one; then what is served.
    [InlineData("a=1; b=1 | a=2; b=1", "a=2@test; b=1@test", "a=2@test; b=1@test")]
    [InlineData("a=1 | a=1; b=1", "a=1@test; b=1@test", "a=1@test; b=1@test")]
    // What is gone leaves at once, or after two loads without it.
    [InlineData("a=1; b=1 | a=1", "a=1@test", "a=1@test; b=1@test")]
    [InlineData("a=1; b=1 | a=1 | a=1", "a=1@test", "a=1@test")]
    [InlineData("a=1; b=1 | a=2 | a=3", "a=3@test", "a=3@test")]
    [InlineData("a=1; b=1 | a=1 | a=1; b=2", "a=1@test; b=2@test", "a=1@test; b=2@test")]
    [InlineData("a=1; b=1 | a=1 | a=1; b=1 | a=1", "a=1@test", "a=1@test; b=1@test")]
    // A failed load between two successful ones does not count.
    [InlineData("a=1; b=1 | a=1 | fail", "a=1@test", "a=1@test; b=1@test")]
    [InlineData("a=1; b=1 | a=1 | fail | a=1", "a=1@test", "a=1@test")]
    [InlineData("a=1; b=1 | fail | a=1", "a=1@test", "a=1@test; b=1@test")]
    [InlineData("a=1; b=1 | fail | fail", "a=1@test; b=1@test", "a=1@test; b=1@test")]
    // Two leave at different times; all leave.
    [InlineData("a=1; b=1; c=1 | a=1; b=1 | a=1", "a=1@test", "a=1@test; b=1@test")]
    [InlineData("a=1 | ", "", "a=1@test")]
    [InlineData("a=1 |  | ", "", "")]
    // What becomes unreadable keeps its last value; what never could be read does not.
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied", "b=1@test; a=1@test", "b=1@test; a=1@test")]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied | a=2; b=!Unavailable", "b=1@test; a=2@test", "b=1@test; a=2@test")]
    [InlineData("a=1; b=!AccessDenied | a=2; b=!AccessDenied", "a=2@test; b=!AccessDenied", "a=2@test; b=!AccessDenied")]
    [InlineData("a=1 | b=!AccessDenied; a=1", "b=!AccessDenied; a=1@test", "b=!AccessDenied; a=1@test")]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied | a=1; b=2", "a=1@test; b=2@test", "a=1@test; b=2@test")]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied | a=1", "a=1@test", "a=1@test; b=1@test")]
    // A failure in the place of a whole section.
    [InlineData("s.a=1; s.b=1; c=1 | s=!AccessDenied; c=1", "s.a=1@test; s.b=1@test; c=1@test", "s.a=1@test; s.b=1@test; c=1@test")]
    // Another shape takes the place of the old one at once.
    [InlineData("s.a=1 | s=1", "s=1@test", "s=1@test")]
    [InlineData("s=1 | s.a=1", "s.a=1@test", "s.a=1@test")]
    // Another spelling is the same key.
    [InlineData("api_key=1 | api-key=2", "api-key=2@test", "api-key=2@test")]
    public void A_source_keeps_what_its_rules_say(string loads, string local, string remote)
    {
        Assert.Equal(local, Engine.Show(Follow(loads, isRemote: false)));
        Assert.Equal(remote, Engine.Show(Follow(loads, isRemote: true)));
    }

    [Theory]
    [InlineData("a=1; s.b=1 | a=1; s.b=1", true)]
    [InlineData("a=[1, 2]; e={} | a=[1, 2]; e={}", true)]
    [InlineData("a=!AccessDenied | a=!AccessDenied", true)]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied | a=1; b=!AccessDenied", true)]
    [InlineData("a=1 | fail | a=1", true)]
    [InlineData("a=1 | a=2", false)]
    [InlineData("a=1 | A=1", false)]
    [InlineData("a=1; b=1 | b=1; a=1", false)]
    [InlineData("a=!AccessDenied | a=!Unavailable", false)]
    [InlineData("a=1 | a=1; b=1", false)]
    public void A_load_that_gives_the_same_keeps_the_very_trees(string loads, bool isSame)
    {
        string[] each = loads.Split('|');
        LoadedSource before = Follow(string.Join('|', each[..^1]), isRemote: false);
        LoadedSource after = Load(before, each[^1], isRemote: false);

        Assert.Equal(isSame, after.IsEquivalentTo(before));
        Assert.NotSame(before.Batch, after.Batch);
    }

    [Theory]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied", "AccessDenied")]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied | a=1; b=!AccessDenied", "AccessDenied")]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied | a=2; b=!Unavailable", "Unavailable")]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied | fail", "AccessDenied")]
    [InlineData("a=1; b=1 | a=1; b=!AccessDenied | a=1; b=1", null)]
    // What could never be read is not held, however often it is read again.
    [InlineData("a=1; b=!AccessDenied", null)]
    [InlineData("a=1; b=!AccessDenied | a=1; b=!AccessDenied", null)]
    [InlineData("a=1; b=!AccessDenied | a=1; b=!AccessDenied | a=1; b=!AccessDenied", null)]
    [InlineData("a=1; b=!AccessDenied | a=2; b=!AccessDenied", null)]
    [InlineData("a=1; b=!AccessDenied; c=1 | a=1; b=!AccessDenied; c=!Unavailable", "Unavailable")]
    public void What_is_held_over_a_failure_is_known(string loads, string? code)
    {
        LoadedSource after = Follow(loads, isRemote: false);

        Assert.Equal(code, after.HeldFailure?.Code.ToString());
        Assert.Equal(after.HeldFailure?.Message, after.HeldAt(new SecretPath(loads.Contains("c=", StringComparison.Ordinal) ? "c" : "b"))?.Message);
        Assert.Null(after.HeldAt(new SecretPath("a")));
    }

    [Fact]
    public void What_is_no_longer_asked_for_leaves_at_once()
    {
        LoadedSource before = Engine.Loaded("a=1; b.c=1; d=1", isRemote: true);
        LoadedSource fresh = Engine.Loaded("", isRemote: true) with { Demands = [Demand("a"), Demand("b")] };

        Assert.Equal("a=1@test; b.c=1@test", Engine.Show(Retention.Keep(before, fresh, Engine.Keys)));
    }

    [Fact]
    public void The_order_of_keys_is_kept()
    {
        LoadedSource before = Engine.Loaded("a=1; b=1; c.d=1; c.e=1");

        Assert.Equal("a=1@test; b=1@test; c.d=1@test; c.e=1@test", Engine.Show(
            Retention.Keep(before, Engine.Loaded("a=!AccessDenied; b=!AccessDenied; c=!AccessDenied"), Engine.Keys)));
    }

    private static SecretDemand Demand(string path) => new(SecretPath.Parse(path));

    private static LoadedSource Follow(string loads, bool isRemote)
    {
        string[] each = loads.Split('|');
        return each[1..].Aggregate(Engine.Loaded(each[0], isRemote: isRemote), (previous, load) => Load(previous, load, isRemote));
    }

    private static LoadedSource Load(LoadedSource previous, string content, bool isRemote) => content.Trim() == "fail"
        ? previous with { Failure = Engine.Failure() }
        : Retention.Keep(previous, Engine.Loaded(content, isRemote: isRemote), Engine.Keys);
}
