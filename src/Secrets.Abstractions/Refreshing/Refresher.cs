using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>
/// Keeps a store fresh: reads sources again when they are due, when they signal a change and when the program asks, one refresh at a time.
/// A failure never ends it. Disposal ends everything that it started.
/// </summary>
internal sealed class Refresher : IAsyncDisposable
{
    // Timers take no longer ones; one that fires early is set again.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Chain _chain;
    private readonly Schedule _schedule;
    private readonly WarningLog _warnings;
    private readonly Action<IReadOnlyList<LoadedSource>, IReadOnlySet<string>> _publish;
    private readonly RefreshQueue<IReadOnlyList<SourceSlot>> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private ITimer? _timer;
    private readonly Lock _lock = new();
    private IReadOnlyList<Watch> _watches = [];
    private Task _watching = Task.CompletedTask;
    private IReadOnlyList<LoadedSource> _published;
    private IReadOnlySet<string> _failing = new HashSet<string>(StringComparer.Ordinal);
    private volatile SourceSlot[] _slots;
    private volatile bool _isDisposed;

    public Refresher(
        Chain chain,
        IReadOnlyList<LoadedSource> loaded,
        WarningLog warnings,
        Action<IReadOnlyList<LoadedSource>, IReadOnlySet<string>> publish)
    {
        _chain = chain;
        _warnings = warnings;
        _publish = publish;
        _published = loaded;
        _schedule = new Schedule(chain.Random);
        _slots = [.. loaded.Select(s => new SourceSlot(chain.Entries[s.Rank], new LoadedSource(s.Name, s.Rank, s.Source)))];
        _queue = new RefreshQueue<IReadOnlyList<SourceSlot>>(RefreshAsync);
        Update(loaded, [.. loaded.Where(s => !s.IsNotAsked).Select(s => s.Rank)]);
    }

    public IReadOnlyList<SourceSlot> Slots => _slots;

    /// <summary>Gets the end of the refreshes that are under way and waiting, and of what signals have begun.</summary>
    public Task Idle => Task.WhenAll([_queue.Idle, .. _watches.Select(w => w.Idle)]);

    public void Start()
    {
        if (_chain.IsWatching)
        {
            _watches = [.. _slots.Where(s => s.Loaded.Source is ISecretsChangeSignal).Select(WatchOf)];
            _watching = Detached.Start(() => Task.WhenAll([.. _watches.Select(w => w.RunAsync(_stopping.Token))]));
        }

        Reschedule();
    }

    /// <summary>Reads sources again. What fails keeps what it last gave; its status says so.</summary>
    /// <returns>What is known of all sources at the end.</returns>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public async Task<IReadOnlyList<SourceSlot>> RequestAsync(IReadOnlyCollection<int> ranks)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SecretsStore));
        try
        {
            return await _queue.RequestAsync(ranks).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isDisposed)
        {
            // Only disposal cancels a refresh: whoever waits for one has it said in its own words.
        }

        throw new ObjectDisposedException(typeof(SecretsStore).FullName);
    }

    /// <summary>Has the sources read again whose last success is older than that, without anybody waiting for it.</summary>
    public void RequestOlderThan(TimeSpan age)
    {
        DateTimeOffset now = _chain.TimeProvider.GetUtcNow();
        int[] old =
        [
            // One that fails is tried when it is due, however often it is read.
            .. _slots.Where(s => !s.Loaded.IsNotAsked && IsOlder(s.LastSuccess, age, now) && (s.ConsecutiveFailures == 0 || s.NextRefresh <= now))
                .Select(s => s.Loaded.Rank),
        ];
        if (old.Length > 0 && !_isDisposed)
        {
            _ = _queue.RequestAsync(old);
        }
    }

    /// <summary>Gives the sources, down to a rank, that last said longer ago than that what they have at a path.</summary>
    public IReadOnlyList<SourceSlot> OlderThan(TimeSpan age, SecretPath path, int lowestRank)
    {
        DateTimeOffset now = _chain.TimeProvider.GetUtcNow();
        Pins pins = _chain.Options.Pins;
        return
        [
            .. _slots.Where(s => s.Loaded.Rank <= lowestRank && !s.Loaded.IsNotAsked && IsOlder(s.CheckedAt(path), age, now)
                && (pins.Allows(path, s.Loaded.Name) || pins.AllowsBelow(path, s.Loaded.Name))),
        ];
    }

    /// <summary>Ends what was started, without waiting for it.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _timer?.Dispose();
        }

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
        if (!_queue.Idle.IsCompleted || SourceStates.AreHeld(_slots.Select(s => s.Loaded)))
        {
            _ = Detached.Start(() => Task.Run(async () => await DisposeAsync().ConfigureAwait(false)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        if (_timer is { } timer)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }

        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _queue.Idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await SourceStates.DisposeAsync(_slots.Select(s => s.Loaded)).ConfigureAwait(false);
    }

    private static bool IsOlder(DateTimeOffset? success, TimeSpan age, DateTimeOffset now) => success is null || now - success > age;

    private async Task<IReadOnlyList<SourceSlot>> RefreshAsync(IReadOnlySet<int> ranks)
    {
        TimeSpan pause = _schedule.Retry(1);
        try
        {
            // What has become stale fails at its time, not when the load has ended.
            PublishChanges();
            var loader = new ChainLoader(_chain, [.. _slots.Select(s => s.Loaded)], ranks);
            IReadOnlyList<LoadedSource> after;
            try
            {
                after = await loader.LoadAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch
            {
                await loader.DiscardAsync().ConfigureAwait(false);
                throw;
            }

            if (_stopping.IsCancellationRequested)
            {
                await loader.DiscardAsync().ConfigureAwait(false);
                _stopping.Token.ThrowIfCancellationRequested();
            }

            // What is not asked any more holds nothing any more.
            LoadedSource[] left = [.. _slots.Select(s => s.Loaded).Where(s => s.Batch is not null && after[s.Rank].Batch is null)];
            Update(after, loader.Attempted);
            PublishChanges();
            await SourceStates.DisposeAsync(left).ConfigureAwait(false);
            pause = TimeSpan.Zero;
            return _slots;
        }
        finally
        {
            // Also after a failure of the engine's own, which must neither end the loop nor make it spin.
            Reschedule(pause);
        }
    }

    private void PublishChanges()
    {
        LoadedSource[] loaded = [.. _slots.Select(s => s.Loaded)];
        HashSet<string> failing = Failing();
        if (!failing.SetEquals(_failing) || loaded.Zip(_published).Any(pair => !pair.First.IsServedAs(pair.Second)))
        {
            _publish(loaded, failing);
            _published = loaded;
            _failing = failing;
        }
    }

    private void Update(IReadOnlyList<LoadedSource> loaded, IReadOnlyCollection<int> read)
    {
        DateTimeOffset now = _chain.TimeProvider.GetUtcNow();
        SourceSlot[] before = _slots;
        SourceSlot[] after = [.. loaded.Select(s => before[s.Rank].After(s, read.Contains(s.Rank), now, _schedule))];
        foreach (SourceSlot slot in after.Where(s => s.TroubleCode is not null && s.TroubleCode != before[s.Loaded.Rank].TroubleCode))
        {
            Report(slot.Trouble!, slot.Entry.Name);
        }

        _slots = after;
    }

    private void Report(Exception failure, string source) =>
        _warnings.AddLatest(SecretsWarningCode.RefreshFailed, Redaction.Redaction.Foreign(failure, source).Message, source);

    private HashSet<string> Failing()
    {
        DateTimeOffset now = _chain.TimeProvider.GetUtcNow();
        return [.. _slots.Where(s => s.Entry.Policy.FailsWhenStale && s.IsStale(now)).Select(s => s.Entry.Name)];
    }

    private void OnDue()
    {
        DateTimeOffset now = _chain.TimeProvider.GetUtcNow();
        int[] due = [.. _slots.Where(s => s.NextRefresh <= now).Select(s => s.Loaded.Rank)];
        if (due.Length > 0 && !_isDisposed)
        {
            _ = _queue.RequestAsync(due);
        }
        else
        {
            Reschedule();
        }
    }

    private void Reschedule(TimeSpan atLeast = default)
    {
        // All of it under the lock, so that who comes last has seen the newest slots.
        lock (_lock)
        {
            if (!_isDisposed && _slots.Min(s => s.NextRefresh) is { } next)
            {
                TimeSpan wait = next - _chain.TimeProvider.GetUtcNow();
                wait = wait < atLeast ? atLeast : wait > LongestTimer ? LongestTimer : wait;

                // Made when it is first needed: most stores of local files never are.
                _timer ??= Detached.Start(() => _chain.TimeProvider.CreateTimer(_ => OnDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));

                // Timers count whole milliseconds: one that is rounded down fires before anything is due.
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private Watch WatchOf(SourceSlot slot)
    {
        int rank = slot.Loaded.Rank;
        return new Watch(
            () => (ISecretsChangeSignal)_slots[rank].Loaded.Source!,
            () => _slots[rank],
            () => _queue.RequestAsync([rank]),
            failure => Report(failure, slot.Entry.Name),
            _schedule,
            _chain.TimeProvider);
    }
}
