namespace Secrets.Timing;

/// <summary>The lengths of waits. Each varies, so that many processes do not ask at once.</summary>
internal sealed class Schedule(Func<double> random)
{
    /// <summary>The shortest wait after a failure, and the shortest that a batch may ask for: a lease of no length must not become a loop without a pause.</summary>
    public static readonly TimeSpan MinDelay = TimeSpan.FromSeconds(1);

    private const double Jitter = 0.1;

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MaxUrgentRetryDelay = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    // TimeSpan.MaxValue, which means never, must still be added to a time.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(365);

    /// <summary>Gives the shorter of two waits, of which either may be none.</summary>
    public static TimeSpan? Shorter(TimeSpan? first, TimeSpan? second) => first is null || second < first ? second : first;

    /// <summary>Gives the wait that an option or a batch asks for, give or take a tenth.</summary>
    public TimeSpan? Vary(TimeSpan? wait) => Cap(wait) * (1 + (Jitter * ((2 * random()) - 1)));

    /// <summary>Gives the wait that a batch asks for, give or take a tenth.</summary>
    public TimeSpan? ByBatch(TimeSpan? wait) => Vary(wait < MinDelay ? MinDelay : wait);

    /// <summary>Gives an age between 91 and 99 percent of the age at which values become stale, so that they are read again before.</summary>
    public TimeSpan? BeforeStale(TimeSpan? maxStaleness) => Cap(maxStaleness) * (1 - (Jitter * (0.1 + (0.8 * random()))));

    /// <summary>Gives the wait after failures: 5 seconds, then twice as long with each, up to 5 minutes.</summary>
    public TimeSpan RetryDelay(int failures) => Vary(Double(FirstRetryDelay, failures, MaxRetryDelay))!.Value;

    /// <summary>
    /// Gives the wait after failures while something that is served is dead or about to die: it begins with a quarter of what the batch asked for, so that there is a
    /// try before the end, and is never longer than 30 seconds.
    /// </summary>
    public TimeSpan UrgentRetryDelay(int failures, TimeSpan? byBatch)
    {
        TimeSpan first = byBatch / 4 < FirstRetryDelay ? (byBatch / 4)!.Value : FirstRetryDelay;
        return Double(first < MinDelay ? MinDelay : first, failures, MaxUrgentRetryDelay) * (1 - (2 * Jitter * random()));
    }

    /// <summary>Gives the shortest wait after a failure: a second, or what the server asked for, up to an hour.</summary>
    public static TimeSpan MinRetryDelay(TimeSpan? retryAfter) =>
        retryAfter is not { } after || after < MinDelay ? MinDelay : after > MaxRetryAfter ? MaxRetryAfter : after;

    private static TimeSpan Double(TimeSpan first, int failures, TimeSpan longest) =>
        TimeSpan.FromTicks((long)Math.Min(first.Ticks * Math.Pow(2, Math.Min(failures - 1, 30)), longest.Ticks));

    private static TimeSpan? Cap(TimeSpan? wait) => wait > MaxDelay ? MaxDelay : wait;
}
