using Secrets.EnvironmentVariables;
using Secrets.Merging;
using Secrets.Telemetry;

namespace Secrets.Loading;

/// <summary>A builder's settings, frozen for one build.</summary>
internal sealed class Chain
{
    /// <summary>Gets the sources, highest first.</summary>
    public required IReadOnlyList<ChainEntry> Entries { get; init; }

    public required MergeOptions Options { get; init; }

    /// <summary>Gets the paths that the program declared, required and optional ones; remote sources are asked for no others, unless there are none.</summary>
    public IReadOnlyList<SecretDemand> Demands { get; init; } = [];

    /// <summary>Gets the checks that the types which the program required can be bound.</summary>
    public IReadOnlyList<Action<SecretsView>> BindingChecks { get; init; } = [];

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets a value indicating whether sources that can tell of a change are watched.</summary>
    public bool IsWatching { get; init; }

    /// <summary>Gets the age at which a read of the root has the sources read again; <see langword="null"/> for none.</summary>
    public TimeSpan? MaxReadAge { get; init; }

    /// <summary>Gets the random numbers, from 0 up to 1, by which waits vary.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Gets which leaves were read, by the program or by a function that creates a source.</summary>
    public ReadMarks Reads { get; } = new();

    /// <summary>Gets the record of what was exported to the environment.</summary>
    public EnvironmentLedger Ledger { get; init; } = EnvironmentLedger.OfProcess;

    /// <summary>Gets what reports to operators.</summary>
    public required ChainTelemetry Telemetry { get; init; }

    /// <summary>Gets the handlers of warnings.</summary>
    public IReadOnlyList<Action<SecretsWarning>> WarningHandlers { get; init; } = [];
}
