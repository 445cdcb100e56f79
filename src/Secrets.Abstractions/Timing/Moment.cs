namespace Secrets.Timing;

/// <summary>
/// A point in time on two clocks. The wall clock may be set, and the monotonic one may stand still while a machine sleeps, so time has passed when either
/// says so: a wall clock that is set forward makes things due early, one that is set back changes nothing.
/// </summary>
internal readonly struct Moment(DateTimeOffset wall, TimeSpan monotonic)
{
    public DateTimeOffset Wall { get; } = wall;

    public TimeSpan Monotonic { get; } = monotonic;

    public static Moment Now(TimeProvider timeProvider)
    {
        // Seconds and their rest apart: a timestamp in nanoseconds times the ticks of a second is more than a long holds.
        (long seconds, long rest) = Math.DivRem(timeProvider.GetTimestamp(), timeProvider.TimestampFrequency);
        return new Moment(timeProvider.GetUtcNow(), TimeSpan.FromTicks((seconds * TimeSpan.TicksPerSecond) + (rest * TimeSpan.TicksPerSecond / timeProvider.TimestampFrequency)));
    }

    /// <summary>Gives the time since an earlier moment: the longer of what the two clocks say, and never less than zero.</summary>
    public TimeSpan Since(Moment earlier)
    {
        TimeSpan bySettable = Wall - earlier.Wall, bySteady = Monotonic - earlier.Monotonic;
        TimeSpan longer = bySettable > bySteady ? bySettable : bySteady;
        return longer > TimeSpan.Zero ? longer : TimeSpan.Zero;
    }
}
