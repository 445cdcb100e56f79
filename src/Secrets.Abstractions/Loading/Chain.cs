using Secrets.EnvironmentVariables;
using Secrets.Merging;
using Secrets.Telemetry;

namespace Secrets.Loading;

/// <summary>A builder's settings, frozen for one build.</summary>
internal sealed class Chain(
    IReadOnlyList<ChainEntry> highestFirst,
    IReadOnlyList<SecretDemand> declared,
    IReadOnlyList<Action<SecretsView>> bindingChecks,
    ChainOptions options,
    TimeProvider timeProvider,
    bool isWatching = false,
    TimeSpan? maxReadAge = null,
    Func<double>? random = null)
{
    /// <summary>Gets the sources, highest first.</summary>
    public IReadOnlyList<ChainEntry> Entries { get; } = highestFirst;

    /// <summary>Gets the paths that the program declared, required and optional ones.</summary>
    public IReadOnlyList<SecretDemand> Declared { get; } = declared;

    /// <summary>Gets the checks that the types which the program required can be bound.</summary>
    public IReadOnlyList<Action<SecretsView>> BindingChecks { get; } = bindingChecks;

    public ChainOptions Options { get; } = options;

    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>Gets a value indicating whether sources that can tell of a change are watched.</summary>
    public bool IsWatching { get; } = isWatching;

    /// <summary>Gets the age at which a read of the root has the sources read again; <see langword="null"/> for none.</summary>
    public TimeSpan? MaxReadAge { get; } = maxReadAge;

    /// <summary>Gets where the variation of waits comes from: numbers from 0 up to 1.</summary>
    public Func<double> Random { get; } = random ?? System.Random.Shared.NextDouble;

    /// <summary>Gets which leaves were read, by the program or by what makes a source of others.</summary>
    public ReadMarks Reads { get; } = new();

    /// <summary>Gets who knows what was exported to the environment.</summary>
    public EnvironmentLedger Ledger { get; init; } = EnvironmentLedger.OfProcess;

    /// <summary>Gets what reports to operators.</summary>
    public ChainTelemetry Telemetry { get; init; } = ChainTelemetry.OfProcess;

    /// <summary>Gets who is told of each warning.</summary>
    public IReadOnlyList<Action<SecretsWarning>> WarningHandlers { get; init; } = [];

    /// <summary>Gets the tree of <see cref="Declared"/>.</summary>
    public DeclaredPaths DeclaredPaths { get; } = DeclaredPaths.Of(declared.Select(d => d.Path), options.Keys);
}
