using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Secrets.Hosting.OptionsBinding;

/// <summary>Tells <c>IOptionsMonitor</c> of one name's rotated value: its cache is cleared at the swap, its listeners are called once the new value is good.</summary>
internal sealed class SecretOptionsChange<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T> : IOptionsChangeTokenSource<T>, IDisposable
    where T : class
{
    private readonly SecretsStore _store;
    private readonly string? _path;
    private readonly LastGoodOptionsFactory<T> _factory;
    private readonly IOptionsMonitorCache<T> _cache;
    private readonly IDisposable _subscription;
    private ConfigurationReloadToken _token = new();
    private volatile SecretValue? _section;

    public SecretOptionsChange(string name, SecretsStore store, string? path, LastGoodOptionsFactory<T> factory, IOptionsMonitorCache<T> cache)
    {
        Name = name;
        _store = store;
        _path = path;
        _section = Section;
        _factory = factory;
        _cache = cache;
        _store.Swapped += OnSwapped;
        _subscription = path is null ? Subscription.ToAll(store, OnChanged) : store.OnChange(path, OnChanged);
    }

    public string Name { get; }

    public IChangeToken GetChangeToken() => Volatile.Read(ref _token);

    public void Dispose()
    {
        _store.Swapped -= OnSwapped;
        _subscription.Dispose();
    }

    private SecretValue? Section => _path is not null && _store.Shared.TryGetValue(_path, out SecretValue? section) ? section : null;

    // Whoever reads the monitor after a refresh has returned gets the new value, before any listener is called.
    private void OnSwapped(object? sender, EventArgs args)
    {
        SecretValue? before = _section, now = Section;
        _section = now;
        if (before is null || now is null || !now.HasSameContent(before))
        {
            _cache.TryRemove(Name);
        }
    }

    private void OnChanged(SecretsChangedEventArgs change)
    {
        if (_factory.TryCreate(Name, out _))
        {
            Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();
        }
    }
}
