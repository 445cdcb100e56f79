using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>What is known of one source between refreshes. It never changes: the next refresh makes another.</summary>
internal sealed class SourceSlot(ChainEntry entry, LoadedSource loaded)
{
    public ChainEntry Entry { get; } = entry;

    public LoadedSource Loaded { get; } = loaded;

    public DateTimeOffset? LastSuccess { get; private init; }

    public DateTimeOffset? NextRefresh { get; private init; }

    /// <summary>Gets the number of loads that failed since the last success.</summary>
    public int ConsecutiveFailures { get; private init; }

    public SecretsErrorCode? FailureCode => (Loaded.Failure as ISecretsError)?.Code;

    /// <summary>Gives the slot after a load in which this source was read, or kept.</summary>
    public SourceSlot After(LoadedSource loaded, bool wasRead, DateTimeOffset now, Schedule schedule)
    {
        int failures = !wasRead ? ConsecutiveFailures : loaded.Failure is null ? 0 : ConsecutiveFailures + 1;
        return new SourceSlot(Entry, loaded)
        {
            ConsecutiveFailures = failures,
            LastSuccess = wasRead && loaded.Failure is null ? now : LastSuccess,
            NextRefresh = wasRead ? now + schedule.Next(Entry.Policy, loaded, failures) : NextRefresh,
        };
    }

    public bool IsStale(DateTimeOffset now) =>
        Entry.Policy.MaxStaleness is { } most && Loaded.Failure is not null && Loaded.Batch is not null && now - LastSuccess > most;
}
