using Secrets.Keys;
using Secrets.Loading;
using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Creates the next snapshot from the loaded sources: values that are too old to be served become failures, and required values that are gone keep their last value.</summary>
internal sealed class Composition(Chain chain, WarningLog warnings)
{
    private readonly PathComparer _paths = new(chain.Options.Keys);

    public Snapshot Compose(IReadOnlyList<LoadedSource> sources, IReadOnlySet<string> failing, Snapshot? before) =>
        before is null && failing.Count == 0 ? Merge(sources) : ComposeAfter(before, Served(sources, failing), failing);

    private LoadedSource[] Served(IReadOnlyList<LoadedSource> sources, IReadOnlySet<string> failing) =>
        [.. sources.Select(s => failing.Contains(s.Name) ? WithoutStaleValues(s) : s)];

    private Snapshot ComposeAfter(Snapshot? before, LoadedSource[] served, IReadOnlySet<string> failing)
    {
        Snapshot snapshot = Merge(served);
        if (before is null)
        {
            return snapshot;
        }

        (SecretPath Path, SecretValue Leaf)[] lost =
        [
            .. chain.Demands
                .Where(r => r.IsRequired && !Has(snapshot, r.Path) && Has(before, r.Path))
                .SelectMany(r => LastOf(before, r.Path))
                .Where(l => !failing.Contains(l.Leaf.Origin.SourceName)),
        ];

        // A value whose place something else has taken cannot be held: it would make the two a contradiction.
        for (int tried = 0; lost.Length > 0 && lost.Length != tried;)
        {
            tried = lost.Length;
            Snapshot held = Merge(WithHeldValues(served, lost));
            lost = [.. lost.Where(l => Has(held, l.Path))];
            if (lost.Length == tried)
            {
                return held;
            }
        }

        return snapshot;
    }

    // A variable that lies below a section is not what the section held.
    private static bool Has(Snapshot snapshot, SecretPath path) =>
        snapshot.Root.FindBySegments(path.Segments) is { Kind: not SecretKind.Unreadable, Node: not { IsFromLookups: true } };

    /// <summary>Gives the leaves that a path stands for, in the spelling that they were served in: one, an array around it, or all of a section.</summary>
    private IEnumerable<(SecretPath Path, SecretValue Leaf)> LastOf(Snapshot before, SecretPath path)
    {
        for (int length = 1; length <= path.Segments.Count; length++)
        {
            if (before.Root.FindBySegments([.. path.Segments.Take(length)]) is { Kind: not SecretKind.Section } leaf)
            {
                return [(SecretPath.Parse(leaf.DisplayPath), leaf)];
            }
        }

        return from entry in before.ByPath
               where entry.Value.Kind is not (SecretKind.Section or SecretKind.Unreadable)
               let place = SecretPath.Parse(entry.Key)
               where _paths.StartsWith(place, path)
               select (place, entry.Value);
    }

    private Snapshot Merge(IReadOnlyList<LoadedSource> sources) => new(sources, chain.Options, warnings, chain.Reads);

    private LoadedSource[] WithHeldValues(LoadedSource[] sources, (SecretPath Path, SecretValue Leaf)[] lost) =>
    [
        .. from source in sources
           let own = lost.Where(l => ReferenceEquals(HolderOf(l.Path, l.Leaf, sources), source)).ToArray()
           select own.Length == 0 ? source : source with
           {
               Layers = [LayerNode.Of(own, own[0].Leaf.Origin, chain.Options.Keys), .. source.Layers],
               HeldRequired = [.. own.Select(l => l.Path)],
           },
    ];

    // Where a failure stands in the way, the last value must stand above it; otherwise it stays with the source that gave it.
    private static LoadedSource? HolderOf(SecretPath path, SecretValue leaf, LoadedSource[] sources) =>
        Array.Find(sources, s => s.Layers.Any(layer => layer.Find(path) is { Leaf.Kind: SecretKind.Unreadable }))
        ?? Array.Find(sources, s => string.Equals(s.Name, leaf.Origin.SourceName, StringComparison.Ordinal));

    // After a load that succeeded, only values that are held over a failure are too old: without them, their own failure is served. In all other cases, and while a load hangs, everything is.
    private LoadedSource WithoutStaleValues(LoadedSource source) =>
        source is { Failure: null, HeldFailure: not null } ? source with { Layers = [.. source.Layers.Skip(1)] } : MakeUnreadable(source);

    private LoadedSource MakeUnreadable(LoadedSource source)
    {
        var failure = new SecretsSourceException(
            SecretsErrorCode.Unavailable, "it could not be refreshed for longer than MaxStaleness allows.", source.Name);
        return source with
        {
            // For what a lookup answers, which is in no layer.
            StaleFailure = failure,
            Layers =
            [
                .. source.Layers.Select(layer => LayerNode.Of(
                    layer.Leaves().Select(l => (l.Path, SecretValue.Unreadable(failure, l.Leaf.Origin))), layer.Origin, chain.Options.Keys)),
            ],
        };
    }
}
