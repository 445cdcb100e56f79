using Secrets.Keys;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Who wants to know of changes. A handler that throws harms neither the others nor the refresh.</summary>
internal sealed class Subscriptions(IEqualityComparer<string> keys, WarningLog warnings)
{
    private readonly Lock _lock = new();

    private readonly PathComparer _paths = new(keys);

    private Subscription[] _all = [];

    public IDisposable Add(SecretPath path, Action<SecretsChangedEventArgs> handler)
    {
        var subscription = new Subscription(this, path, handler);
        lock (_lock)
        {
            _all = [.. _all, subscription];
        }

        return subscription;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _all = [];
        }
    }

    public void Publish(SecretsChangedEventArgs changes)
    {
        foreach (Subscription subscription in Volatile.Read(ref _all))
        {
            if (Select(changes, subscription.Path) is { } own)
            {
                Call(subscription.Handler, own);
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

    /// <summary>Gives the changes at a path and below it; <see langword="null"/> where there is none.</summary>
    public SecretsChangedEventArgs? Select(SecretsChangedEventArgs changes, SecretPath path)
    {
        string[] added = Below(changes.Added, path), updated = Below(changes.Updated, path), removed = Below(changes.Removed, path);
        return added.Length + updated.Length + removed.Length == 0 ? null : new SecretsChangedEventArgs(added, updated, removed, changes.View);
    }

    private string[] Below(IReadOnlyList<string> paths, SecretPath path) => [.. paths.Where(p => _paths.StartsWith(SecretPath.Parse(p), path))];

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _all = [.. _all.Where(s => s != subscription)];
        }
    }

    private sealed class Subscription(Subscriptions owner, SecretPath path, Action<SecretsChangedEventArgs> handler) : IDisposable
    {
        public SecretPath Path { get; } = path;

        public Action<SecretsChangedEventArgs> Handler { get; } = handler;

        public void Dispose() => owner.Remove(this);
    }
}
