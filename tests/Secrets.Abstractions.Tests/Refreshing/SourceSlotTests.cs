using System.Globalization;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Refreshing;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class SourceSlotTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly Schedule Schedule = new(() => 0.5);

    [Theory]
    // One load each minute: + succeeds, - fails, h holds a secret that cannot be read, k is kept from before, o was not asked.
    // Then: failures, last success, last complete load and next refresh, in seconds since the first.
    [InlineData("+", "0 0 0 100")]
    [InlineData("+ +", "0 60 60 160")]
    [InlineData("+ -", "1 0 0 65")]
    [InlineData("+ - -", "2 0 0 130")]
    [InlineData("+ - - +", "0 180 180 280")]
    [InlineData("+ h", "1 60 0 65")]
    [InlineData("+ h h", "2 120 0 130")]
    [InlineData("+ h -", "2 60 0 130")]
    [InlineData("+ h +", "0 120 120 220")]
    [InlineData("+ k", "0 0 0 100")]
    [InlineData("+ - k", "1 0 0 65")]
    [InlineData("-", "1 _ _ 5")]
    [InlineData("- -", "2 _ _ 70")]
    [InlineData("- +", "0 60 60 160")]
    [InlineData("o", "0 _ _ _")]
    [InlineData("+ o", "0 _ _ _")]
    [InlineData("- - o", "0 _ _ _")]
    [InlineData("+ - o +", "0 180 180 280")]
    public void It_follows_the_loads(string loads, string expected)
    {
        SourceSlot slot = After(Engine.Policy(TimeSpan.FromSeconds(100)), loads);

        Assert.Equal(expected, string.Join(' ', slot.ConsecutiveFailures.ToString(CultureInfo.InvariantCulture), At(slot.LastSuccess), At(slot.LastComplete), At(slot.NextRefresh)));
    }

    [Theory]
    // It is stale once the values are as old as they may become, and a load, or one secret of it, has failed.
    [InlineData("+", 1000, false)]
    [InlineData("+ -", 149, false)]
    [InlineData("+ -", 150, true)]
    [InlineData("+ - - -", 180, true)]
    [InlineData("+ - - - +", 240, false)]
    [InlineData("-", 1000, false)]
    [InlineData("+ h", 149, false)]
    [InlineData("+ h", 150, true)]
    // The load succeeded in part, a minute later than the last complete one, and then failed.
    [InlineData("+ h -", 209, false)]
    [InlineData("+ h -", 210, true)]
    [InlineData("+ - o", 1000, false)]
    public void It_is_stale_at_an_age(string loads, int seconds, bool isStale)
    {
        SourceSlot slot = After(Engine.Policy(maxStaleness: TimeSpan.FromSeconds(150)), loads);

        Assert.Equal(isStale, slot.IsStale(Start.AddSeconds(seconds)));
        Assert.False(After(Engine.Policy(), loads).IsStale(Start.AddSeconds(seconds)));
    }

    [Theory]
    // Where stale values must fail, the moment at which they do is a time to look again.
    [InlineData(StalePolicy.Fail, 62, 62)]
    [InlineData(StalePolicy.Fail, 64, 64)]
    [InlineData(StalePolicy.Fail, 66, 65)]
    [InlineData(StalePolicy.Fail, 50, 65)]
    [InlineData(StalePolicy.Serve, 62, 65)]
    public void The_moment_at_which_it_becomes_stale_is_a_due_time(StalePolicy whenStale, int maxStaleness, int next) =>
        Assert.Equal(Start.AddSeconds(next), After(Engine.Policy(maxStaleness: TimeSpan.FromSeconds(maxStaleness), whenStale: whenStale), "+ -").NextRefresh);

    [Fact]
    public void Never_is_no_age()
    {
        SourceSlot slot = After(Engine.Policy(TimeSpan.MaxValue, TimeSpan.MaxValue, StalePolicy.Fail), "+ -");

        Assert.False(slot.IsStale(Start.AddYears(1000)));
    }

    [Fact]
    public void A_held_secret_was_checked_when_a_load_was_last_complete()
    {
        SourceSlot slot = After(Engine.Policy(), "+ h");

        Assert.Equal(Start, slot.CheckedAt(new SecretPath("held")));
        Assert.Equal(Start.AddSeconds(60), slot.CheckedAt(new SecretPath("a")));
        Assert.Equal(Start.AddSeconds(60), slot.CheckedAt(new SecretPath("other")));
    }

    [Fact]
    public void Its_trouble_is_that_of_the_load_before_that_of_a_secret()
    {
        Assert.Null(After(Engine.Policy(), "+").Trouble);
        Assert.Equal(SecretsErrorCode.AccessDenied, After(Engine.Policy(), "+ h").TroubleCode);
        Assert.Equal(SecretsErrorCode.Unavailable, After(Engine.Policy(), "+ h -").TroubleCode);
    }

    private static SourceSlot After(SourcePolicy policy, string loads)
    {
        var slot = new SourceSlot(new ChainEntry("test", 0, source: null, factory: null, policy), new LoadedSource("test", 0, source: null));
        DateTimeOffset now = Start;
        foreach (string load in loads.Split(' '))
        {
            LoadedSource before = slot.Loaded;
            LoadedSource loaded = load switch
            {
                "+" => Engine.Loaded("a = 1; held = 1"),
                "-" => new LoadedSource(before) { Failure = Engine.Failure() },
                "h" => new LoadedSource(Engine.Loaded("a = 1; held = !AccessDenied")) { Held = Engine.Failure(SecretsErrorCode.AccessDenied) },
                "o" => new LoadedSource("test", 0, source: null),
                _ => before,
            };
            slot = slot.After(loaded, wasRead: load is "+" or "-" or "h", now, Schedule);
            now += TimeSpan.FromMinutes(1);
        }

        return slot;
    }

    private static string At(DateTimeOffset? time) => time is null ? "_" : (time.Value - Start).TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
