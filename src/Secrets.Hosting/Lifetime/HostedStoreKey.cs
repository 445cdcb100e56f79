namespace Secrets.Hosting.Lifetime;

/// <summary>Names a store of the host, so that the health check finds all of them.</summary>
internal sealed class HostedStoreKey(object? key)
{
    public object? Key { get; } = key;
}
