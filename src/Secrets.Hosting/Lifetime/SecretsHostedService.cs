using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Secrets.Telemetry;

namespace Secrets.Hosting.Lifetime;

/// <summary>Lets a store live as long as its host: logs what it loaded and what changes, and gives back leases and logins when the host has stopped.</summary>
internal sealed class SecretsHostedService(
    SecretsStore store, LogRelay log, ILoggerFactory loggers, ChainTelemetry telemetry, IMeterFactory meters) : IHostedLifecycleService
{
    private readonly ILogger _logger = loggers.CreateLogger(HostLog.Category);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        HostLog.Loaded(_logger, string.Join("; ", store.Sources));
        log.Attach(_logger);
        telemetry.Report(meters.Create(SecretsTelemetry.MeterName));
        store.Changed += OnChanged;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Last of all, since other services may use secrets while they stop. Reads serve the last snapshot after it.
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        store.Changed -= OnChanged;
        try
        {
            await store.DisposeAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            HostLog.ReleaseTimedOut(_logger);
        }
    }

    private void OnChanged(object? sender, SecretsChangedEventArgs change) =>
        HostLog.Changed(_logger, change.Added.Count, change.Updated.Count, change.Removed.Count);
}
