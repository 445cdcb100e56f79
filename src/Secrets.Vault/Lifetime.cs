namespace Secrets.Vault;

/// <summary>
/// How long something lives from now on, such as a lease. It is measured on two clocks: timestamps stand still while a machine sleeps, and the wall clock can be set.
/// It is due when one clock says so. It is certainly over when both say so.
/// </summary>
internal sealed class Lifetime(TimeSpan length, TimeProvider clock)
{
    private readonly long _stamp = clock.GetTimestamp();
    private readonly DateTimeOffset _wall = clock.GetUtcNow();

    /// <summary>Gets how long it lasts from its beginning.</summary>
    public TimeSpan Length { get; } = length;

    /// <summary>Gets how much is left, by the clock that says less.</summary>
    public TimeSpan Left => Length - (ByStamp > ByWall ? ByStamp : ByWall);

    /// <summary>Gets a value indicating whether one clock says that it has ended.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>Gets a value indicating whether both clocks say that it has ended.</summary>
    public bool IsOverForCertain => ByStamp >= Length && ByWall >= Length;

    private TimeSpan ByStamp => clock.GetElapsedTime(_stamp);

    private TimeSpan ByWall => clock.GetUtcNow() - _wall;

    /// <summary>Says whether a part of it has passed, as in two thirds.</summary>
    public bool IsPast(double part) => Left <= Length * (1 - part);

    /// <summary>Gives how long it is until a part of it has passed; negative where it has.</summary>
    public TimeSpan Until(double part) => Left - (Length * (1 - part));
}
