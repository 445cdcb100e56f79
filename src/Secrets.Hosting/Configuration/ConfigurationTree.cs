using System.Globalization;
using Microsoft.Extensions.Configuration;
using Secrets.Merging;

namespace Secrets.Hosting.Configuration;

/// <summary>One snapshot of a store as <c>IConfiguration</c> sees it: keys joined by colons, the elements of an array as <c>0</c>, <c>1</c>, …</summary>
internal sealed class ConfigurationTree
{
    private readonly IEqualityComparer<string> _keys;
    private readonly Func<SecretPath, bool> _isExposed;
    private readonly Node _root = new();

    /// <param name="root">The snapshot's root.</param>
    /// <param name="isExposed">Says whether a path is shown.</param>
    public ConfigurationTree(SectionNode root, Func<SecretPath, bool> isExposed)
    {
        // IConfiguration ignores case even where the chain does not.
        _keys = ReferenceEquals(root.Keys, StringComparer.Ordinal) ? StringComparer.OrdinalIgnoreCase : root.Keys;
        _isExposed = isExposed;
        AddSection(_root, root, SecretPath.Root);
    }

    /// <summary>Finds the leaf at a key.</summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    /// <exception cref="SecretsSourceException">A failure stands where the leaf would be, with its code: a lower provider must not answer for it.</exception>
    public SecretValue? Find(string key)
    {
        string[] parts = key.Split(ConfigurationPath.KeyDelimiter);
        Node node = _root;
        SecretsSourceException? failure = null;
        foreach (string part in parts)
        {
            failure = node.Failure ?? failure;
            if (node.Children?.TryGetValue(part, out Node? child) != true)
            {
                failure = node.Leaf is { Kind: SecretKind.Unreadable } unreadable ? unreadable.Unread() : failure;
                return failure is null || !_isExposed(new SecretPath(parts)) ? null : throw failure;
            }

            node = child!;
        }

        return node.Leaf;
    }

    /// <summary>Gives the keys below a key that can be read, for enumeration.</summary>
    public IEnumerable<string> ChildKeys(string? parent)
    {
        Node? node = _root;
        foreach (string part in parent?.Split(ConfigurationPath.KeyDelimiter) ?? [])
        {
            node = node?.Children?.GetValueOrDefault(part);
        }

        return node?.Children?.Where(c => c.Value.CanBeListed).Select(c => c.Key) ?? [];
    }

    /// <summary>Gives those of some keys that are not another spelling of a key which is already there.</summary>
    public IEnumerable<string> Except(IEnumerable<string> keys, IReadOnlyCollection<string> present) => keys.Where(key => !present.Contains(key, _keys));

    private void AddSection(Node node, SectionNode section, SecretPath path)
    {
        node.Failure = section.Blocker?.Value.Unread();
        foreach ((string key, SecretValue value) in section.EntryList)
        {
            // A key that holds a colon is several keys here, as it is in a JSON file.
            Add(key.Split(ConfigurationPath.KeyDelimiter).Aggregate(node, ChildAt), value, path.Append(key));
        }
    }

    private void Add(Node node, SecretValue value, SecretPath path)
    {
        if (value.Node is { } section)
        {
            AddSection(node, section, path);
        }
        else if (value.Elements is { } elements)
        {
            for (int i = 0; i < elements.Length; i++)
            {
                string index = i.ToString(CultureInfo.InvariantCulture);
                Add(ChildAt(node, index), elements[i], path.Append(index));
            }
        }
        else if (_isExposed(path))
        {
            node.Leaf = value;
        }
    }

    private Node ChildAt(Node parent, string key)
    {
        parent.Children ??= new(_keys);
        if (!parent.Children.TryGetValue(key, out Node? child))
        {
            child = new Node();
            parent.Children.Add(key, child);
        }

        return child;
    }

    private sealed class Node
    {
        public OrderedDictionary<string, Node>? Children { get; set; }

        public SecretValue? Leaf { get; set; }

        /// <summary>Gets or sets the failure that stands for what this section may have beyond its keys.</summary>
        public SecretsSourceException? Failure { get; set; }

        /// <summary>Gets a value indicating whether reading it, or something below it, gives a value.</summary>
        /// <remarks>
        /// A key whose reading throws is not listed: it would make AsEnumerable and GetDebugView throw for every key of the application.
        /// </remarks>
        public bool CanBeListed => Leaf is { CanBeRead: true } || Children?.Any(c => c.Value.CanBeListed) == true;
    }
}
