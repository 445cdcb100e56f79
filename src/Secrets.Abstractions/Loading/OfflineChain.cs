using Secrets.InMemory;
using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>Keeps a chain from its remote sources, and puts values above all of its sources and pins.</summary>
internal static class OfflineChain
{
    public static (ChainEntry[] Entries, ChainOptions Options) Of(ChainEntry[] highestFirst, ChainOptions options, InMemorySource values)
    {
        string name = "offline";
        while (Array.Exists(highestFirst, entry => string.Equals(entry.Name, name, StringComparison.Ordinal)))
        {
            name += "#";
        }

        ChainEntry top = new(name, position: -1, values, factory: null, new SourcePolicy(new SecretsSourceOptions { Name = name }));
        return ([top, .. highestFirst.Select(Replace)], options.WithPins(values.Paths, name));
    }

    private static ChainEntry Replace(ChainEntry entry) =>
        entry.IsLocal ? entry : new ChainEntry(entry.Name, entry.Position, new OfflineSource(entry.Name), factory: null, entry.Policy);
}
