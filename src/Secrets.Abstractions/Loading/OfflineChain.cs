using Secrets.InMemory;
using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>Keeps a chain from its remote sources, and puts values above all of its sources and pins.</summary>
internal static class OfflineChain
{
    private const string Name = "offline";

    public static (ChainEntry[] Entries, ChainOptions Options) Of(ChainEntry[] highestFirst, ChainOptions options, InMemorySource values)
    {
        ChainEntry top = new(Name, position: -1, values, factory: null, new SourcePolicy(new SecretsSourceOptions { Name = Name }));
        return ([top, .. highestFirst.Select(Replace)], options.WithPins(values.Paths, Name));
    }

    private static ChainEntry Replace(ChainEntry entry) =>
        entry.IsLocal ? entry : new ChainEntry(entry.Name, entry.Position, new OfflineSource(entry.Name), factory: null, entry.Policy);
}
