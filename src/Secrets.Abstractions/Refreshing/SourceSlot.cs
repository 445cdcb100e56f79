using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>What is known of one source between refreshes. It never changes: the next refresh makes another.</summary>
internal sealed class SourceSlot(ChainEntry entry, LoadedSource loaded)
{
    public ChainEntry Entry { get; } = entry;

    public LoadedSource Loaded { get; } = loaded;

    /// <summary>Gets when a load last succeeded.</summary>
    public DateTimeOffset? LastSuccess { get; private init; }

    /// <summary>Gets when a load last succeeded in which every secret could be read that could be before.</summary>
    public DateTimeOffset? LastComplete { get; private init; }

    public DateTimeOffset? NextRefresh { get; private init; }

    /// <summary>Gets the number of loads that failed, for the source or for a secret that is held, since the last that did not.</summary>
    public int ConsecutiveFailures { get; private init; }

    /// <summary>Gets why the last load failed, or one secret of it whose last value is held.</summary>
    public Exception? Trouble => Loaded.Failure ?? Loaded.Held;

    public SecretsErrorCode? TroubleCode => (Trouble as ISecretsError)?.Code;

    /// <summary>Gives the slot after a load in which this source was read, or kept.</summary>
    public SourceSlot After(LoadedSource loaded, bool wasRead, DateTimeOffset now, Schedule schedule)
    {
        if (loaded.IsNotAsked)
        {
            // Nothing of it is served, so nothing is due: a time that has passed would be due for ever.
            return new SourceSlot(Entry, loaded);
        }

        if (!wasRead)
        {
            return new SourceSlot(Entry, loaded)
            {
                ConsecutiveFailures = ConsecutiveFailures, LastSuccess = LastSuccess, LastComplete = LastComplete, NextRefresh = NextRefresh,
            };
        }

        bool isComplete = loaded.Failure is null && loaded.Held is null;
        int failures = isComplete ? 0 : ConsecutiveFailures + 1;
        var read = new SourceSlot(Entry, loaded)
        {
            ConsecutiveFailures = failures,
            LastSuccess = loaded.Failure is null ? now : LastSuccess,
            LastComplete = isComplete ? now : LastComplete,
        };
        return new SourceSlot(Entry, loaded)
        {
            ConsecutiveFailures = failures,
            LastSuccess = read.LastSuccess,
            LastComplete = read.LastComplete,
            NextRefresh = now + read.NextWait(now, schedule),
        };
    }

    /// <summary>True where what it serves of earlier loads is as old as it may become.</summary>
    public bool IsStale(DateTimeOffset now) => UntilStale(now) <= TimeSpan.Zero;

    /// <summary>Gives when the value at a path was last known to be right.</summary>
    public DateTimeOffset? CheckedAt(SecretPath path) => Loaded.HeldAt(path) is null ? LastSuccess : LastComplete;

    private TimeSpan? NextWait(DateTimeOffset now, Schedule schedule)
    {
        TimeSpan? wait = schedule.Next(Entry.Policy, Loaded, ConsecutiveFailures);
        return Entry.Policy.FailsWhenStale && UntilStale(now) is { } left && left > TimeSpan.Zero && left < wait ? left : wait;
    }

    private TimeSpan? UntilStale(DateTimeOffset now)
    {
        DateTimeOffset? since = Loaded.Batch is null ? null : Loaded.Failure is not null ? LastSuccess : Loaded.Held is not null ? LastComplete : null;
        return Entry.Policy.MaxStaleness - (now - since);
    }
}
