using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>
/// Keeps a store fresh: reads sources again when they are due, when they signal a change and when the program asks, one refresh at a time.
/// A failure never ends it. Disposal ends everything that it started.
/// </summary>
internal sealed class Refresher : IAsyncDisposable
{
    private readonly Chain _chain;
    private readonly Schedule _schedule;
    private readonly WarningLog _warnings;
    private readonly Action<IReadOnlyList<LoadedSource>, IReadOnlySet<string>> _publish;
    private readonly RefreshQueue _queue;
    private readonly CancellationTokenSource _stopping = new();
    private ITimer? _timer;
    private readonly Lock _lock = new();
    private Task _watches = Task.CompletedTask;
    private HashSet<string> _failing = [];
    private volatile SourceSlot[] _slots;
    private bool _isDisposed;

    public Refresher(
        Chain chain,
        IReadOnlyList<LoadedSource> loaded,
        WarningLog warnings,
        Action<IReadOnlyList<LoadedSource>, IReadOnlySet<string>> publish)
    {
        _chain = chain;
        _warnings = warnings;
        _publish = publish;
        _schedule = new Schedule(chain.Random);
        _slots = [.. loaded.Select(s => new SourceSlot(chain.Entries[s.Rank], new LoadedSource(s.Name, s.Rank, s.Source)))];
        _queue = new RefreshQueue(RefreshAsync);
        Update(loaded, [.. loaded.Where(s => s.Batch is not null || s.Failure is not null).Select(s => s.Rank)]);
    }

    public IReadOnlyList<SourceSlot> Slots => _slots;

    /// <summary>Gets the refreshes that are under way and waiting.</summary>
    public Task Idle => _queue.Idle;

    public void Start()
    {
        if (_chain.IsWatching)
        {
            _watches = Task.WhenAll(_slots.Select(s => s.Loaded.Source).OfType<ISecretsChangeSignal>().Select(WatchAsync));
        }

        Reschedule();
    }

    /// <summary>Reads sources again. What fails keeps what it last gave; its status says so.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public Task RequestAsync(IEnumerable<int> ranks)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SecretsStore));
        return _queue.RequestAsync(ranks);
    }

    /// <summary>Reads all sources again, on another thread and without anybody waiting for it.</summary>
    public void RequestInBackground()
    {
        if (!_isDisposed)
        {
            _ = Task.Run(() => _queue.RequestAsync([.. Enumerable.Range(0, _slots.Length)]));
        }
    }

    /// <summary>Gives the failures of sources, as of their last loads.</summary>
    public IReadOnlyList<Exception> FailuresOf(IEnumerable<int> ranks) => [.. ranks.Select(rank => _slots[rank].Loaded.Failure).OfType<Exception>()];

    /// <summary>Gives the sources, down to a rank, whose last success is older than that.</summary>
    public IReadOnlyList<int> OlderThan(TimeSpan age, int lowestRank)
    {
        DateTimeOffset now = _chain.TimeProvider.GetUtcNow();
        return
        [
            .. from slot in _slots
               where slot.Loaded.Rank <= lowestRank && (slot.Loaded.Batch is not null || slot.Loaded.Failure is not null)
               where slot.LastSuccess is null || now - slot.LastSuccess > age
               select slot.Loaded.Rank,
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

        _stopping.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        if (_timer is { } timer)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }

        await _watches.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _queue.Idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RefreshAsync(IReadOnlySet<int> ranks)
    {
        LoadedSource[] before = [.. _slots.Select(s => s.Loaded)];
        var loader = new ChainLoader(_chain, before, ranks);
        IReadOnlyList<LoadedSource> after = await loader.LoadAsync(_stopping.Token).ConfigureAwait(false);
        Update(after, loader.Attempted);
        HashSet<string> failing = Failing();
        bool isSame = failing.SetEquals(_failing) && before.Zip(after).All(pair => ReferenceEquals(pair.First.Layers, pair.Second.Layers)
            && AnswersAlike(pair.First, pair.Second));
        _failing = failing;
        if (!isSame && !_stopping.IsCancellationRequested)
        {
            _publish(after, failing);
        }

        Reschedule();
    }

    // What a lookup would answer cannot be listed, so a new copy of it counts as new.
    private static bool AnswersAlike(LoadedSource before, LoadedSource after) => after.Lookup is null || ReferenceEquals(before.Batch, after.Batch);

    private void Update(IReadOnlyList<LoadedSource> loaded, IReadOnlyCollection<int> read)
    {
        DateTimeOffset now = _chain.TimeProvider.GetUtcNow();
        SourceSlot[] before = _slots;
        SourceSlot[] after = [.. loaded.Select(s => before[s.Rank].After(s, read.Contains(s.Rank), now, _schedule))];
        foreach (SourceSlot slot in after.Where(s => s.FailureCode is not null && s.FailureCode != before[s.Loaded.Rank].FailureCode))
        {
            _warnings.AddOnce(SecretsWarningCode.RefreshFailed, slot.Loaded.Failure!.Message, slot.Entry.Name, path: null);
        }

        _slots = after;
    }

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

    private void Reschedule()
    {
        DateTimeOffset? next = _slots.Min(s => s.NextRefresh);
        lock (_lock)
        {
            if (next is not null && !_isDisposed)
            {
                TimeSpan wait = next.Value - _chain.TimeProvider.GetUtcNow();
                // Made when it is first needed: most stores of local files never are.
                _timer ??= _chain.TimeProvider.CreateTimer(_ => OnDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private async Task WatchAsync(ISecretsChangeSignal signal)
    {
        int rank = Array.Find(_slots, s => ReferenceEquals(s.Loaded.Source, signal))!.Loaded.Rank;
        for (int failures = 0; !_stopping.IsCancellationRequested;)
        {
            try
            {
                SourceSlot slot = _slots[rank];
                if (failures > 0)
                {
                    await Task.Delay(_schedule.Retry(failures), _chain.TimeProvider, _stopping.Token).ConfigureAwait(false);
                }

                await signal.WaitForChangeAsync(slot.Loaded.Batch, _chain.TimeProvider, _stopping.Token).ConfigureAwait(false);
                await _queue.RequestAsync([rank]).ConfigureAwait(false);

                // A file that cannot be read now may be whole at any moment: the wait stays short, however often it failed.
                failures = _slots[rank].ConsecutiveFailures == 0 ? 0 : 1;
            }
            catch (Exception failure) when (!_stopping.IsCancellationRequested)
            {
                failures++;
                string name = _chain.Entries[rank].Name;
                _warnings.AddOnce(SecretsWarningCode.RefreshFailed, Redaction.Redaction.Foreign(failure, name).Message, name, path: null);
            }
        }
    }
}
