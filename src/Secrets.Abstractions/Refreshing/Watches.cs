using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>
/// The watches of a store, one for each source that signals changes. A source that is created from others is watched from its creation on; where it is created again, another
/// watch takes the place of the first, which waits for changes of what is not served any more.
/// </summary>
/// <param name="state">What is known of the sources.</param>
/// <param name="watchOf">Creates the watch of a source.</param>
/// <param name="onReplaced">Called when a watch ends because its source was replaced.</param>
/// <param name="stopping">Cancelled when the store is disposed.</param>
internal sealed class Watches(ChainState state, Func<int, ISecretsChangeSignal, Watch> watchOf, Action<int> onReplaced, CancellationToken stopping)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Running> _present = [];
    private readonly List<Task> _tasks = [];

    /// <summary>Gets a task that ends when each watch waits for the next signal, for tests.</summary>
    public Task Idle
    {
        get
        {
            lock (_lock)
            {
                return Task.WhenAll(_present.Values.Select(r => r.Watch.Idle));
            }
        }
    }

    /// <summary>Gets a task that ends when all watches have ended, those that were replaced too.</summary>
    public Task Ended
    {
        get
        {
            lock (_lock)
            {
                return Task.WhenAll(_tasks);
            }
        }
    }

    /// <summary>Gives each source that is new, or new in its place, a watch.</summary>
    public void Follow()
    {
        lock (_lock)
        {
            foreach (SourceSlot slot in state.Known)
            {
                int rank = slot.Loaded.Rank;
                Running? present = _present.GetValueOrDefault(rank);
                if (!ReferenceEquals(present?.Signal, slot.Loaded.Source as ISecretsChangeSignal) && !stopping.IsCancellationRequested)
                {
                    Replace(rank, present, slot.Loaded.Source as ISecretsChangeSignal);
                }
            }
        }
    }

    private void Replace(int rank, Running? present, ISecretsChangeSignal? signal)
    {
        if (present is not null)
        {
            _present.Remove(rank);
            _ = EndAsync(present);
            onReplaced(rank);
        }

        if (signal is not null)
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            Watch watch = watchOf(rank, signal);

            // On a thread of the pool: a signal may block its thread, and a poll reads files before its first wait.
            Task task = Detached.Start(() => Task.Run(() => watch.RunAsync(stop.Token), CancellationToken.None));
            _present[rank] = new Running(signal, watch, stop, task);
            _tasks.RemoveAll(t => t.IsCompleted);
            _tasks.Add(task);
        }
    }

    private static async Task EndAsync(Running replaced)
    {
        await replaced.Stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await replaced.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        replaced.Stop.Dispose();
    }

    private sealed class Running(ISecretsChangeSignal signal, Watch watch, CancellationTokenSource stop, Task task)
    {
        public ISecretsChangeSignal Signal { get; } = signal;

        public Watch Watch { get; } = watch;

        public CancellationTokenSource Stop { get; } = stop;

        public Task Task { get; } = task;
    }
}
