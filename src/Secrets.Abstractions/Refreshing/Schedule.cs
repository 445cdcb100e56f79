using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>The rules of when a source is read again.</summary>
internal sealed class Schedule(Func<double> random)
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    // A lease of no length must not become a loop without a pause.
    private static readonly TimeSpan ShortestByBatch = TimeSpan.FromSeconds(1);

    // TimeSpan.MaxValue, which means never, must still be added to a time.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>
    /// After a success: the interval or what the batch says, give or take a tenth, but no later than the age at which the values become stale.
    /// After a failure: twice as long with each, from 5 seconds up to 5 minutes.
    /// </summary>
    /// <returns>How long to wait; <see langword="null"/> for ever.</returns>
    public TimeSpan? Next(SourcePolicy policy, LoadedSource loaded, int failures)
    {
        if (failures > 0)
        {
            return Retry(failures);
        }

        if (loaded.Batch is null)
        {
            return null;
        }

        TimeSpan? byBatch = loaded.Batch.RefreshAfter is { } after && after < ShortestByBatch ? ShortestByBatch : loaded.Batch.RefreshAfter;
        return new[] { Vary(new[] { policy.RefreshInterval, byBatch }.Min()), Before(policy.MaxStaleness) }.Min();
    }

    public TimeSpan Retry(int failures) => Vary(TimeSpan.FromTicks(Math.Min(
        (long)(FirstRetry.Ticks * Math.Pow(2, Math.Min(failures - 1, 30))), LongestRetry.Ticks)))!.Value;

    private TimeSpan? Vary(TimeSpan? wait) => Cap(wait) * (1 + (Jitter * ((2 * random()) - 1)));

    private TimeSpan? Before(TimeSpan? age) => Cap(age) * (1 - (Jitter * random()));

    private static TimeSpan? Cap(TimeSpan? wait) => wait > Longest ? Longest : wait;
}
