using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets.Hosting.Configuration;
using Secrets.Telemetry;

namespace Secrets.Hosting.Lifetime;

/// <summary>A chain with a host's defaults, and what becomes of its store in the host.</summary>
internal sealed class HostedChain
{
    private static readonly TimeSpan StartupTimeLimit = TimeSpan.FromSeconds(30);

    private readonly SecretsHostOptions _options = new();
    private readonly SecretsConfigurationSource _configuration;
    private readonly LogRelay _log = new();

    private HostedChain(IHostApplicationBuilder builder, Action<SecretsBuilder> chain, Action<SecretsHostOptions>? configure)
    {
        configure?.Invoke(_options);
        _configuration = new SecretsConfigurationSource([.. _options.ExposedPaths.Select(p => SecretPath.Parse(p))]);
        Chain = new SecretsBuilder
        {
            ProjectDirectory = builder.Environment.ContentRootPath,
            EnvironmentName = builder.Environment.EnvironmentName,
            StartupTimeLimit = StartupTimeLimit,
            Telemetry = TelemetryOf(builder.Services),
        };
        Chain.Watch().OnWarning(warning => _log.Log(logger => HostLog.Warn(logger, warning)));
        if (OfflineSettings.AreOn(builder.Configuration))
        {
            Chain.Offline(OfflineSettings.Values(builder.Configuration));
        }

        chain(Chain);
    }

    public SecretsBuilder Chain { get; }

    public static HostedChain Of(IHostApplicationBuilder builder, Action<SecretsBuilder> chain, Action<SecretsHostOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(chain);
        var hosted = new HostedChain(builder, chain, configure);
        if (builder.Services.Any(service => service.ServiceType == typeof(SecretsStore) && Equals(service.ServiceKey, hosted._options.ServiceKey)))
        {
            throw new InvalidOperationException("The host has such a secrets store already. Give the second one a SecretsHostOptions.ServiceKey of its own.");
        }

        if (hosted._options.IsInConfiguration)
        {
            hosted.AddTo(builder.Configuration);
        }

        return hosted;
    }

    /// <summary>Gives a store to the host.</summary>
    public SecretsStore Register(IHostApplicationBuilder builder, SecretsStore store)
    {
        _configuration.Store = store;

        // By a factory: the container does not dispose what it is given as an instance.
        IServiceCollection services = builder.Services;
        object? key = _options.ServiceKey;
        if (key is null)
        {
            services.AddSingleton(_ => store);
            services.AddSingleton<SecretsView>(provider => provider.GetRequiredService<SecretsStore>());
        }
        else
        {
            services.AddKeyedSingleton(key, (_, _) => store);
            services.AddKeyedSingleton<SecretsView>(key, (provider, k) => provider.GetRequiredKeyedService<SecretsStore>(k));
        }

        // The host reads its options when it is built, which creates the store: the container then disposes it, whether or not the host is started.
        services.AddSingleton<IConfigureOptions<HostOptions>>(provider =>
        {
            _ = HostedStore.Of(provider, key);
            return new ConfigureOptions<HostOptions>(action: null);
        });
        services.AddMetrics();
        services.AddSingleton(new HostedStoreKey(key));
        services.AddSingleton<IHostedService>(provider => new SecretsHostedService(
            HostedStore.Of(provider, key),
            _log,
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<ChainTelemetry>(),
            provider.GetRequiredService<IMeterFactory>()));
        return store;
    }

    // One for all stores of a host, so that each instrument exists once.
    private static ChainTelemetry TelemetryOf(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(ChainTelemetry))?.ImplementationInstance is ChainTelemetry telemetry)
        {
            return telemetry;
        }

        telemetry = new ChainTelemetry();
        services.AddSingleton(telemetry);
        return telemetry;
    }

    private void AddTo(IConfigurationManager configuration)
    {
        int environment = _options.ConfigurationPlace == ConfigurationPlace.BelowEnvironment
            ? configuration.Sources.ToList().FindLastIndex(s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" })
            : -1;
        if (environment < 0)
        {
            configuration.Sources.Add(_configuration);
        }
        else
        {
            configuration.Sources.Insert(environment, _configuration);
        }
    }
}
