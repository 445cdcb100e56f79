using Secrets.Keys;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Who wants to know of changes. A handler that throws harms neither the others nor the refresh.</summary>
internal sealed class Subscriptions(IEqualityComparer<string> keys, WarningLog warnings)
{
    private readonly Lock _lock = new();

    private readonly PathComparer _paths = new(keys);

    private Subscription[] _all = [];

    /// <param name="path">The path at, below or around which a change counts.</param>
    /// <param name="handler">Called once for each state, and never by two threads at a time.</param>
    /// <param name="present">Gives the state to begin with, as a change; <see langword="null"/> to wait for the first change.</param>
    public IDisposable Add(SecretPath path, Action<SecretsChangedEventArgs> handler, Func<SecretsChangedEventArgs>? present = null)
    {
        var subscription = new Subscription(this, path, handler);
        subscription.Begin(() =>
        {
            lock (_lock)
            {
                _all = [.. _all, subscription];
            }

            // Only now: a change from here on is published to this subscription too.
            return present?.Invoke() is { } now ? Select(now, path) ?? new SecretsChangedEventArgs([], [], [], now.View) : null;
        });
        return subscription;
    }

    public void Clear()
    {
        foreach (Subscription subscription in Volatile.Read(ref _all))
        {
            subscription.Dispose();
        }
    }

    public void Publish(SecretsChangedEventArgs changes)
    {
        foreach (Subscription subscription in Volatile.Read(ref _all))
        {
            if (Select(changes, subscription.Path) is { } own)
            {
                subscription.Call(own);
            }
        }
    }

    /// <summary>Calls a handler that is the program's own.</summary>
    public void Call(Action<SecretsChangedEventArgs> handler, SecretsChangedEventArgs changes)
    {
        try
        {
            handler(changes);
        }
        catch (Exception failure)
        {
            warnings.AddOnce(
                SecretsWarningCode.HandlerFailed,
                $"A handler of changes threw {failure.GetType().FullName}; its message is not shown, because it may quote a secret.",
                sourceName: null,
                path: null);
        }
    }

    private SecretsChangedEventArgs? Select(SecretsChangedEventArgs changes, SecretPath path)
    {
        string[] added = Concerning(changes.Added, path), updated = Concerning(changes.Updated, path), removed = Concerning(changes.Removed, path);
        return added.Length + updated.Length + removed.Length == 0 ? null : new SecretsChangedEventArgs(added, updated, removed, changes.View);
    }

    // Only leaves are listed, and an array is one: what changes around a path is the array that it lies in.
    private string[] Concerning(IReadOnlyList<string> leaves, SecretPath path) =>
    [
        .. from leaf in leaves
           let parsed = SecretPath.Parse(leaf)
           where _paths.StartsWith(parsed, path) || _paths.StartsWith(path, parsed)
           select leaf,
    ];

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _all = [.. _all.Where(s => s != subscription)];
        }
    }

    private sealed class Subscription(Subscriptions owner, SecretPath path, Action<SecretsChangedEventArgs> handler) : IDisposable
    {
        // A subscription's own: it is held while the handler runs, so that the state to begin with comes before all changes.
        private readonly Lock _lock = new();

        private SecretsView? _seen;

        private volatile bool _isDisposed;

        public SecretPath Path { get; } = path;

        public void Begin(Func<SecretsChangedEventArgs?> present)
        {
            lock (_lock)
            {
                if (present() is { } now)
                {
                    Call(now);
                }
            }
        }

        public void Call(SecretsChangedEventArgs changes)
        {
            lock (_lock)
            {
                // It may have begun with the state that is being published.
                if (!_isDisposed && _seen != changes.View)
                {
                    _seen = changes.View;
                    owner.Call(handler, changes);
                }
            }
        }

        public void Dispose()
        {
            _isDisposed = true;
            owner.Remove(this);
        }
    }
}
