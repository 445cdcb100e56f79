using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>
/// The refresher of a store, which is created when it is first needed. A store of local files that nothing watches and the program never refreshes does without, and so is built faster.
/// </summary>
/// <param name="chain">The chain.</param>
/// <param name="loaded">The sources as the build left them.</param>
/// <param name="live">What is served.</param>
/// <param name="overlaid">Gives a snapshot as this flow of execution sees it, with what a test has laid over it.</param>
internal sealed class DeferredRefresher(Chain chain, IReadOnlyList<LoadedSource> loaded, LiveSnapshot live, Func<Snapshot, Snapshot> overlaid)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<LoadedSource>? _loaded = loaded;
    private Refresher? _refresher;
    private FreshReads? _freshReads;
    private bool _isStopped;

    /// <summary>Gets the refresher. Where the store is disposed, it is stopped from the start.</summary>
    public Refresher Value
    {
        get
        {
            lock (_lock)
            {
                return _refresher ??= Create();
            }
        }
    }

    public bool IsCreated
    {
        get
        {
            lock (_lock)
            {
                return _refresher is not null;
            }
        }
    }

    public FreshReads FreshReads
    {
        get
        {
            lock (_lock)
            {
                return _freshReads ??= new FreshReads(chain, live, Value, overlaid);
            }
        }
    }

    /// <summary>Starts the refresher where there is something to do that the program does not ask for.</summary>
    public void StartIfNeeded()
    {
        if (Refresher.IsNeeded(chain, _loaded!))
        {
            _ = Value;
        }
    }

    /// <summary>Stops the refresher, without waiting for what it started.</summary>
    /// <returns>The refresher; <see langword="null"/> where there was none.</returns>
    public Refresher? Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
        }

        _refresher?.Stop();
        return _refresher;
    }

    private Refresher Create()
    {
        var refresher = new Refresher(chain, _loaded!, live);

        // The sources as the build left them are those of the refresher from here on.
        _loaded = null;
        if (_isStopped)
        {
            refresher.Stop();
        }
        else
        {
            refresher.Start();
        }

        return refresher;
    }
}
