namespace Secrets.Refreshing;

/// <summary>
/// A point in time on two clocks. The wall clock may be set, and the monotonic one may stand still while a machine sleeps, so time has passed when either
/// says so: a wall clock that is set forward makes things due early, one that is set back changes nothing.
/// </summary>
internal readonly struct Moment(DateTimeOffset wall, TimeSpan monotonic)
{
    public DateTimeOffset Wall { get; } = wall;

    public TimeSpan Monotonic { get; } = monotonic;

    public static Moment Now(TimeProvider timeProvider) =>
        new(timeProvider.GetUtcNow(), TimeSpan.FromTicks((long)((Int128)timeProvider.GetTimestamp() * TimeSpan.TicksPerSecond / timeProvider.TimestampFrequency)));

    /// <summary>Gives the time since an earlier moment: the longer of what the two clocks say, and never less than zero.</summary>
    public TimeSpan Since(Moment earlier)
    {
        TimeSpan bySettable = Wall - earlier.Wall, bySteady = Monotonic - earlier.Monotonic;
        TimeSpan longer = bySettable > bySteady ? bySettable : bySteady;
        return longer > TimeSpan.Zero ? longer : TimeSpan.Zero;
    }
}
