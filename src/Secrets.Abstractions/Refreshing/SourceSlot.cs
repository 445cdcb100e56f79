using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>What is known of one source between loads. It is immutable: each load gives another.</summary>
internal sealed class SourceSlot
{
    public SourceSlot(ChainEntry entry, LoadedSource loaded)
    {
        Entry = entry;
        Loaded = loaded;
    }

    private SourceSlot(SourceSlot other, LoadedSource loaded)
        : this(other.Entry, loaded)
    {
        LastSuccess = other.LastSuccess;
        LastProven = other.LastProven;
        LastComplete = other.LastComplete;
        Next = other.Next;
        Failures = other.Failures;
        Deadline = other.Deadline;
        CompleteDeadline = other.CompleteDeadline;
        UrgentFailures = other.UrgentFailures;
        HeldLoads = other.HeldLoads;
        CountedLoad = other.CountedLoad;
    }

    public ChainEntry Entry { get; }

    public LoadedSource Loaded { get; }

    /// <summary>Gets when the last load that succeeded began.</summary>
    public Moment? LastSuccess { get; private init; }

    /// <summary>Gets when the last load that succeeded and held nothing back began.</summary>
    public Moment? LastComplete { get; private init; }

    /// <summary>Gets when the source is read again; <see langword="null"/> where only the program or a change has it read.</summary>
    public Due? Next { get; private init; }

    /// <summary>Gets the number of loads since the last one with which nothing was wrong: that failed, could not read a secret, or lacked a required one.</summary>
    public int ConsecutiveFailures => Math.Max(Failures, HeldLoads);

    /// <summary>Gets why the last load failed, or why it could not read one of its secrets.</summary>
    public Exception? Trouble => Loaded.Trouble;

    public SecretsErrorCode? TroubleCode => (Trouble as ISecretsError)?.Code;

    private Moment? LastProven { get; init; }

    // What the last batch asked for, and the last complete one: once that is over, something that is served may be dead.
    private Due? Deadline { get; init; }

    private Due? CompleteDeadline { get; init; }

    private int Failures { get; init; }

    private int UrgentFailures { get; init; }

    // The loads since a required value is gone, and the load that was counted last.
    private int HeldLoads { get; init; }

    private LoadedSource? CountedLoad { get; init; }

    /// <summary>Gives the slot after a load, or after the decision to ask for nothing.</summary>
    public SourceSlot After(LoadedSource loaded, Moment now, Schedule schedule)
    {
        if (loaded.IsNotAsked)
        {
            // Nothing of it is served, so nothing is due: a time that has passed would be due for ever.
            return new SourceSlot(Entry, loaded);
        }

        if (loaded.Unsettled is not null)
        {
            TimeSpan rest = ((ISecretsChangeSignal)loaded.Source!).SettleTime;
            return new SourceSlot(this, loaded) { Next = new Due(now, rest) };
        }

        bool isLoaded = loaded.Failure is null;
        Due? asked = isLoaded && loaded.Batch!.RefreshAfter is { } after ? new Due(now, after < Schedule.Shortest ? Schedule.Shortest : after) : null;
        var read = new SourceSlot(this, loaded)
        {
            LastSuccess = isLoaded ? loaded.Begun : LastSuccess,
            LastProven = isLoaded && loaded.IsProven ? loaded.Begun : LastProven,
            LastComplete = isLoaded && loaded.Held is null ? loaded.Begun : LastComplete,
            Failures = loaded.Trouble is null ? 0 : Failures + 1,
            Deadline = isLoaded ? asked : Deadline,
            CompleteDeadline = isLoaded && loaded.Held is null ? asked : CompleteDeadline,
        };
        bool isUrgent = read.IsUrgent(now);
        var counted = new SourceSlot(read, loaded) { UrgentFailures = isUrgent ? UrgentFailures + 1 : 0 };
        return new SourceSlot(counted, loaded) { Next = counted.NextWait(now, isUrgent, schedule) is { } wait ? new Due(now, wait) : null };
    }

    /// <summary>Gives the slot of a source that holds a required value which is gone, or does so no longer: it counts as a failure, and is tried again as one.</summary>
    public SourceSlot WithHeldRequired(bool isHeld, Moment now, Schedule schedule)
    {
        if (!isHeld)
        {
            return HeldLoads == 0 ? this : new SourceSlot(this, Loaded) { HeldLoads = 0, CountedLoad = null };
        }

        if (ReferenceEquals(CountedLoad, Loaded))
        {
            return this;
        }

        var held = new Due(now, schedule.Retry(HeldLoads + 1));
        Due next = Next is { } due && due.LeftAt(now) < held.LeftAt(now) ? due : held;
        return new SourceSlot(this, Loaded) { HeldLoads = HeldLoads + 1, CountedLoad = Loaded, Next = next };
    }

    /// <summary>Gives the slot of a source that is not tried again for a while, after a failure that is not the source's own.</summary>
    public SourceSlot Postponed(Moment now, Schedule schedule) => new(this, Loaded) { Next = new Due(now, schedule.Retry(1)) };

    /// <summary>
    /// True where what it serves of earlier loads is as old as it may become: a load failed, or one that began in time is still under way.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="underWaySince">When the load that is under way began; <see langword="null"/> for none.</param>
    public bool IsStale(Moment now, Moment? underWaySince = null)
    {
        if (Entry.Policy.MaxStaleness is not { } limit || Checked is not { } since || now.Since(since) < limit)
        {
            return false;
        }

        return Trouble is not null || (underWaySince is { } begun && begun.Since(since) < limit);
    }

    /// <summary>Gives when what it serves becomes stale, unless a load succeeds before; <see langword="null"/> where it never does, or is already.</summary>
    public Due? StaleAt(Moment now) =>
        Entry.Policy.MaxStaleness is { } limit && limit < TimeSpan.FromDays(365) && Checked is { } since && now.Since(since) < limit ? new Due(since, limit) : null;

    /// <summary>Gives when the value at a path was last known to be right. A source that asks to be read again at a time takes its values on trust until then.</summary>
    public Moment? CheckedAt(SecretPath path) =>
        Loaded.HeldAt(path) is not null ? LastComplete : Loaded.Batch?.RefreshAfter is null ? LastSuccess : LastProven;

    // What is held over a failure is as old as the last load that held nothing.
    private Moment? Checked => Loaded.Batch is null ? null : Loaded.Failure is null && Loaded.Held is not null ? LastComplete : LastSuccess;

    private TimeSpan? NextWait(Moment now, bool isUrgent, Schedule schedule)
    {
        SourcePolicy policy = Entry.Policy;
        bool isLoaded = Loaded.Failure is null;
        TimeSpan? byBatch = isLoaded
            ? schedule.ByBatch(Loaded.Batch!.RefreshAfter)
            : Deadline is { } deadline && !deadline.IsOverAt(now) ? deadline.LeftAt(now) : null;
        TimeSpan? beforeStale = isLoaded && LastSuccess is { } success ? schedule.BeforeStale(policy.MaxStaleness) - now.Since(success) : null;
        TimeSpan? retry = Trouble is null ? null : isUrgent ? schedule.UrgentRetry(UrgentFailures, (isLoaded ? CompleteDeadline : Deadline)?.Wait) : schedule.Retry(Failures);
        TimeSpan? wait = new[] { schedule.Vary(policy.RefreshInterval), byBatch, beforeStale, retry }.Min();
        if (Trouble is null)
        {
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }

        // In an outage a source is asked once a second at most, and no sooner than the server that refused allows.
        TimeSpan shortest = Schedule.AfterRefusal((Loaded.Failure as SecretsSourceException)?.RetryAfter);
        return wait < shortest ? shortest : wait;
    }

    // A batch's time is over, or values are about to fail because of their age.
    private bool IsUrgent(Moment now) =>
        Trouble is not null
        && ((Loaded.Failure is not null && Deadline?.IsOverAt(now) == true)
            || (Loaded.Held is not null && CompleteDeadline?.IsOverAt(now) == true)
            || (Entry.Policy.FailsWhenStale && Checked is { } since && now.Since(since) >= Entry.Policy.MaxStaleness * 0.9));
}
