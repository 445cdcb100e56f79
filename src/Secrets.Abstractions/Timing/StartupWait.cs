namespace Secrets.Timing;

/// <summary>Spaces the attempts of a build whose store is not reachable yet: half a second at first, then twice as long each time, up to five seconds.</summary>
internal sealed class StartupWait(TimeProvider timeProvider, TimeSpan limit)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    private readonly long _start = timeProvider.GetTimestamp();
    private TimeSpan _delay = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets a value indicating whether another attempt can begin within the limit.</summary>
    public bool HasTimeLeft => timeProvider.GetElapsedTime(_start) + _delay <= limit;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan delay = _delay;
        _delay = delay * 2 < MaxDelay ? delay * 2 : MaxDelay;
        await Task.Delay(delay, timeProvider, cancellationToken).ConfigureAwait(false);
    }
}
