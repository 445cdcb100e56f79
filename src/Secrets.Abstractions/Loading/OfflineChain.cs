using Secrets.InMemory;
using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>Keeps a chain from its remote sources, and puts values above all of its sources and pins.</summary>
internal static class OfflineChain
{
    public static (ChainEntry[] Entries, MergeOptions Options) Of(ChainEntry[] highestFirst, MergeOptions options, InMemorySource values)
    {
        string name = "offline";
        while (Array.Exists(highestFirst, entry => string.Equals(entry.Name, name, StringComparison.Ordinal)))
        {
            name += "#";
        }

        ChainEntry top = new(name, new SecretsSourceOptions { Name = name }, values) { Position = -1 };
        return ([top, .. highestFirst.Select(Replace)], options with { Pins = options.Pins.With(values.Paths, name) });
    }

    private static ChainEntry Replace(ChainEntry entry) =>
        entry.IsLocal ? entry : entry with { Source = new OfflineSource(entry.Name), Factory = null };
}
