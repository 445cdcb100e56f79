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
    private readonly SecretsStore _store;
    private readonly IReadOnlyList<SecretPath> _exposedPaths;

    // A test's overrides have a snapshot of their own for one flow of execution, so that several trees may be in use at once.
    private readonly ConditionalWeakTable<SectionNode, ConfigurationTree> _trees = [];
    private ConfigurationReloadToken _token = new();

    public SecretsConfigurationProvider(SecretsStore store, IReadOnlyList<SecretPath> exposedPaths)
    {
        _store = store;
        _exposedPaths = exposedPaths;
        _store.Changed += OnChanged;
    }

    private ConfigurationTree Tree => _trees.GetValue(_store.Node, root => new ConfigurationTree(root, IsExposed));

    public bool TryGet(string key, out string? value)
    {
        value = null;
        if (ConfigurationCycle.IsReading || Tree.Find(key) is not { } leaf)
        {
            return false;
        }

        value = leaf.Kind == SecretKind.Bytes ? Convert.ToBase64String(leaf.RevealBytes()) : leaf.Reveal();
        return true;
    }

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        string[] earlier = [.. earlierKeys];
        if (ConfigurationCycle.IsReading)
        {
            return earlier;
        }

        ConfigurationTree tree = Tree;
        return [.. earlier.Concat(tree.Except(tree.ChildKeys(parentPath), earlier)).Order(ConfigurationKeyComparer.Instance)];
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

    /// <summary>Ends the notifications; the store is not touched.</summary>
    public void Dispose() => _store.Changed -= OnChanged;

    public override string ToString() => "Secrets";

    private bool IsExposed(SecretPath path) => _exposedPaths.Count == 0 || _exposedPaths.Any(exposed => path.StartsWith(exposed, KeyComparison.Equivalent));

    private void OnChanged(object? sender, SecretsChangedEventArgs change) => Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();
}
