using System.Diagnostics;

namespace Secrets.Redaction;

/// <summary>What a debugger shows of a view: its entries, masked.</summary>
internal sealed class SecretsViewDebugView(SecretsView view)
{
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public KeyValuePair<string, SecretValue>[] Entries { get; } = [.. view];
}
