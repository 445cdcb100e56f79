using System.Diagnostics;
using System.Diagnostics.Metrics;
using Secrets.Merging;

namespace Secrets.Telemetry;

/// <summary>The instruments of a meter. It reports names of sources and codes of failures; never a path, and never a value.</summary>
internal sealed class ChainTelemetry
{
    private const string SourceTag = "secrets.source";

    private const string ErrorTag = "error.type";

    private readonly Lock _lock = new();
    private readonly bool _isOfProcess;
    private readonly bool _isSilent;

    // Weak references: the meter of the process outlives a store that was never disposed.
    private readonly List<WeakReference<IAgedChain>> _chains = [];
    private volatile Instruments? _instruments;

    /// <summary>Creates telemetry that reports nothing until it has a meter: a host has none before it is built.</summary>
    public ChainTelemetry()
    {
    }

    /// <summary>Creates the instruments.</summary>
    /// <param name="meter">The meter, which is its creator's to dispose.</param>
    public ChainTelemetry(Meter meter) => Report(meter);

    private ChainTelemetry(bool isOfProcess, bool isSilent = false)
    {
        _isOfProcess = isOfProcess;
        _isSilent = isSilent;
    }

    /// <summary>Gets telemetry that never reports anything.</summary>
    public static ChainTelemetry None { get; } = new(isOfProcess: false, isSilent: true);

    /// <summary>Gets the instruments of the process's own meter, which are created with the first load that somebody may listen to.</summary>
    public static ChainTelemetry OfProcess { get; } = new(isOfProcess: true);

    /// <summary>Gets a value indicating whether somebody may listen. As long as nobody can, nothing is measured, and there are no instruments.</summary>
    public bool IsHeard => !_isSilent && (_instruments is not null || Listeners.MayExist);

    /// <summary>Creates the instruments, unless there are some already.</summary>
    /// <param name="meter">The meter, which is its creator's to dispose.</param>
    public void Report(Meter meter)
    {
        lock (_lock)
        {
            _instruments ??= new Instruments(meter, ObserveAges);
        }
    }

    /// <summary>Begins to report the ages of a chain's sources, until it is removed.</summary>
    public void Add(IAgedChain chain)
    {
        lock (_lock)
        {
            _chains.RemoveAll(c => !c.TryGetTarget(out _));
            _chains.Add(new WeakReference<IAgedChain>(chain));
        }
    }

    public void Remove(IAgedChain chain)
    {
        lock (_lock)
        {
            _chains.RemoveAll(c => !c.TryGetTarget(out IAgedChain? live) || ReferenceEquals(live, chain));
        }
    }

    /// <summary>Measures one load.</summary>
    public async Task<LoadedSource> MeasureAsync(string sourceName, bool isRefresh, TimeProvider timeProvider, Func<Task<LoadedSource>> load)
    {
        if (_isOfProcess && _instruments is null)
        {
            Report(ProcessMeter.Instance);
        }

        using Activity? activity = Activities.Source.StartActivity("secrets.source.load", ActivityKind.Client);
        activity?.SetTag(SourceTag, sourceName);
        long begun = timeProvider.GetTimestamp();
        LoadedSource loaded = await load().ConfigureAwait(false);
        string? error = (loaded.Error as ISecretsError)?.Code.ToString();
        if (error is not null)
        {
            activity?.SetTag(ErrorTag, error).SetStatus(ActivityStatusCode.Error);
        }

        TagList tags = new() { { SourceTag, sourceName } };
        if (error is not null)
        {
            tags.Add(ErrorTag, error);
        }

        _instruments?.LoadDuration.Record(timeProvider.GetElapsedTime(begun).TotalSeconds, tags);
        if (isRefresh)
        {
            _instruments?.Refreshes.Add(1, tags);
        }

        return loaded;
    }

    public void OnChanged(SecretsChangedEventArgs changes) => _instruments?.Changes.Add(changes.Added.Count + changes.Updated.Count + changes.Removed.Count);

    // Two stores may have sources of the same name. The older age counts, because an operator must know of it.
    private IEnumerable<Measurement<double>> ObserveAges()
    {
        IAgedChain[] chains;
        lock (_lock)
        {
            chains = [.. _chains.Select(c => c.TryGetTarget(out IAgedChain? chain) ? chain : null).OfType<IAgedChain>()];
        }

        return chains.SelectMany(c => c.Ages).GroupBy(a => a.Key, StringComparer.Ordinal)
            .Select(same => new Measurement<double>(same.Max(a => a.Value).TotalSeconds, KeyValuePair.Create<string, object?>(SourceTag, same.Key)));
    }

    private sealed class Instruments
    {
        public Instruments(Meter meter, Func<IEnumerable<Measurement<double>>> ages)
        {
            LoadDuration = meter.CreateHistogram<double>("secrets.source.load.duration", "s", "Duration of one load of one source.");
            Refreshes = meter.CreateCounter<long>("secrets.refreshes", "{refresh}", "Loads of sources after the build.");
            Changes = meter.CreateCounter<long>("secrets.changes", "{secret}", "Secrets that a refresh added, updated or removed.");
            meter.CreateObservableGauge("secrets.snapshot.age", ages, "s", "Time since the last successful check of a source began.");
        }

        public Histogram<double> LoadDuration { get; }

        public Counter<long> Refreshes { get; }

        public Counter<long> Changes { get; }
    }

    private static class ProcessMeter
    {
        public static readonly Meter Instance = new(SecretsTelemetry.MeterName);
    }

    private static class Activities
    {
        public static readonly ActivitySource Source = new(SecretsTelemetry.ActivitySourceName);
    }
}
