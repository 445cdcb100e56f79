using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Secrets.Merging;

namespace Secrets.Hosting.Configuration;

/// <summary>
/// Shows a store as a configuration provider. Values are read when they are asked for, from what the store serves at that moment; the reload token fires after each change.
/// </summary>
internal sealed class SecretsConfigurationProvider : IConfigurationProvider, IDisposable
{
    private readonly SecretsConfigurationSource _source;

    // A test's overrides have a snapshot of their own for one flow of execution, so that several trees may be in use at once.
    private readonly ConditionalWeakTable<SectionNode, ConfigurationTree> _trees = [];
    private readonly Lock _lock = new();
    private ConfigurationReloadToken _token = new();
    private SecretsStore? _followed;
    private bool _isDisposed;

    public SecretsConfigurationProvider(SecretsConfigurationSource source)
    {
        _source = source;
        _source.StoreSet += OnStoreSet;
        Follow();
    }

    /// <summary>Gets what is shown; nothing before the store is there, and while a chain reads the configuration.</summary>
    private ConfigurationTree? Tree => _source.Store is { } store && !ConfigurationCycle.IsReading
        ? _trees.GetValue(store.Node, root => new ConfigurationTree(root, _source.IsExposed))
        : null;

    public bool TryGet(string key, out string? value)
    {
        value = null;
        if (Tree?.Find(key) is not { } leaf)
        {
            return false;
        }

        value = leaf.Kind == SecretKind.Bytes ? Convert.ToBase64String(leaf.RevealBytes()) : leaf.Reveal();
        return true;
    }

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        string[] earlier = [.. earlierKeys];
        return Tree is { } tree
            ? [.. earlier.Concat(tree.Except(tree.ChildKeys(parentPath), earlier)).Order(ConfigurationKeyComparer.Instance)]
            : earlier;
    }

    /// <summary>Does nothing: a root passes each write to all of its providers, and secrets are read-only.</summary>
    public void Set(string key, string? value)
    {
    }

    /// <summary>Does nothing: the store keeps itself fresh, and a host that reloads its configuration must not wait for a remote store.</summary>
    public void Load()
    {
    }

    public IChangeToken GetReloadToken() => Volatile.Read(ref _token);

    /// <summary>Ends the notifications. The store stays as it is, and keeps nothing of this provider.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _source.StoreSet -= OnStoreSet;
            _followed?.Changed -= OnChanged;
            _followed = null;
        }
    }

    public override string ToString() => "Secrets";

    private void OnStoreSet(object? sender, EventArgs args)
    {
        Follow();
        OnChanged(sender, args);
    }

    private void Follow()
    {
        lock (_lock)
        {
            if (!_isDisposed && _followed is null && _source.Store is { } store)
            {
                _followed = store;
                store.Changed += OnChanged;
            }
        }
    }

    private void OnChanged(object? sender, EventArgs args) => Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();
}
