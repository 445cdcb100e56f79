namespace Secrets.Merging;

/// <summary>A place in the tree of what one source gave: a leaf with its value, or a section with its children.</summary>
internal sealed class LayerNode
{
    public LayerNode(string key, SecretValue leaf)
    {
        Key = key;
        Leaf = leaf;
        Origin = leaf.Origin;
    }

    public LayerNode(string key, SecretOrigin origin, IEqualityComparer<string> keys)
    {
        Key = key;
        Origin = origin;
        Children = new(keys);
    }

    public string Key { get; }

    public SecretOrigin Origin { get; }

    public SecretValue? Leaf { get; }

    public OrderedDictionary<string, LayerNode>? Children { get; }

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
