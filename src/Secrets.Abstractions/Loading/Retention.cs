using Secrets.Keys;
using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>
/// The rules of what a source keeps from its earlier loads, in one place:
/// <list type="number">
/// <item>a failed load keeps everything (the loader does that);</item>
/// <item>a secret that could be read and now cannot keeps its last value, and the source counts as degraded;</item>
/// <item>a secret that a file no longer has is removed at once; one that a remote store no longer has, after two loads without it;</item>
/// <item>a load that finds the same content keeps the same tree objects, by which "nothing changed" is recognized.</item>
/// </list>
/// </summary>
internal static class Retention
{
    public static LoadedSource Keep(LoadedSource previous, LoadedSource fresh, IEqualityComparer<string> keys)
    {
        if (previous.PendingRemovals.Count == 0 && LayerNode.AreSame(previous.OwnLayers, fresh.OwnLayers))
        {
            return fresh with { OwnLayers = previous.OwnLayers, Layers = previous.Layers, HeldFailure = previous.HeldFailure };
        }

        (SecretPath Path, SecretValue Leaf)[] served = [.. previous.Layers.SelectMany(layer => layer.Leaves()).Where(l => l.Leaf.Kind != SecretKind.Unreadable)];
        (SecretPath Path, SecretValue Leaf)[] unreadable = [.. served.Where(l => fresh.UnreadableAt(l.Path) is not null)];
        (SecretPath Path, SecretValue Leaf)[] pendingRemovals = fresh.IsRemote ? [.. served.Where(l => IsPendingRemoval(previous, fresh, l.Path, keys))] : [];
        if (unreadable.Length == 0 && pendingRemovals.Length == 0)
        {
            return fresh;
        }

        // Values that are held over a failure come first, above it (LoadedSource.HeldFailure relies on that). Pending removals come last, below the new content.
        LayerNode[] layers =
        [
            .. unreadable.Length > 0 ? [LayerNode.Of(unreadable, unreadable[0].Leaf.Origin, keys)] : Array.Empty<LayerNode>(),
            .. fresh.OwnLayers,
            .. pendingRemovals.Length > 0 ? [LayerNode.Of(pendingRemovals, pendingRemovals[0].Leaf.Origin, keys)] : Array.Empty<LayerNode>(),
        ];
        return fresh with
        {
            Layers = layers,
            PendingRemovals = new HashSet<SecretPath>(pendingRemovals.Select(l => l.Path), new PathComparer(keys)),
            HeldFailure = unreadable.Length > 0 ? fresh.UnreadableAt(unreadable[0].Path) : null,
        };
    }

    private static bool IsPendingRemoval(LoadedSource previous, LoadedSource fresh, SecretPath path, IEqualityComparer<string> keys) =>
        !previous.PendingRemovals.Contains(path)
        && fresh.OwnLayers.All(layer => layer.Find(path) is null)
        && (fresh.Demands is null || fresh.Demands.Any(d => new PathComparer(keys).Overlap(d.Path, path)));
}
