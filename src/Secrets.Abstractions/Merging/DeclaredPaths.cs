namespace Secrets.Merging;

/// <summary>The tree of the paths that a program declared: one place in it, with the places below.</summary>
internal sealed class DeclaredPaths(string key, IEqualityComparer<string> keys)
{
    /// <summary>Gets the tree of a program that declared nothing.</summary>
    public static DeclaredPaths None { get; } = new("", StringComparer.Ordinal);

    public string Key { get; } = key;

    /// <summary>Gets a value indicating whether the program declared this path, and so all that is below it.</summary>
    public bool IsDeclared { get; private set; }

    public OrderedDictionary<string, DeclaredPaths> Children { get; } = new(keys);

    /// <summary>True where the program declared the path, or a section above it.</summary>
    public bool Declares(SecretPath path)
    {
        DeclaredPaths? node = this;
        foreach (string segment in path.Segments)
        {
            if (node.IsDeclared || !node.Children.TryGetValue(segment, out node))
            {
                break;
            }
        }

        return node is { IsDeclared: true };
    }

    public static DeclaredPaths Of(IEnumerable<SecretPath> paths, IEqualityComparer<string> keys)
    {
        var root = new DeclaredPaths("", keys);
        foreach (SecretPath path in paths)
        {
            DeclaredPaths node = root;
            foreach (string segment in path.Segments)
            {
                if (!node.Children.TryGetValue(segment, out DeclaredPaths? child))
                {
                    child = new DeclaredPaths(segment, keys);
                    node.Children.Add(segment, child);
                }

                node = child;
            }

            node.IsDeclared = true;
        }

        return root;
    }
}
