using System.Globalization;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Refreshing;
using Secrets.Tests.Fakes;
using Secrets.Timing;

namespace Secrets.Tests.Refreshing;

public class SourceSlotTests
{
    private static readonly Schedule Schedule = new(() => 0.5);

    [Theory]
    // One load each minute: + succeeds, - fails, h holds a secret that cannot be read, o was not asked.
    // Then: failures, last success, last complete load and next refresh, in seconds since the first.
    [InlineData("+", "0 0 0 100")]
    [InlineData("+ +", "0 60 60 160")]
    [InlineData("+ -", "1 0 0 65")]
    [InlineData("+ - -", "2 0 0 130")]
    [InlineData("+ - - +", "0 180 180 280")]
    [InlineData("+ h", "1 60 0 65")]
    [InlineData("+ h h", "2 120 0 130")]
    // u has a secret that could never be read: it is tried again, and holds nothing that could become too old.
    [InlineData("u", "1 0 0 5")]
    [InlineData("u u u", "3 120 120 140")]
    [InlineData("u +", "0 60 60 160")]
    [InlineData("+ h -", "2 60 0 130")]
    [InlineData("+ h +", "0 120 120 220")]
    [InlineData("-", "1 _ _ 5")]
    [InlineData("- -", "2 _ _ 70")]
    [InlineData("- +", "0 60 60 160")]
    [InlineData("o", "0 _ _ _")]
    [InlineData("+ o", "0 _ _ _")]
    [InlineData("- - o", "0 _ _ _")]
    [InlineData("+ - o +", "0 180 180 280")]
    public void It_follows_the_loads(string loads, string expected)
    {
        SourceSlot slot = After(Engine.SourceOptions(TimeSpan.FromSeconds(100)), loads);

        Assert.Equal(expected, string.Join(' ', slot.ConsecutiveFailures.ToString(CultureInfo.InvariantCulture), At(slot.LastSuccess), At(slot.LastComplete), At(slot.Next is { } next ? Later(next.Since, next.Wait) : null)));
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
        SourceSlot slot = After(Engine.SourceOptions(maxStaleness: TimeSpan.FromSeconds(150)), loads);

        Assert.Equal(isStale, slot.IsStale(Second(seconds)));
        Assert.False(After(Engine.SourceOptions(), loads).IsStale(Second(seconds)));
    }

    [Theory]
    // A load that began in time and is still under way is a failure for the age of what is served; one that began too late has not failed yet.
    [InlineData(149, 100, false)]
    [InlineData(150, 100, true)]
    [InlineData(150, 149, true)]
    [InlineData(151, 150, false)]
    [InlineData(1000, null, false)]
    public void A_load_that_hangs_does_not_keep_it_from_becoming_stale(int seconds, int? underWaySince, bool isStale)
    {
        SourceSlot slot = After(Engine.SourceOptions(maxStaleness: TimeSpan.FromSeconds(150)), "+");

        Assert.Equal(isStale, slot.IsStale(Second(seconds), underWaySince is { } begun ? Second(begun) : null));
    }

    [Theory]
    [InlineData("+", 100, 150.0)]
    [InlineData("+ -", 100, 150.0)]
    [InlineData("+ h", 100, 150.0)]
    [InlineData("+", 150, null)]
    [InlineData("-", 100, null)]
    public void The_moment_at_which_it_becomes_stale_is_known(string loads, int seconds, double? at)
    {
        SourceSlot slot = After(Engine.SourceOptions(maxStaleness: TimeSpan.FromSeconds(150)), loads);

        Assert.Equal(at, slot.StaleAt(Second(seconds)) is { } due ? Later(due.Since, due.Wait).Monotonic.TotalSeconds : null);
        Assert.Null(After(Engine.SourceOptions(), loads).StaleAt(Second(seconds)));
    }

    [Theory]
    // The batch asks to be read after 30 seconds, the interval is 100: the first time counts, and the retry of what failed is one more.
    [InlineData("l", 30)]
    [InlineData("l l", 90)]
    // Held, and the time of the last complete batch is over: what is held may be dying, and no wait is longer than 30 seconds.
    [InlineData("l H", 64.5)]
    [InlineData("l H H H H H", 327)]
    // Held, and no batch asked for a time: neither the batch nor the interval is put off.
    [InlineData("+ H", 65)]
    [InlineData("+ H H H H H H", 460)]
    // Failed: its time is over, so something may be dying. No wait is longer than 30 seconds.
    [InlineData("l -", 64.5)]
    [InlineData("l - - - - - -", 387)]
    // A failed load with a batch whose time is yet to come.
    [InlineData("L -", 65)]
    [InlineData("L - - - - - -", 460)]
    public void Deadlines_beat_backoff(string loads, double next)
    {
        SourceSlot slot = After(Engine.SourceOptions(TimeSpan.FromSeconds(100)), loads);

        Assert.Equal(next, Later(slot.Next!.Value.Since, slot.Next.Value.Wait).Monotonic.TotalSeconds, precision: 3);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(0.2, 1)]
    [InlineData(120.0, 120)]
    public void After_a_failure_the_next_load_is_a_second_away_or_what_the_server_asked_for(double? retryAfter, int wait)
    {
        SourceSlot slot = After(Engine.SourceOptions(TimeSpan.FromSeconds(0.25)), "+");
        TimeSpan? after = retryAfter is null ? null : TimeSpan.FromSeconds(retryAfter.Value);
        var failure = new SecretsSourceException(SecretsErrorCode.Unavailable, "it failed", "test") { RetryAfter = after };

        Assert.Equal(TimeSpan.FromSeconds(wait), slot.After(slot.Loaded with { Failure = failure }, Second(60), Schedule).Next!.Value.Wait);
    }

    [Fact]
    public void A_required_value_that_is_gone_counts_each_load_and_is_tried_again()
    {
        SourceSlot slot = After(Engine.SourceOptions(), "+");
        SourceSlot held = slot.WithHeldRequired(isHeld: true, Second(0), Schedule);
        Assert.Equal((1, TimeSpan.FromSeconds(5)), (held.ConsecutiveFailures, held.Next!.Value.Wait));
        Assert.Same(held, held.WithHeldRequired(isHeld: true, Second(1), Schedule));

        SourceSlot again = held.After(held.Loaded with { StartedAt = Second(5) }, Second(5), Schedule).WithHeldRequired(isHeld: true, Second(5), Schedule);
        Assert.Equal((2, TimeSpan.FromSeconds(10)), (again.ConsecutiveFailures, again.Next!.Value.Wait));
        Assert.Equal(0, again.WithHeldRequired(isHeld: false, Second(6), Schedule).ConsecutiveFailures);
    }

    [Fact]
    public void Never_is_no_age()
    {
        SourceSlot slot = After(Engine.SourceOptions(TimeSpan.MaxValue, TimeSpan.MaxValue, StalePolicy.Fail), "+ -");

        Assert.False(slot.IsStale(Second(1e10)));
    }

    [Fact]
    public void A_held_secret_was_checked_when_a_load_was_last_complete()
    {
        SourceSlot slot = After(Engine.SourceOptions(), "+ h");

        Assert.Equal(Second(0), slot.CheckedAt(new SecretPath("held")));
        Assert.Equal(Second(60), slot.CheckedAt(new SecretPath("a")));
        Assert.Equal(Second(60), slot.CheckedAt(new SecretPath("other")));
    }

    [Fact]
    public void Its_trouble_is_that_of_the_load_before_that_of_a_secret()
    {
        Assert.Null(After(Engine.SourceOptions(), "+").Error);
        Assert.Equal(SecretsErrorCode.AccessDenied, After(Engine.SourceOptions(), "+ h").ErrorCode);
        Assert.Equal(SecretsErrorCode.Unavailable, After(Engine.SourceOptions(), "+ h -").ErrorCode);
    }

    private static SourceSlot After(SecretsSourceOptions options, string loads)
    {
        var slot = new SourceSlot(new ChainEntry("test", options, source: null), new LoadedSource("test", 0, Source: null));
        double seconds = 0;
        foreach (string load in loads.Split(' '))
        {
            LoadedSource before = slot.Loaded;
            LoadedSource loaded = load switch
            {
                "+" => Engine.Loaded("a = 1; held = 1"),
                "l" => With(Engine.Loaded("a = 1; held = 1"), TimeSpan.FromSeconds(30)),
                "L" => With(Engine.Loaded("a = 1; held = 1"), TimeSpan.FromSeconds(1000)),
                "H" => Held(TimeSpan.FromSeconds(200)),
                "-" => before with { Failure = Engine.Failure() },
                "h" => Held(refreshAfter: null),
                "u" => Engine.Loaded("a = 1; b = !AccessDenied") with { Unreadable = [new UnreadableSecret("b", Engine.Failure(SecretsErrorCode.AccessDenied))] },
                _ => new LoadedSource("test", 0, Source: null),
            };
            slot = slot.After(loaded with { StartedAt = Second(seconds) }, Second(seconds), Schedule);
            seconds += 60;
        }

        return slot;
    }

    private static LoadedSource Held(TimeSpan? refreshAfter)
    {
        SecretsSourceException denied = Engine.Failure(SecretsErrorCode.AccessDenied);
        return With(Engine.Loaded("a = 1; held = !AccessDenied"), refreshAfter) with { HeldFailure = denied, Unreadable = [new UnreadableSecret("held", denied)] };
    }

    private static LoadedSource With(LoadedSource loaded, TimeSpan? refreshAfter) =>
        loaded with { Batch = new SecretsBatch(loaded.Batch!.Entries) { RefreshAfter = refreshAfter } };

    private static Moment Second(double seconds) => Later(new Moment(DateTimeOffset.UnixEpoch, TimeSpan.Zero), TimeSpan.FromSeconds(seconds));

    private static Moment Later(Moment moment, TimeSpan time) => new(moment.Wall + time, moment.Monotonic + time);

    private static string At(Moment? time) => time is null ? "_" : time.Value.Monotonic.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
