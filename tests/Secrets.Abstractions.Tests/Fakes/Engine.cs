using Secrets.EnvironmentVariables;
using Secrets.Keys;
using Secrets.Merging;
using Secrets.Telemetry;

namespace Secrets.Tests.Fakes;

/// <summary>Short ways to the parts of a refresh.</summary>
internal static class Engine
{
    private static readonly MergeOptions Options = new();

    public static IEqualityComparer<string> Keys { get; } = KeyEquivalence.For(KeyComparison.Equivalent);

    /// <summary>Gives a builder whose waits have their middle length, and whose exports stay in the test.</summary>
    public static SecretsBuilder Builder(TimeProvider clock, FakeEnvironmentBlock? block = null) =>
        new() { TimeProvider = clock, Random = () => 0.5, Telemetry = ChainTelemetry.None, Ledger = new EnvironmentLedger(block ?? new FakeEnvironmentBlock()) };

    /// <summary>Gives a source as a load leaves it that gave the content.</summary>
    public static LoadedSource Loaded(string content, string name = "test", bool isRemote = false, int rank = 0)
    {
        ISecretsSource source = isRemote ? new LiveRemoteSource(name) : new LiveSource(name);
        var batch = new SecretsBatch(FakeContent.Read(content, new SecretsRequest(name)));
        IReadOnlyList<LayerNode> layers = LayerBuilder.Build(batch, name, KeyComparison.Equivalent);
        return new LoadedSource(name, rank, source) { Batch = batch, OwnLayers = layers, Layers = layers };
    }

    public static Snapshot SnapshotOf(params LoadedSource[] sources) => new(sources, Options, new WarningLog());

    public static string Show(params LoadedSource[] sources) => Chains.Show(SnapshotOf(sources).Root.View);

    public static SecretsSourceOptions SourceOptions(TimeSpan? interval = null, TimeSpan? maxStaleness = null, StalePolicy whenStale = StalePolicy.Serve) =>
        new() { RefreshInterval = interval, MaxStaleness = maxStaleness, WhenStale = whenStale };

    public static SecretsSourceException Failure(SecretsErrorCode code = SecretsErrorCode.Unavailable) => new(code, "it failed", "test");
}
