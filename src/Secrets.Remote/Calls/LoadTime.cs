namespace Secrets.Remote.Calls;

/// <summary>The time limit of one load. It is measured by timestamps, since a wall clock can be set.</summary>
internal sealed class LoadTime(TimeSpan limit, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();

    public TimeProvider Clock { get; } = clock;

    /// <summary>Gets the present, counted from the clock's own beginning.</summary>
    public TimeSpan Now => Clock.GetElapsedTime(0);

    /// <summary>Gets how much of the limit is left; negative where it is over.</summary>
    public TimeSpan Left => limit - Clock.GetElapsedTime(_began);
}
