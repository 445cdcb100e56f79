namespace Secrets.Refreshing;

/// <summary>
/// One refresh at a time. Whoever asks for sources that the refresh under way reads joins it; for others, all who ask meanwhile share the next one.
/// </summary>
internal sealed class RefreshQueue(Func<IReadOnlySet<int>, Task> refresh)
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

    public Task RequestAsync(IEnumerable<int> ranks)
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

        _ = ExecuteAsync(run);
        return run.Done.Task;
    }

    private async Task ExecuteAsync(Run first)
    {
        for (Run? run = first; run is not null;)
        {
            Exception? failure = null;
            try
            {
                await refresh(run.Ranks).ConfigureAwait(false);
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }

            Run done = run;
            lock (_lock)
            {
                run = _current = _next;
                _next = null;
            }

            done.Complete(failure);
        }
    }

    private sealed class Run
    {
        public HashSet<int> Ranks { get; } = [];

        // Whoever waits goes on elsewhere, so that the next refresh does not wait for them.
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Complete(Exception? failure)
        {
            if (failure is null)
            {
                Done.SetResult();
            }
            else
            {
                Done.SetException(failure);
                _ = Done.Task.Exception;
            }
        }
    }
}
