using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>What a remote source is asked for.</summary>
internal static class DemandRules
{
    /// <summary>
    /// Gives the paths to ask a source for, <see langword="null"/> for everything, or an empty list where it is not to be contacted:
    /// the declared paths that nothing higher supplies, or of which a part is pinned to it, and no pin keeps from it. Optional ones ride along and never cause contact.
    /// </summary>
    public static IReadOnlyList<SecretDemand>? For(string source, IReadOnlyList<LoadedSource> higher, Chain chain)
    {
        if (chain.Demands.Count == 0)
        {
            return null;
        }

        Pins pins = chain.Options.Pins;
        SecretDemand[] open = [.. chain.Demands.Where(d => pins.Allows(d.Path, source) && (pins.AllowsBelow(d.Path, source) || !IsSupplied(d.Path, higher, pins)))];
        return Array.Exists(open, d => d.IsRequired) ? open : [];
    }

    /// <summary>True where a source was already asked for all of some demands, with success or without: a failed load is tried again when it is due.</summary>
    public static bool IsCovered(IReadOnlyList<SecretDemand>? demands, LoadedSource previous) => !previous.IsNotAsked && AreCovered(demands, previous.Demands);

    /// <summary>True where a load that asks for some demands asks for all of the others too.</summary>
    public static bool AreCovered(IReadOnlyList<SecretDemand>? demands, IReadOnlyList<SecretDemand>? asked) =>
        asked is null || (demands is not null && demands.All(d => asked.Any(a => a.Path.Equals(d.Path))));

    private static bool IsSupplied(SecretPath path, IReadOnlyList<LoadedSource> higher, Pins pins) => higher.Any(s =>
        (pins.Allows(path, s.Name) && s.OwnLayers.Any(layer => layer.Find(path) is not null)) || s.Answer(path, pins, isElsewhere: true) is not null);
}
