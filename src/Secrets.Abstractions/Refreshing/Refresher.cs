using Secrets.Keys;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Telemetry;
using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>
/// Keeps a store fresh: reads sources again when they are due, when they signal a change and when the program asks. Sources do not wait for each other, and no failure ends it.
/// Disposal ends everything that it started.
/// </summary>
internal sealed class Refresher : IAsyncDisposable, IAgedChain
{
    private readonly Chain _chain;
    private readonly Schedule _schedule;
    private readonly LiveSnapshot _live;
    private readonly ChainState _state;
    private readonly RefreshExecution _execution;
    private readonly DueTimer _timer;
    private readonly Publication _publication;
    private readonly CancellationTokenSource _stopping = new();

    // The end of all, which Dispose begins and DisposeAsync waits for. On the pool, since a state may block the thread that disposes it.
    private readonly Lazy<Task> _disposal;
    private readonly Watches? _watches;
    private int _isStopped;
    private volatile bool _isDisposed;

    public Refresher(Chain chain, IReadOnlyList<LoadedSource> loaded, LiveSnapshot live)
    {
        _chain = chain;
        _live = live;
        var loader = new SourceLoader(chain);
        _schedule = new Schedule(chain.Random);
        _state = new ChainState(chain, loader, _schedule, loaded, Now);
        _publication = new Publication(_state, live, IsStale, loaded);
        _execution = new RefreshExecution(chain, loader, _state, _publication, OnCommitted, _stopping.Token);
        _timer = new DueTimer(chain.TimeProvider, OnDue);
        _watches = chain.IsWatching ? new Watches(_state, WatchOf, rank => live.OnWatch(chain.Entries[rank].Name, failure: null), _stopping.Token) : null;
        _disposal = new Lazy<Task>(() => Detached.Start(() => Task.Run(EndAsync)));
    }

    /// <summary>Gets the sources as they are served.</summary>
    public IReadOnlyList<SourceSlot> Slots => _state.Served;

    /// <summary>Gets the end of the loads that are under way and waiting, and of what signals have begun.</summary>
    public Task Idle => _watches is null ? _execution.Lanes.Idle : Task.WhenAll(_execution.Lanes.Idle, WatchesIdleAsync(_watches));

    /// <summary>Gets the time since the last successful check of each source began.</summary>
    public IEnumerable<KeyValuePair<string, TimeSpan>> Ages
    {
        get
        {
            Moment now = Now;
            return [.. from slot in Slots where slot.LastSuccess is not null select KeyValuePair.Create(slot.Entry.Name, now.Since(slot.LastSuccess!.Value))];
        }
    }

    private Moment Now => Moment.Now(_chain.TimeProvider);

    /// <summary>True where there is something to do that the program does not ask for: to watch, to wait for, to report, or to give up at the end.</summary>
    public static bool IsNeeded(Chain chain, IReadOnlyList<LoadedSource> loaded)
    {
        if (chain.IsWatching || chain.MaxReadAge is not null || chain.Telemetry.IsHeard)
        {
            return true;
        }

        foreach (LoadedSource source in loaded)
        {
            ChainEntry entry = chain.Entries[source.Rank];
            if (!entry.IsLocal || entry.RefreshInterval is not null || entry.MaxStaleness is not null
                || source.Error is not null || source.Batch?.RefreshAfter is not null || BatchStates.IsHeldBy(source))
            {
                return true;
            }
        }

        return false;
    }

    public void Start()
    {
        _chain.Telemetry.Add(this);
        OnCommitted();
    }

    /// <summary>Reads sources again because the program asks. What fails keeps what it last gave; its status says so.</summary>
    /// <returns>What is known of all sources at the end.</returns>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, which ends the wait and not the loads.</exception>
    public async Task<IReadOnlyList<SourceSlot>> RequestAsync(
        IReadOnlyCollection<int> ranks, IReadOnlyCollection<SecretPath>? rejected = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SecretsStore));
        try
        {
            await EndOfAsync(_execution.Request(ranks, isRequested: true, rejected), ranks).WaitAsync(cancellationToken).ConfigureAwait(false);
            return Slots;
        }
        catch (OperationCanceledException) when (_isDisposed && !cancellationToken.IsCancellationRequested)
        {
            // Only disposal cancels a load, so its callers get an ObjectDisposedException.
        }

        throw new ObjectDisposedException(typeof(SecretsStore).FullName);
    }

    /// <summary>Has the sources read again whose last success is older than that, without anybody waiting for it.</summary>
    public void RequestOlderThan(TimeSpan age)
    {
        Moment now = Now;
        foreach (SourceSlot slot in _state.Known)
        {
            // A failing source is retried when it is due, however often the store is read.
            if (!slot.Loaded.IsNotAsked && IsOlder(slot.LastSuccess, age, now) && (slot.ConsecutiveFailures == 0 || slot.Next?.IsOverAt(now) == true))
            {
                _ = RequestInBackground(slot.Loaded.Rank);
            }
        }
    }

    /// <summary>Gives the sources, down to a rank, whose last check of a path is longer ago than an age.</summary>
    public IReadOnlyList<SourceSlot> OlderThan(TimeSpan age, SecretPath path, int lowestRank)
    {
        Moment now = Now;
        return [.. SuppliersOf(path, lowestRank).Where(s => IsOlder(s.CheckedAt(path), age, now))];
    }

    /// <summary>Gives the sources, down to a rank, that may supply a path.</summary>
    public IEnumerable<SourceSlot> SuppliersOf(SecretPath path, int lowestRank)
    {
        Pins pins = _chain.Options.Pins;
        return Slots.Where(s => s.Loaded.Rank <= lowestRank && !s.Loaded.IsNotAsked
            && (pins.Allows(path, s.Loaded.Name) || pins.AllowsBelow(path, s.Loaded.Name)));
    }

    /// <summary>Gives the sources, down to a rank, whose store no longer has something at a path that they serve once more.</summary>
    public IEnumerable<int> PendingRemovalsAt(SecretPath path, int lowestRank) =>
        from slot in SuppliersOf(path, lowestRank)
        where slot.Loaded.Rank == lowestRank || lowestRank == int.MaxValue
        where slot.Loaded.PendingRemovals.Any(l => PathComparer.For(_chain.Options.Comparison).Overlap(l, path))
        select slot.Loaded.Rank;

    /// <summary>True where what a source serves is as old as it may become.</summary>
    public bool IsStale(SourceSlot slot) => slot.IsStale(Now, _execution.Lanes.UnderWay(slot.Loaded.Rank)?.StartedAt);

    /// <summary>Stops everything that was started, without waiting for it.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }

        _isDisposed = true;
        _chain.Telemetry.Remove(this);
        _timer.Dispose();
        try
        {
            _stopping.Cancel();
        }
        catch (AggregateException)
        {
            // A callback that a source registered on the token threw; disposal continues.
        }
    }

    /// <summary>Does what <see cref="DisposeAsync"/> does, without anybody waiting, where there is something to wait for.</summary>
    public void DisposeInBackground()
    {
        bool isPending = !_execution.Lanes.AreIdle;
        foreach (SourceSlot slot in _state.Known)
        {
            isPending |= BatchStates.IsHeldBy(slot.Loaded);
        }

        if (isPending)
        {
            _ = _disposal.Value;
        }
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return new ValueTask(_disposal.Value);
    }

    private async Task EndAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Task<bool> watching = TimeLimit.WaitAsync(_watches?.Ended ?? Task.CompletedTask, SourceCall.StopTimeLimit, _chain.TimeProvider, CancellationToken.None);
        await _execution.Lanes.Idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await watching.ConfigureAwait(false);
        await BatchStates.DisposeAsync(_state.Known.Select(s => s.Loaded)).ConfigureAwait(false);
    }

    // A source that was asked may be created again from what another one gave later.
    private static async Task EndOfAsync(IReadOnlyList<RefreshRun> runs, IReadOnlyCollection<int> ranks)
    {
        var known = new HashSet<RefreshRun>(runs);
        while (runs.Count > 0)
        {
            await Task.WhenAll(runs.Select(r => r.Done)).ConfigureAwait(false);
            runs = [.. runs.SelectMany(r => r.Followers).Where(f => ranks.Contains(f.Rank) && known.Add(f))];
        }
    }

    // An age of zero is always exceeded: a check that began within the same tick of the clock may have read what was there before.
    private static bool IsOlder(Moment? success, TimeSpan age, Moment now) => success is not { } since || age == TimeSpan.Zero || now.Since(since) > age;

    // Each in a group of its own, so that none waits for another.
    private Task RequestInBackground(int rank) => _isDisposed ? Task.CompletedTask : _execution.Request([rank], isRequested: false)[0].Done;

    private void OnDue()
    {
        Moment now = Now;
        if (Slots.Any(_publication.IsOverdue))
        {
            // What has become stale fails at its time, not when a load has ended.
            _ = _execution.PublishAsync();
        }

        foreach (SourceSlot slot in _state.Known)
        {
            if (slot.Next?.IsOverAt(now) == true && !_execution.Lanes.IsBusy(slot.Loaded.Rank))
            {
                _ = RequestInBackground(slot.Loaded.Rank);
            }
        }

        Reschedule();
    }

    private void Reschedule() => _timer.Set(NextWait);

    /// <summary>Gives the wait until the next thing is due; <see langword="null"/> where nothing is.</summary>
    private TimeSpan? NextWait(Moment now)
    {
        TimeSpan? wait = null;
        foreach (SourceSlot slot in _state.Known)
        {
            if (slot.Next is { } next && !_execution.Lanes.IsBusy(slot.Loaded.Rank))
            {
                wait = Schedule.Shorter(wait, next.LeftAt(now));
            }

            if (slot.Entry.FailsWhenStale && !_publication.IsFailing(slot) && slot.StaleAt(now) is { } stale)
            {
                wait = Schedule.Shorter(wait, stale.LeftAt(now));
            }
        }

        return wait;
    }

    private void OnCommitted()
    {
        _watches?.Follow();
        Reschedule();
    }

    // A load may create a source, which is watched from then on.
    private async Task WatchesIdleAsync(Watches watches)
    {
        await _execution.Lanes.Idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await watches.Idle.ConfigureAwait(false);
    }

    private Watch WatchOf(int rank, ISecretsChangeSignal signal) => new(
        signal,
        () => _state.Known[rank],
        () => _execution.Lanes.Present(rank),
        () => RequestInBackground(rank),
        failure => _live.OnWatch(_chain.Entries[rank].Name, failure),
        _schedule,
        _chain.TimeProvider);
}
