namespace Secrets.Merging;

/// <summary>A place in the tree of the paths that a program declared.</summary>
internal sealed class RequirementNode(string key, IEqualityComparer<string> keys)
{
    public string Key { get; } = key;

    /// <summary>Gets a value indicating whether the program declared this path, and so all that is below it.</summary>
    public bool IsDeclared { get; private set; }

    public OrderedDictionary<string, RequirementNode> Children { get; } = new(keys);

    /// <summary>True where the program declared the path, or a section above it.</summary>
    public bool Declares(SecretPath path)
    {
        RequirementNode? node = this;
        foreach (string segment in path.Segments)
        {
            if (node.IsDeclared || !node.Children.TryGetValue(segment, out node))
            {
                break;
            }
        }

        return node is { IsDeclared: true };
    }

    public static RequirementNode Of(IEnumerable<SecretPath> paths, IEqualityComparer<string> keys)
    {
        var root = new RequirementNode("", keys);
        foreach (SecretPath path in paths)
        {
            RequirementNode node = root;
            foreach (string segment in path.Segments)
            {
                if (!node.Children.TryGetValue(segment, out RequirementNode? child))
                {
                    child = new RequirementNode(segment, keys);
                    node.Children.Add(segment, child);
                }

                node = child;
            }

            node.IsDeclared = true;
        }

        return root;
    }
}
