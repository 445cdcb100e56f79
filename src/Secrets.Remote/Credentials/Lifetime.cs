namespace Secrets.Remote.Credentials;

/// <summary>
/// A length of time that begins now, as of a lease. It counts on two clocks: timestamps do not count the time in which a machine sleeps, and the wall clock can be set.
/// What comes early by one of them is due; only what has ended by both is over for certain.
/// </summary>
internal sealed class Lifetime(TimeSpan length, TimeProvider clock)
{
    private readonly long _stamp = clock.GetTimestamp();
    private readonly DateTimeOffset _wall = clock.GetUtcNow();

    /// <summary>Gets how long it lasts from its beginning.</summary>
    public TimeSpan Length { get; } = length;

    /// <summary>Gets how much of it is left by the clock that says less.</summary>
    public TimeSpan Left => Length - (ByStamp > ByWall ? ByStamp : ByWall);

    /// <summary>Gets a value indicating whether one clock says that it has ended.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>Gets a value indicating whether both clocks say that it has ended: nothing needs to be asked about it.</summary>
    public bool IsOverForCertain => ByStamp >= Length && ByWall >= Length;

    private TimeSpan ByStamp => clock.GetElapsedTime(_stamp);

    private TimeSpan ByWall => clock.GetUtcNow() - _wall;

    /// <summary>Says whether a part of it has passed, as in two thirds.</summary>
    public bool IsPast(double part) => Left <= Length * (1 - part);

    /// <summary>Gives how long it is until a part of it has passed; negative where it has.</summary>
    public TimeSpan Until(double part) => Left - (Length * (1 - part));
}
