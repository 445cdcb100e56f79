using Microsoft.Extensions.DependencyInjection;

namespace Secrets.Hosting.Lifetime;

/// <summary>Finds the host's store.</summary>
internal static class HostedStore
{
    /// <exception cref="InvalidOperationException">No store is registered.</exception>
    public static SecretsStore Of(IServiceProvider provider, object? serviceKey) =>
        (serviceKey is null ? provider.GetService<SecretsStore>() : provider.GetKeyedService<SecretsStore>(serviceKey))
        ?? throw new InvalidOperationException(
            $"The host has no secrets store {(serviceKey is null ? "without a key" : $"with the key '{serviceKey}'")}. Call builder.AddSecretsAsync(chain => chain.AddToml()) before the host is built.");
}
