namespace Secrets.Merging;

/// <summary>A node in the tree of one source's entries: a leaf with its value, or a section with its children.</summary>
internal sealed class LayerNode
{
    public LayerNode(string key, SecretValue leaf)
    {
        Key = key;
        Leaf = leaf;
        Origin = leaf.Origin;
    }

    public LayerNode(string key, SecretOrigin origin, IEqualityComparer<string> keys, int capacity = 0)
    {
        Key = key;
        Origin = origin;
        Children = new(capacity, keys);
    }

    public string Key { get; }

    public SecretOrigin Origin { get; }

    public SecretValue? Leaf { get; }

    public OrderedDictionary<string, LayerNode>? Children { get; }

    /// <summary>Gets or sets a value indicating whether this is the root of a tree that may have an unreadable leaf. There is almost never one, so that the tree is not searched.</summary>
    public bool MayHaveUnreadable { get; set; }

    /// <summary>Builds a tree of leaves. Of two leaves that exclude each other, the first is kept.</summary>
    public static LayerNode Of(IEnumerable<(SecretPath Path, SecretValue Leaf)> leaves, SecretOrigin origin, IEqualityComparer<string> keys)
    {
        var root = new LayerNode("", origin, keys);
        foreach ((SecretPath path, SecretValue leaf) in leaves)
        {
            LayerNode? section = root;
            foreach (string segment in path.Segments.SkipLast(1))
            {
                if (!section!.Children!.TryGetValue(segment, out LayerNode? child))
                {
                    child = new LayerNode(segment, leaf.Origin, keys);
                    section.Children.Add(segment, child);
                }

                section = child;
                if (section.Children is null)
                {
                    break;
                }
            }

            section?.Children?.TryAdd(path.Segments[^1], new LayerNode(path.Segments[^1], leaf));
        }

        return root;
    }

    /// <summary>Gives the leaves below, with their paths, in their order.</summary>
    public IEnumerable<(SecretPath Path, SecretValue Leaf)> Leaves()
    {
        var open = new Stack<(SecretPath Path, LayerNode Node)>([(SecretPath.Root, this)]);
        while (open.TryPop(out (SecretPath Path, LayerNode Node) next))
        {
            if (next.Node.Leaf is { } leaf)
            {
                yield return (next.Path, leaf);
            }

            foreach ((string key, LayerNode child) in next.Node.Children?.Reverse() ?? [])
            {
                open.Push((next.Path.Append(key), child));
            }
        }
    }

    /// <summary>True where two lists hold the same trees.</summary>
    public static bool AreSame(IReadOnlyList<LayerNode> first, IReadOnlyList<LayerNode> second) =>
        ReferenceEquals(first, second) || (first.Count == second.Count && first.Zip(second).All(pair => pair.First.IsSame(pair.Second)));

    /// <summary>True where both trees have the same keys, in the same order, with the same values from the same places.</summary>
    public bool IsSame(LayerNode other) =>
        string.Equals(Key, other.Key, StringComparison.Ordinal)
        && Origin.IsSamePlace(other.Origin)
        && (Leaf, other.Leaf) switch
        {
            (null, null) => Children!.Count == other.Children!.Count && Children.Values.Zip(other.Children.Values).All(pair => pair.First.IsSame(pair.Second)),
            ({ } own, { } theirs) => own.HasSameContent(theirs),
            _ => false,
        };

    /// <summary>Gives the node at a path, or the leaf above it, which stands in its way; <see langword="null"/> where the source has nothing there.</summary>
    public LayerNode? Find(SecretPath path) => Find(path, out _);

    /// <summary>Gives the node at a path, or the leaf above it, which stands in its way; <see langword="null"/> where the source has nothing there.</summary>
    public LayerNode? Find(SecretPath path, out bool isAbove)
    {
        isAbove = false;
        LayerNode? node = this;
        foreach (string segment in path.Segments)
        {
            if (node.Children is null)
            {
                isAbove = true;
                return node;
            }

            if (!node.Children.TryGetValue(segment, out node))
            {
                return null;
            }
        }

        return node;
    }
}
