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
    private readonly SourceLoader _loader;
    private readonly Schedule _schedule;
    private readonly IServedChain _served;
    private readonly ChainState _state;
    private readonly RefreshLanes _lanes;
    private readonly DueTimer _timer;
    private readonly Publication _publication;

    // Results are taken in and served one at a time. Sources that only answer are asked meanwhile, so it is no lock.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private IReadOnlyList<Watch> _watches = [];
    private Task _watching = Task.CompletedTask;
    private int _isStopped;
    private volatile bool _isDisposed;

    public Refresher(Chain chain, IReadOnlyList<LoadedSource> loaded, IServedChain served)
    {
        _chain = chain;
        _served = served;
        _loader = new SourceLoader(chain);
        _schedule = new Schedule(chain.Random);
        _state = new ChainState(chain, _loader, _schedule, loaded, Now);
        _lanes = new RefreshLanes(loaded.Count, Start);
        _publication = new Publication(_state, served, IsStale, loaded);
        _timer = new DueTimer(chain.TimeProvider, OnDue);
    }

    /// <summary>Gets the sources as they are served.</summary>
    public IReadOnlyList<SourceSlot> Slots => _state.Served;

    /// <summary>Gets the end of the loads that are under way and waiting, and of what signals have begun.</summary>
    public Task Idle => Task.WhenAll([_lanes.Idle, .. _watches.Select(w => w.Idle)]);

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

    public void Start()
    {
        _chain.Telemetry.Add(this);
        if (_chain.IsWatching)
        {
            Watch();
        }

        Reschedule();
    }

    /// <summary>Reads sources again because the program asks. What fails keeps what it last gave; its status says so.</summary>
    /// <returns>What is known of all sources at the end.</returns>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public async Task<IReadOnlyList<SourceSlot>> RequestAsync(IReadOnlyCollection<int> ranks, IReadOnlyCollection<SecretPath>? rejected = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SecretsStore));
        try
        {
            await Task.WhenAll(Request(ranks, isRequested: true, rejected).Select(r => r.Done)).ConfigureAwait(false);
            return Slots;
        }
        catch (OperationCanceledException) when (_isDisposed)
        {
            // Only disposal cancels a load: whoever waits for one hears of it as such.
        }

        throw new ObjectDisposedException(typeof(SecretsStore).FullName);
    }

    /// <summary>Has the sources read again whose last success is older than that, without anybody waiting for it.</summary>
    public void RequestOlderThan(TimeSpan age)
    {
        Moment now = Now;
        foreach (SourceSlot slot in _state.Known)
        {
            // One that fails is tried when it is due, however often it is read.
            if (!slot.Loaded.IsNotAsked && IsOlder(slot.LastSuccess, age, now) && (slot.ConsecutiveFailures == 0 || slot.Next?.IsOverAt(now) == true))
            {
                _ = RequestInBackground(slot.Loaded.Rank);
            }
        }
    }

    /// <summary>Gives the sources, down to a rank, that last said longer ago than that what they have at a path.</summary>
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
        where slot.Loaded.PendingRemovals.Any(l => l.StartsWith(path, _chain.Options.Comparison) || path.StartsWith(l, _chain.Options.Comparison))
        select slot.Loaded.Rank;

    /// <summary>True where what a source serves is as old as it may become.</summary>
    public bool IsStale(SourceSlot slot) => slot.IsStale(Now, _lanes.UnderWay(slot.Loaded.Rank)?.StartedAt);

    /// <summary>Ends what was started, without waiting for it.</summary>
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
            // What a source registered on the token threw; the disposal goes on.
        }
    }

    /// <summary>Does what <see cref="DisposeAsync"/> does, without anybody waiting, where there is something to wait for.</summary>
    public void DisposeInBackground()
    {
        bool isPending = !_lanes.AreIdle;
        foreach (SourceSlot slot in _state.Known)
        {
            isPending |= SourceStates.IsHeldBy(slot.Loaded);
        }

        if (isPending)
        {
            DisposeLater();
        }
    }

    private void DisposeLater() => _ = Detached.Start(() => Task.Run(async () => await DisposeAsync().ConfigureAwait(false)));

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _lanes.Idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await SourceStates.DisposeAsync(_state.Known.Select(s => s.Loaded)).ConfigureAwait(false);
    }

    // An age of zero is always exceeded: a check that began within the same tick of the clock may have read what was there before.
    private static bool IsOlder(Moment? success, TimeSpan age, Moment now) => success is not { } since || age == TimeSpan.Zero || now.Since(since) > age;

    private IReadOnlyList<RefreshRun> Request(IReadOnlyCollection<int> ranks, bool isRequested, IReadOnlyCollection<SecretPath>? rejected = null) =>
        _lanes.Request(ranks, new RefreshGroup(_chain.TimeProvider, _stopping.Token), isRequested, rejected ?? []);

    // Each in a group of its own, so that none waits for another.
    private Task RequestInBackground(int rank) => _isDisposed ? Task.CompletedTask : Request([rank], isRequested: false)[0].Done;

    // Many may wait for it, so it belongs to none of them: neither to a thread that its caller blocks, nor to a request that ends.
    private void Start(RefreshRun run) => _ = Detached.Start(() => Task.Run(() => ExecuteAsync(run)));

    private async Task ExecuteAsync(RefreshRun run)
    {
        Exception? failure = null;
        try
        {
            await WaitForHigherAsync(run).ConfigureAwait(false);
            await LoadAsync(run).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            failure = thrown;
            await PostponeAsync(run.Rank).ConfigureAwait(false);
        }

        run.Group.OnCommitted(run);
        _lanes.End(run);
        Reschedule();
        try
        {
            await ServeAsync(run).ConfigureAwait(false);
            await SourceStates.DisposeAsync(run.Left).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            failure ??= thrown;
        }

        Reschedule();
        run.End(failure);
        _lanes.Close(run);
    }

    /// <summary>What a remote source is asked for, and what a source is created from, follows from the answers of others that were asked with it.</summary>
    private Task WaitForHigherAsync(RefreshRun run)
    {
        ChainEntry entry = _chain.Entries[run.Rank];
        bool depends = !entry.IsLocal && (_chain.Declared.Count > 0 || entry.Factory is not null);
        return !depends ? Task.CompletedTask : run.Group.WaitForAsync(other => other != run
            && ((_chain.Declared.Count > 0 && other.Rank < run.Rank) || (entry.Factory is not null && _chain.Entries[other.Rank].Position < entry.Position && other.Rank != run.Rank)));
    }

    private async Task LoadAsync(RefreshRun run)
    {
        _stopping.Token.ThrowIfCancellationRequested();
        _lanes.Begin(run, Now);
        LoadOrder order = run.Order = _state.OrderFor(run);
        Reschedule();
        LoadedSource loaded = order.Demands is { Count: 0 } && !_chain.Entries[run.Rank].IsLocal
            ? _state.NotAsked(run.Rank, order.Previous!)
            : await _loader.LoadAsync(order, _stopping.Token).ConfigureAwait(false);
        await RunAsync(async () =>
        {
            if (_stopping.IsCancellationRequested)
            {
                await SourceStates.DisposeAsync(order.Previous?.Batch is null ? loaded.Batch : null).ConfigureAwait(false);
                _stopping.Token.ThrowIfCancellationRequested();
            }

            IReadOnlyList<LoadOrder> needed = _state.Commit(run, loaded, Now, _lanes.IsBusy);
            run.Dependents = [.. needed.Select(n => DependentOf(run, n))];
        }).ConfigureAwait(false);
    }

    // After a failure of the engine's own, which must neither end the loop nor make it spin.
    private Task PostponeAsync(int rank) => RunAsync(() =>
    {
        _state.Postpone(rank, Now);
        return Task.CompletedTask;
    });

    private RefreshRun DependentOf(RefreshRun run, LoadOrder order) =>
        _lanes.UnderWay(order.Rank) is { Order: { } underWay } present && present != run && _state.Covers(underWay, order)
            ? present
            : _lanes.Request([order.Rank], run.Group, run.IsRequested, [])[0];

    /// <summary>Serves a result, once what it makes others be asked for is known, and together with the other results of its request.</summary>
    private async Task ServeAsync(RefreshRun run)
    {
        await Task.WhenAll(run.Dependents.Select(d => d.Committed)).ConfigureAwait(false);
        await run.Group.WaitForAllAsync().ConfigureAwait(false);
        await PublishAsync(() => _publication.Release(run.Group, () => Now)).ConfigureAwait(false);
    }

    /// <summary>Runs one change of what is known or served.</summary>
    private async Task RunAsync(Func<Task> change)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await change().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task PublishAsync(Action publish) => RunAsync(() =>
    {
        if (!_isDisposed)
        {
            publish();
        }

        return Task.CompletedTask;
    });

    private void OnDue()
    {
        Moment now = Now;
        if (Slots.Any(_publication.IsOverdue))
        {
            // What has become stale fails at its time, not when a load has ended.
            _ = PublishAsync(_publication.Publish);
        }

        foreach (SourceSlot slot in _state.Known)
        {
            if (slot.Next?.IsOverAt(now) == true && !_lanes.IsBusy(slot.Loaded.Rank))
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
            if (slot.Next is { } next && !_lanes.IsBusy(slot.Loaded.Rank))
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

    private void Watch()
    {
        _watches = [.. _state.Known.Where(s => s.Loaded.Source is ISecretsChangeSignal).Select(WatchOf)];
        _watching = Detached.Start(() => Task.WhenAll([.. _watches.Select(w => w.RunAsync(_stopping.Token))]));
    }

    private Watch WatchOf(SourceSlot slot)
    {
        int rank = slot.Loaded.Rank;
        return new Watch(
            () => (ISecretsChangeSignal)_state.Known[rank].Loaded.Source!,
            () => _state.Known[rank],
            () => RequestInBackground(rank),
            failure => _served.OnWatch(slot.Entry.Name, failure),
            _schedule,
            _chain.TimeProvider);
    }
}
