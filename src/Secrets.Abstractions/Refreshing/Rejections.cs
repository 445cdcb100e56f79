using Secrets.Keys;
using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>
/// Reports of values that a server refused. The first report of a path starts a refresh, and reports within the next 5 seconds share it: a thousand requests that fail at once, or
/// a credential that is always refused, must not become a call each.
/// </summary>
internal sealed class Rejections(IEqualityComparer<string> keys, TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<SecretPath, SharedRefresh> _recent = new(new PathComparer(keys));

    /// <summary>Gives the refresh of a path that is shared at the moment, and starts one if there is none.</summary>
    public Task Share(SecretPath path, Func<Task> refresh)
    {
        Moment now = Moment.Now(timeProvider);
        lock (_lock)
        {
            foreach ((SecretPath old, SharedRefresh recent) in _recent)
            {
                if (now.Since(recent.StartedAt) >= Window && recent.Task.IsCompleted)
                {
                    _recent.Remove(old);
                }
            }

            if (!_recent.TryGetValue(path, out SharedRefresh? shared) || now.Since(shared.StartedAt) >= Window)
            {
                shared = new SharedRefresh(now, refresh());
                _recent[path] = shared;
            }

            return shared.Task;
        }
    }

    private sealed class SharedRefresh(Moment startedAt, Task task)
    {
        public Moment StartedAt { get; } = startedAt;

        public Task Task { get; } = task;
    }
}
