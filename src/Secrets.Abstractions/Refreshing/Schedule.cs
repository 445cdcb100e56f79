using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>The rules of when a source is read again.</summary>
internal sealed class Schedule(Func<double> random)
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    /// <summary>
    /// After a success: the interval, what the batch says, or the age at which the values become stale, whichever comes first, give or take a tenth.
    /// After a failure: twice as long with each, from 5 seconds up to 5 minutes.
    /// </summary>
    /// <returns>How long to wait; <see langword="null"/> for ever.</returns>
    public TimeSpan? Next(SourcePolicy policy, LoadedSource loaded, int failures)
    {
        if (failures > 0)
        {
            return Retry(failures);
        }

        TimeSpan? shortest = new[] { policy.RefreshInterval, loaded.Batch?.RefreshAfter, policy.MaxStaleness }.Min();
        return loaded.Batch is null || shortest is null ? null : Vary(shortest.Value);
    }

    public TimeSpan Retry(int failures) => Vary(TimeSpan.FromTicks(Math.Min(
        (long)(FirstRetry.Ticks * Math.Pow(2, Math.Min(failures - 1, 30))), LongestRetry.Ticks)));

    private TimeSpan Vary(TimeSpan wait) => wait * (1 + (Jitter * ((2 * random()) - 1)));
}
