using Secrets.Keys;

namespace Secrets.Refreshing;

/// <summary>Who wants to know of changes at which paths. Every call goes through the queue of handlers.</summary>
internal sealed class Subscriptions(IEqualityComparer<string> keys, HandlerQueue queue, HandlerCalls calls)
{
    private readonly Lock _lock = new();

    private readonly PathComparer _paths = new(keys);

    private Subscription[] _all = [];

    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _all.Length;
            }
        }
    }

    /// <param name="path">The path at, below or around which a change counts.</param>
    /// <param name="handler">Called once for each state, and never by two threads at a time.</param>
    /// <param name="present">Gives the state to begin with, as a change; <see langword="null"/> to wait for the first change.</param>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public IDisposable Add(SecretPath path, Action<SecretsChangedEventArgs> handler, Func<SecretsChangedEventArgs>? present = null)
    {
        var subscription = new Subscription(this, path, handler);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(SecretsStore));
            _all = [.. _all, subscription];
            if (present is not null)
            {
                // Under the lock, as publishing is: a change is queued after the first state, and one that this state has already is told apart by its view.
                SecretsChangedEventArgs first = Select(present(), path, isFirst: true)!;
                queue.Post(() => subscription.Call(first));
            }
        }

        return subscription;
    }

    /// <summary>Ends all subscriptions, and takes no more.</summary>
    public void Close()
    {
        Subscription[] all;
        lock (_lock)
        {
            _isClosed = true;
            all = _all;
            _all = [];
        }

        foreach (Subscription subscription in all)
        {
            subscription.End();
        }
    }

    /// <summary>Queues the calls of all who want to know of a change.</summary>
    public void Publish(SecretsChangedEventArgs changes)
    {
        lock (_lock)
        {
            foreach (Subscription subscription in _all)
            {
                if (Select(changes, subscription.Path, isFirst: false) is { } own)
                {
                    queue.Post(() => subscription.Call(own));
                }
            }
        }
    }

    private SecretsChangedEventArgs? Select(SecretsChangedEventArgs changes, SecretPath path, bool isFirst)
    {
        SecretPath[] added = Concerning(changes.Added, path), updated = Concerning(changes.Updated, path), removed = Concerning(changes.Removed, path);
        return added.Length + updated.Length + removed.Length == 0 && !isFirst
            ? null
            : new SecretsChangedEventArgs(added, updated, removed, changes.PreviousView, changes.View, path);
    }

    // Only leaves are listed, and an array is one: what changes around a path is the array that it lies in.
    private SecretPath[] Concerning(IReadOnlyList<SecretPath> leaves, SecretPath path) =>
        [.. leaves.Where(leaf => _paths.Overlap(leaf, path))];

    private void Call(Delegate handler, Action call) => calls.Call(handler, call);

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _all = [.. _all.Where(s => s != subscription)];
        }

        queue.Post(() => calls.Forget(subscription.Handler));
    }

    private sealed class Subscription(Subscriptions owner, SecretPath path, Action<SecretsChangedEventArgs> handler) : IDisposable
    {
        private SecretsView? _seen;

        private volatile bool _isEnded;

        public SecretPath Path { get; } = path;

        public Delegate Handler { get; } = handler;

        /// <summary>Calls the handler, on the queue's thread.</summary>
        public void Call(SecretsChangedEventArgs changes)
        {
            // It may have begun with the state that is published now.
            if (!_isEnded && _seen != changes.View)
            {
                _seen = changes.View;
                owner.Call(handler, () => handler(changes));
            }
        }

        public void End() => _isEnded = true;

        public void Dispose()
        {
            End();
            owner.Remove(this);
        }
    }
}
