namespace Secrets.Refreshing;

/// <summary>
/// One refresh at a time, on a thread of the pool. Whoever asks for sources that the refresh under way reads joins it;
/// for others, all who ask meanwhile share the next one.
/// </summary>
/// <typeparam name="T">What a refresh ends in.</typeparam>
internal sealed class RefreshQueue<T>(Func<IReadOnlySet<int>, Task<T>> refresh)
{
    private readonly Lock _lock = new();

    private Run? _current;

    private Run? _next;

    /// <summary>Gets the refreshes that are under way and waiting, for whoever must see their end.</summary>
    public Task Idle
    {
        get
        {
            lock (_lock)
            {
                return Task.WhenAll(_current?.Done.Task ?? Task.CompletedTask, _next?.Done.Task ?? Task.CompletedTask);
            }
        }
    }

    public Task<T> RequestAsync(IReadOnlyCollection<int> ranks)
    {
        Run run;
        lock (_lock)
        {
            if (_current is not null)
            {
                if (_current.Ranks.IsSupersetOf(ranks))
                {
                    return _current.Done.Task;
                }

                _next ??= new Run();
                _next.Ranks.UnionWith(ranks);
                return _next.Done.Task;
            }

            run = _current = new Run();
            run.Ranks.UnionWith(ranks);
        }

        // Many may wait for it, so it belongs to none of them: neither to a thread that its caller blocks, nor to a request that ends.
        _ = Detached.Start(() => Task.Run(() => ExecuteAsync(run)));
        return run.Done.Task;
    }

    private async Task ExecuteAsync(Run first)
    {
        for (Run? run = first; run is not null;)
        {
            Run done = run;
            T? result = default;
            Exception? failure = null;
            try
            {
                result = await refresh(run.Ranks).ConfigureAwait(false);
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }

            // First, so that whoever goes on and asks again does not join what has ended.
            lock (_lock)
            {
                run = _current = _next;
                _next = null;
            }

            done.Complete(result!, failure);
        }
    }

    private sealed class Run
    {
        public HashSet<int> Ranks { get; } = [];

        // Whoever waits goes on elsewhere, so that the next refresh does not wait for them.
        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Complete(T result, Exception? failure)
        {
            if (failure is null)
            {
                Done.SetResult(result);
            }
            else
            {
                Done.SetException(failure);
                _ = Done.Task.Exception;
            }
        }
    }
}
