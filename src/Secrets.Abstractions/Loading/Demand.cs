using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>The rules of what a remote source is asked for.</summary>
internal static class Demand
{
    /// <summary>
    /// Gives the paths to ask a source for, <see langword="null"/> for everything, or an empty list where it is not to be contacted:
    /// the declared paths that nothing higher supplies, or of which a part is pinned to it, and no pin keeps from it. Optional ones ride along and never cause contact.
    /// </summary>
    public static IReadOnlyList<SecretsDemand>? For(string source, IReadOnlyList<LoadedSource> higher, Chain chain)
    {
        if (chain.Requirements.Count == 0)
        {
            return null;
        }

        Pins pins = chain.Options.Pins;
        Requirement[] open = [.. chain.Requirements.Where(r => pins.Allows(r.Path, source) && (pins.AllowsBelow(r.Path, source) || !IsSupplied(r.Path, higher, pins)))];
        return Array.Exists(open, r => r.IsRequired) ? [.. open.Select(r => r.ToDemand(chain.Options.Comparison))] : [];
    }

    /// <summary>True where an earlier load asked for all of it already, with success or without: a failed one is tried again when it is due.</summary>
    public static bool IsCovered(IReadOnlyList<SecretsDemand>? demands, LoadedSource previous) =>
        !previous.IsNotAsked
        && (previous.Demands is null || (demands is not null && demands.All(d => previous.Demands.Any(p => p.Path.Equals(d.Path)))));

    /// <summary>True where a path was asked for, one below which it lies, or one that lies below it.</summary>
    public static bool Includes(IReadOnlyList<SecretsDemand>? demands, SecretPath path, KeyComparison comparison) =>
        demands is null || demands.Any(d => path.StartsWith(d.Path, comparison) || d.Path.StartsWith(path, comparison));

    private static bool IsSupplied(SecretPath path, IReadOnlyList<LoadedSource> higher, Pins pins) => higher.Any(s =>
        (pins.Allows(path, s.Name) && s.OwnLayers.Any(layer => layer.Find(path) is not null)) || s.Answer(path, pins, isElsewhere: true) is not null);
}
