namespace Secrets.Timing;

/// <summary>A time that is still to come: a wait, and the moment from which it counts.</summary>
internal readonly struct Due(Moment since, TimeSpan wait)
{
    public Moment Since { get; } = since;

    public TimeSpan Wait { get; } = wait;

    /// <summary>Gives what is left of the wait; zero where it is over.</summary>
    public TimeSpan LeftAt(Moment now)
    {
        TimeSpan left = Wait - now.Since(Since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public bool IsOverAt(Moment now) => LeftAt(now) == TimeSpan.Zero;
}
