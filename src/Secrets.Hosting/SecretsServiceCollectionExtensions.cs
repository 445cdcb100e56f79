using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets.Hosting.Lifetime;
using Secrets.Hosting.OptionsBinding;

namespace Secrets;

/// <summary>Registers options that are bound to a section of the secrets.</summary>
public static class SecretsServiceCollectionExtensions
{
    private const string TrimmingNote = "Binding and data annotations read members by reflection. Use SecretsStore.GetString or SecretValue in a trimmed program.";

    /// <summary>
    /// Binds options to a section of the store, as <see cref="SecretsView.Get{T}(string)"/> does: <see cref="SecretValue"/> members stay masked. <c>IOptions</c>,
    /// <c>IOptionsSnapshot</c> and <c>IOptionsMonitor</c> give them; data annotations and <c>IValidateOptions</c> are checked when the host starts.
    /// </summary>
    /// <remarks>
    /// A rotated value reaches <c>IOptionsMonitor</c> as soon as the store serves it. One that does not bind or validate is logged and shown by the health check, while
    /// the last good value stays, and no listener is called.
    /// </remarks>
    /// <typeparam name="T">A class or record.</typeparam>
    /// <param name="services">The services; the host's builder has a store (<c>builder.AddSecretsAsync(…)</c>).</param>
    /// <param name="path">The section's path; <see langword="null"/> for the root.</param>
    /// <param name="name">The options' name; <see langword="null"/> for the options without one.</param>
    /// <param name="serviceKey">The key of the store in a host with several; <see langword="null"/> for the store without one.</param>
    /// <returns>A builder for further configuration and validation.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    [RequiresUnreferencedCode(TrimmingNote)]
    [RequiresDynamicCode(TrimmingNote)]
    public static OptionsBuilder<T> AddSecretOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        this IServiceCollection services, string? path = null, string? name = null, object? serviceKey = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(services);
        _ = path is null ? SecretPath.Root : SecretPath.Parse(path);
        string optionsName = name ?? Options.DefaultName;

        services.AddLogging();
        services.TryAddSingleton<RejectedOptions>();
        services.AddSingleton(new SecretOptionsSection<T>(optionsName, path, serviceKey));
        services.TryAddSingleton(CreateFactory<T>);
        services.Replace(ServiceDescriptor.Singleton<IOptionsFactory<T>>(provider => provider.GetRequiredService<LastGoodOptionsFactory<T>>()));
        services.AddSingleton<IOptionsChangeTokenSource<T>>(provider => new SecretOptionsChange<T>(
            optionsName,
            HostedStore.Of(provider, serviceKey),
            path,
            provider.GetRequiredService<LastGoodOptionsFactory<T>>(),
            provider.GetRequiredService<IOptionsMonitorCache<T>>()));
        return services.AddOptions<T>(optionsName).ValidateDataAnnotations().ValidateOnStart();
    }

    [RequiresUnreferencedCode(TrimmingNote)]
    [RequiresDynamicCode(TrimmingNote)]
    private static LastGoodOptionsFactory<T> CreateFactory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(IServiceProvider provider)
        where T : class
    {
        var sections = new Dictionary<string, Func<T>>(StringComparer.Ordinal);
        foreach (SecretOptionsSection<T> section in provider.GetServices<SecretOptionsSection<T>>())
        {
            // The last registration of a name counts, as it does for services.
            SecretsStore store = HostedStore.Of(provider, section.ServiceKey);
            sections[section.Name] = section.Path is { } path ? () => store.Shared.Get<T>(path) : () => store.Shared.Get<T>();
        }

        var factory = new BoundOptionsFactory<T>(
            sections,
            provider.GetServices<IConfigureOptions<T>>(),
            provider.GetServices<IPostConfigureOptions<T>>(),
            provider.GetServices<IValidateOptions<T>>());
        return new LastGoodOptionsFactory<T>(
            factory,
            sections.Keys.ToHashSet(StringComparer.Ordinal),
            provider.GetRequiredService<RejectedOptions>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(HostLog.Category));
    }
}
