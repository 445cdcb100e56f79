using Secrets.Loading;
using Secrets.Merging;
using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>The state of one source between loads. It never changes: each load gives another.</summary>
internal sealed record SourceSlot(ChainEntry Entry, LoadedSource Loaded)
{
    public ChainEntry Entry { get; } = Entry;

    public LoadedSource Loaded { get; private init; } = Loaded;

    /// <summary>Gets when the last load that succeeded began.</summary>
    public Moment? LastSuccess { get; private init; }

    /// <summary>Gets when the last load began that succeeded and held no older value.</summary>
    public Moment? LastComplete { get; private init; }

    /// <summary>Gets when the source is read again; <see langword="null"/> where only the program or a change has it read.</summary>
    public Due? Next { get; private init; }

    /// <summary>Gets the number of loads since the last one with which nothing was wrong: that failed, could not read a secret, or lacked a required one.</summary>
    public int ConsecutiveFailures => Math.Max(Failures, HeldLoads);

    /// <summary>Gets why the last load failed, or why it could not read one of its secrets.</summary>
    public Exception? Error => Loaded.Error;

    public SecretsErrorCode? ErrorCode => (Error as ISecretsError)?.Code;

    private Moment? LastVerified { get; init; }

    // When the last batch, and the last complete one, asked to be read again. After that time a served value may have expired.
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
            // Nothing of it is served, so nothing is due; a due time in the past would stay due for ever.
            return new SourceSlot(Entry, loaded);
        }

        if (loaded.UnconfirmedChange is not null)
        {
            return this with { Loaded = loaded, Next = new Due(now, loaded.ConfirmationDelay) };
        }

        bool isLoaded = loaded.Failure is null;
        Due? asked = isLoaded && loaded.Batch!.RefreshAfter is { } after ? new Due(now, after < Schedule.MinDelay ? Schedule.MinDelay : after) : null;
        SourceSlot read = this with
        {
            Loaded = loaded,
            LastSuccess = isLoaded ? loaded.StartedAt : LastSuccess,
            LastVerified = isLoaded && loaded.IsVerified ? loaded.StartedAt : LastVerified,
            LastComplete = isLoaded && loaded.HeldFailure is null ? loaded.StartedAt : LastComplete,
            Failures = loaded.Error is null ? 0 : Failures + 1,
            Deadline = isLoaded ? asked : Deadline,
            CompleteDeadline = isLoaded && loaded.HeldFailure is null ? asked : CompleteDeadline,
        };
        bool isUrgent = read.IsUrgent(now);
        SourceSlot counted = read with { UrgentFailures = isUrgent ? UrgentFailures + 1 : 0 };
        return counted with { Next = counted.NextWait(now, isUrgent, schedule) is { } wait ? new Due(now, wait) : null };
    }

    /// <summary>Gives the slot of a source that holds a required value which is gone, or no longer does: that counts as a failure and is retried like one.</summary>
    public SourceSlot WithHeldRequired(bool isHeld, Moment now, Schedule schedule)
    {
        if (!isHeld)
        {
            return HeldLoads == 0 ? this : this with { HeldLoads = 0, CountedLoad = null };
        }

        if (ReferenceEquals(CountedLoad, Loaded))
        {
            return this;
        }

        var held = new Due(now, schedule.RetryDelay(HeldLoads + 1));
        Due next = Next is { } due && due.LeftAt(now) < held.LeftAt(now) ? due : held;
        return this with { HeldLoads = HeldLoads + 1, CountedLoad = Loaded, Next = next };
    }

    /// <summary>Gives the slot of a source that is not tried again for a while, after a failure that is not the source's own.</summary>
    public SourceSlot Postponed(Moment now, Schedule schedule) => this with { Next = new Due(now, schedule.RetryDelay(1)) };

    /// <summary>
    /// True where what it serves of earlier loads is as old as it may become: a load failed, or one that began in time is still under way.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="underWaySince">When the load that is under way began; <see langword="null"/> for none.</param>
    public bool IsStale(Moment now, Moment? underWaySince = null)
    {
        if (Entry.MaxStaleness is not { } limit || Checked is not { } since || now.Since(since) < limit)
        {
            return false;
        }

        return Error is not null || (underWaySince is { } begun && begun.Since(since) < limit);
    }

    /// <summary>Gives when what it serves becomes stale, unless a load succeeds before; <see langword="null"/> where it never does, or is already.</summary>
    public Due? StaleAt(Moment now) =>
        Entry.MaxStaleness is { } limit && limit < TimeSpan.FromDays(365) && Checked is { } since && now.Since(since) < limit ? new Due(since, limit) : null;

    /// <summary>Gives when the value at a path was last known to be right. A source that asks to be read again at a time takes its values on trust until then.</summary>
    public Moment? CheckedAt(SecretPath path) =>
        Loaded.HeldAt(path) is not null ? LastComplete : Loaded.Batch?.RefreshAfter is null ? LastSuccess : LastVerified;

    // Values held over a failure are as old as the last load that held none.
    private Moment? Checked => Loaded.Batch is null ? null : Loaded.Failure is null && Loaded.HeldFailure is not null ? LastComplete : LastSuccess;

    private TimeSpan? NextWait(Moment now, bool isUrgent, Schedule schedule)
    {
        bool isLoaded = Loaded.Failure is null;
        TimeSpan? byBatch = isLoaded
            ? schedule.ByBatch(Loaded.Batch!.RefreshAfter)
            : Deadline is { } deadline && !deadline.IsOverAt(now) ? deadline.LeftAt(now) : null;
        TimeSpan? beforeStale = isLoaded && LastSuccess is { } success ? schedule.BeforeStale(Entry.MaxStaleness) - now.Since(success) : null;
        TimeSpan? retry = Error is null ? null : isUrgent ? schedule.UrgentRetryDelay(UrgentFailures, (isLoaded ? CompleteDeadline : Deadline)?.Wait) : schedule.RetryDelay(Failures);
        TimeSpan? wait = Schedule.Shorter(Schedule.Shorter(schedule.Vary(Entry.RefreshInterval), byBatch), Schedule.Shorter(beforeStale, retry));
        if (Error is null)
        {
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }

        // During an outage a source is asked at most once a second, and not before the time that the server asked for.
        TimeSpan shortest = Schedule.MinRetryDelay((Loaded.Failure as SecretsSourceException)?.RetryAfter);
        return wait < shortest ? shortest : wait;
    }

    // A batch's time has passed, or values are about to fail because of their age.
    private bool IsUrgent(Moment now) =>
        Error is not null
        && ((Loaded.Failure is not null && Deadline?.IsOverAt(now) == true)
            || (Loaded.HeldFailure is not null && CompleteDeadline?.IsOverAt(now) == true)
            || (Entry.FailsWhenStale && Checked is { } since && now.Since(since) >= Entry.MaxStaleness * 0.9));

    /// <summary>Gives the source's name alone: a record's own text would hold all that the source gave.</summary>
    public override string ToString() => Entry.Name;
}
