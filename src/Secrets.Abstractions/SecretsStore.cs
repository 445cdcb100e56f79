using System.Diagnostics;
using System.Text.Json.Serialization;
using Secrets.EnvironmentVariables;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Redaction;

namespace Secrets;

/// <summary>
/// The root that a build returns: a view of what the chain gave. Reads take one volatile read, no lock, and allocate nothing.
/// After disposal, reads serve the last snapshot.
/// </summary>
[DebuggerTypeProxy(typeof(SecretsViewDebugView))]
[DebuggerDisplay("SecretsStore, {Count} keys")]
[JsonConverter(typeof(SecretsViewJsonConverter))]
public sealed class SecretsStore : SecretsView, IDisposable, IAsyncDisposable
{
    private readonly Chain _chain;
    private readonly WarningLog _warnings;
    private readonly EnvironmentLedger _ledger;
    private volatile Snapshot _snapshot;

    private SecretsStore(Chain chain, Snapshot snapshot, WarningLog warnings, EnvironmentLedger ledger)
    {
        _chain = chain;
        _snapshot = snapshot;
        _warnings = warnings;
        _ledger = ledger;
    }

    /// <summary>Gets the present snapshot, frozen: all that is read through it belongs together.</summary>
    public SecretsView Current => _snapshot.Root.View;

    /// <summary>Gets what became of each source, in the order of precedence.</summary>
    public IReadOnlyList<SecretsSourceStatus> Sources => [.. _snapshot.Sources.Select(s => new SecretsSourceStatus(s))];

    /// <summary>Gets what a person should know and failed nothing, in the order in which it arose.</summary>
    public IReadOnlyList<SecretsWarning> Warnings => _warnings.All;

    internal override SectionNode Node => _snapshot.Root;

    /// <summary>Takes back what was exported to the process environment.</summary>
    public void Dispose() => _ledger.Release(this);

    /// <summary>Takes back what was exported to the process environment.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal static SecretsStore Create(Chain chain, IReadOnlyList<LoadedSource> loaded, EnvironmentLedger ledger)
    {
        var warnings = new WarningLog();
        foreach (LoadedSource source in loaded)
        {
            foreach (string warning in source.Batch?.Warnings ?? [])
            {
                warnings.AddOnce(SecretsWarningCode.Source, warning, source.Name, path: null);
            }
        }

        var snapshot = new Snapshot(loaded, chain.Declared, chain.Options, warnings);
        RequirementCheck.Verify(chain, snapshot);
        var store = new SecretsStore(chain, snapshot, warnings, ledger);
        EnvironmentExport.Publish(store, snapshot, ledger, warnings);
        return store;
    }
}
