using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Makes the next snapshot of what the sources gave: what is stale and must not serve fails, and what is required and lost keeps its last value.</summary>
internal sealed class Composition(Chain chain, WarningLog warnings, ReadMarks reads)
{
    public Snapshot Compose(IReadOnlyList<LoadedSource> sources, IReadOnlySet<string> failing, Snapshot? before)
    {
        LoadedSource[] served = [.. sources.Select(s => failing.Contains(s.Name) ? Fail(s) : s)];
        Snapshot snapshot = Merge(served);
        if (before is null)
        {
            return snapshot;
        }

        (SecretPath Path, SecretValue Leaf)[] lost =
        [
            .. from requirement in chain.Requirements
               let now = snapshot.Root.FindBySegments(requirement.Path.Segments)
               where now is null or { Kind: SecretKind.Unreadable }
               let last = before.Root.FindBySegments(requirement.Path.Segments)
               where last is { Kind: not (SecretKind.Section or SecretKind.Unreadable) } && !failing.Contains(last.Origin.SourceName)
               select (requirement.Path, last),
        ];
        return lost.Length == 0 ? snapshot : Merge(Hold(served, lost));
    }

    /// <summary>Tells which sources serve a value that is only held because the program requires it.</summary>
    public static bool Holds(LoadedSource served, LoadedSource own) => served.Layers.Count > own.Layers.Count;

    private Snapshot Merge(IReadOnlyList<LoadedSource> sources) => new(sources, chain.Declared, chain.Options, warnings, reads);

    private LoadedSource[] Hold(LoadedSource[] sources, (SecretPath Path, SecretValue Leaf)[] lost) =>
    [
        .. from source in sources
           let own = lost.Where(l => ReferenceEquals(HolderOf(l.Path, l.Leaf, sources), source)).ToArray()
           select own.Length == 0 ? source : source.With([LayerNode.Of(own, own[0].Leaf.Origin, chain.Options.Keys), .. source.Layers]),
    ];

    // Where a failure stands in the way, the last value must stand above it; otherwise it stays with the source that gave it.
    private static LoadedSource? HolderOf(SecretPath path, SecretValue leaf, LoadedSource[] sources) =>
        Array.Find(sources, s => s.Layers.Any(layer => layer.Find(path) is { Leaf.Kind: SecretKind.Unreadable }))
        ?? Array.Find(sources, s => string.Equals(s.Name, leaf.Origin.SourceName, StringComparison.Ordinal));

    private LoadedSource Fail(LoadedSource source)
    {
        var failure = new SecretsSourceException(
            SecretsErrorCode.Unavailable, "it could not be refreshed for longer than MaxStaleness allows.", source.Name);
        return source.With(
        [
            .. source.Layers.Select(layer => LayerNode.Of(
                layer.Leaves().Select(l => (l.Path, SecretValue.Unreadable(failure, l.Leaf.Origin))), layer.Origin, chain.Options.Keys)),
        ]);
    }
}
