using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Secrets.Telemetry;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Telemetry;

public sealed class ChainTelemetryTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ConcurrentQueue<string> _measured = [];
    private readonly Meter _meter = new("Secrets");
    private readonly MeterListener _listener = new();
    private readonly ChainTelemetry _telemetry;

    public ChainTelemetryTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, _meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
        _telemetry = new ChainTelemetry(_meter);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Loads_refreshes_and_changes_are_measured()
    {
        LiveSource source = Slow("live", "a=1; b=1");
        await using SecretsStore store = Builder().Add(source).Build();
        Assert.Equal(["secrets.source.load.duration 1.5 s secrets.source=live"], Taken());
        source.Content = "a=2; c=1";
        await store.RefreshAsync(Token);
        Assert.Equal(["secrets.source.load.duration 1.5 s secrets.source=live", "secrets.refreshes 1 {refresh} secrets.source=live", "secrets.changes 3 {secret}"], Taken());
        source.Content = "!AccessDenied";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));

        Assert.Equal(
            [
                "secrets.source.load.duration 1.5 s secrets.source=live error.type=AccessDenied",
                "secrets.refreshes 1 {refresh} secrets.source=live error.type=AccessDenied",
            ],
            Taken());
    }

    [Fact]
    public async Task The_age_is_that_of_the_last_success_of_each_source()
    {
        LiveSource one = new("one", "a=1"), two = new("two", "b=1");
        SecretsStore first = Builder().Add(one).Add(two).Add(new LiveRemoteSource("idle")).Require("a").Build();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await using SecretsStore second = Builder().Add(one).Build();
        two.Content = "!Unavailable";
        _ = await Record.ExceptionAsync(() => first.RefreshAsync(Token));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(["secrets.snapshot.age 3 s secrets.source=one", "secrets.snapshot.age 13 s secrets.source=two"], Ages());
        _clock.Advance(TimeSpan.FromSeconds(1));
        await first.RefreshAsync(Token).ContinueWith(_ => { }, TaskScheduler.Default);

        // The older one of a name counts, and what is disposed does not.
        Assert.Equal(["secrets.snapshot.age 4 s secrets.source=one", "secrets.snapshot.age 14 s secrets.source=two"], Ages());
        await first.DisposeAsync();
        Assert.Equal(["secrets.snapshot.age 4 s secrets.source=one"], Ages());
    }

    [Fact]
    public async Task Each_load_is_an_activity()
    {
        var stopped = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == SecretsTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                if (a.GetTagItem("secrets.source") is "activity-test")
                {
                    stopped.Enqueue($"{a.OperationName} {a.Status} {string.Join(' ', a.TagObjects.Select(t => $"{t.Key}={t.Value}"))}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var source = new LiveSource("activity-test", "a=1");
        await using SecretsStore store = Builder().Add(source).Build();
        source.Content = "a=!AccessDenied";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));

        Assert.Equal(["secrets.source.load Unset secrets.source=activity-test", "secrets.source.load Error secrets.source=activity-test error.type=AccessDenied"], stopped);
    }

    [Fact]
    public void Without_a_meter_of_its_own_a_chain_reports_through_the_process_s()
    {
        var seen = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == SecretsTelemetry.MeterName && !ReferenceEquals(instrument.Meter, _meter))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            foreach ((string key, object? value) in tags)
            {
                seen[$"{key}={value}"] = instrument.Name;
            }
        });
        listener.Start();
        SecretsBuilder builder = Engine.Builder(_clock);
        builder.Telemetry = null;
        using SecretsStore store = builder.Add(new LiveSource("process-meter-test", "a=1")).Build();

        Assert.Equal("secrets.source.load.duration", seen["secrets.source=process-meter-test"]);
    }

    [Fact]
    public async Task No_value_and_no_path_is_part_of_it()
    {
        var canary = new Canary();
        LiveSource source = new("live")
        {
            Answer = r => new SecretsBatch([new SecretEntry(new SecretPath("a_path"), SecretValue.FromText(canary.Value, r.Origin("here")))]),
        };
        await using SecretsStore store = Builder().Add(source).Build();
        source.Answer = _ => throw new InvalidOperationException(canary.Value);
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        string all = string.Join('\n', Taken().Concat(Ages()));

        canary.Scan(all, "telemetry");
        canary.AssertUnseen();
        Assert.DoesNotContain("a_path", all, StringComparison.Ordinal);
        Assert.Contains("error.type=Unknown", all, StringComparison.Ordinal);
    }

    private SecretsBuilder Builder()
    {
        SecretsBuilder builder = Engine.Builder(_clock);
        builder.Telemetry = _telemetry;
        return builder;
    }

    private LiveSource Slow(string name, string content) => new(name, content)
    {
        Before = _ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1.5));
            return Task.CompletedTask;
        },
    };

    private string[] Taken()
    {
        string[] taken = [.. _measured];
        _measured.Clear();
        return taken;
    }

    private string[] Ages()
    {
        _measured.Clear();
        _listener.RecordObservableInstruments();

        return [.. Taken().OrderBy(t => t[t.LastIndexOf(' ')..], StringComparer.Ordinal)];
    }

    private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _measured.Enqueue(
        string.Join(' ', [string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {value} {instrument.Unit}"), .. tags.ToArray().Select(t => $"{t.Key}={t.Value}")]));
}
