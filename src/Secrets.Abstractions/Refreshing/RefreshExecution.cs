using System.Diagnostics.CodeAnalysis;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>
/// Runs the loads of a store, from the request to the moment at which the result is served: a load waits for higher sources of its request that it depends on, is committed to
/// what is known, has others asked for what its source no longer has, and is served with the other results of its request.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore holds nothing unless its wait handle is asked for.")]
internal sealed class RefreshExecution
{
    private readonly Chain _chain;
    private readonly SourceLoader _loader;
    private readonly ChainState _state;
    private readonly Publication _publication;
    private readonly Action _reschedule;
    private readonly CancellationToken _stopping;

    // Results are committed and served one at a time. Sources that only answer are asked meanwhile, so this is no lock.
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="chain">The chain.</param>
    /// <param name="loader">Loads a source.</param>
    /// <param name="state">What is known of the sources.</param>
    /// <param name="publication">Serves results.</param>
    /// <param name="reschedule">Called when the next due time may be another one.</param>
    /// <param name="stopping">Cancelled when the store is disposed.</param>
    public RefreshExecution(Chain chain, SourceLoader loader, ChainState state, Publication publication, Action reschedule, CancellationToken stopping)
    {
        _chain = chain;
        _loader = loader;
        _state = state;
        _publication = publication;
        _reschedule = reschedule;
        _stopping = stopping;
        Lanes = new RefreshLanes(chain.Entries.Count, Start);
    }

    public RefreshLanes Lanes { get; }

    private Moment Now => Moment.Now(_chain.TimeProvider);

    /// <summary>Asks for a load of each of some sources.</summary>
    public IReadOnlyList<RefreshRun> Request(IReadOnlyCollection<int> ranks, bool isRequested, IReadOnlyCollection<SecretPath>? rejected = null) =>
        Lanes.Request(ranks, new RefreshGroup(_chain.TimeProvider, _stopping), isRequested, rejected ?? []);

    /// <summary>Serves what has changed by the passing of time.</summary>
    public Task PublishAsync() => PublishAsync(_publication.Publish);

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
        Lanes.End(run);
        _reschedule();
        try
        {
            await ServeAsync(run).ConfigureAwait(false);
            await BatchStates.DisposeAsync(run.NoLongerAsked).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            failure ??= thrown;
        }

        _reschedule();
        run.End(failure);
        Lanes.Close(run);
    }

    /// <summary>What a remote source is asked for, and what a source is created from, follows from the answers of others that were asked with it.</summary>
    private Task WaitForHigherAsync(RefreshRun run)
    {
        ChainEntry entry = _chain.Entries[run.Rank];
        bool dependsOnHigher = !entry.IsLocal && _chain.Demands.Count > 0;
        bool isCreated = entry.Factory is not null;
        return !dependsOnHigher && !isCreated ? Task.CompletedTask : run.Group.WaitForAsync(other => other != run
            && ((dependsOnHigher && other.Rank < run.Rank) || (isCreated && other.Rank != run.Rank && _chain.Entries[other.Rank].Position < entry.Position)));
    }

    private async Task LoadAsync(RefreshRun run)
    {
        _stopping.ThrowIfCancellationRequested();
        Lanes.Begin(run, Now);
        LoadOrder order = run.Order = _state.OrderFor(run);
        _reschedule();
        LoadedSource loaded = order.Demands is { Count: 0 } && !_chain.Entries[run.Rank].IsLocal
            ? _state.NotAsked(run.Rank, order.Previous!)
            : await _loader.LoadAsync(order, _stopping).ConfigureAwait(false);
        await RunAsync(async () =>
        {
            if (_stopping.IsCancellationRequested)
            {
                await BatchStates.DisposeAsync(order.Previous?.Batch is null ? loaded.Batch : null).ConfigureAwait(false);
                _stopping.ThrowIfCancellationRequested();
            }

            IReadOnlyList<LoadOrder> needed = _state.Commit(run, loaded, Now, Lanes.IsBusy);
            run.Followers = [.. needed.Select(n => FollowerOf(run, n))];

            // What a source is only created again for is no reason to wait: it still serves all that it is asked for.
            run.Dependents = [.. run.Followers.Where((_, i) => !DemandRules.IsCovered(needed[i].Demands, needed[i].Previous!))];
        }).ConfigureAwait(false);
    }

    // After a failure of the engine's own, which must neither end the loop nor make it spin.
    private Task PostponeAsync(int rank) => RunAsync(() =>
    {
        _state.Postpone(rank, Now);
        return Task.CompletedTask;
    });

    private RefreshRun FollowerOf(RefreshRun run, LoadOrder order) =>
        Lanes.UnderWay(order.Rank) is { Order: { } underWay } present && present != run && _state.Covers(underWay, order)
            ? present
            : Lanes.Request([order.Rank], run.Group, run.IsRequested, [])[0];

    /// <summary>Serves a result, once what it makes others be asked for is known, and together with the other results of its request.</summary>
    private async Task ServeAsync(RefreshRun run)
    {
        await Task.WhenAll(run.Dependents.Select(d => d.Committed)).ConfigureAwait(false);
        await run.Group.WaitForAllAsync().ConfigureAwait(false);
        await PublishAsync(() => _publication.Release(run.Group, () => Now)).ConfigureAwait(false);
    }

    private Task PublishAsync(Action publish) => RunAsync(() =>
    {
        if (!_stopping.IsCancellationRequested)
        {
            publish();
        }

        return Task.CompletedTask;
    });

    /// <summary>Runs one change of what is known or served.</summary>
    private async Task RunAsync(Func<Task> change)
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await change().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
