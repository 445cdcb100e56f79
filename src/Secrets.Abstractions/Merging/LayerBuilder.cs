using System.Globalization;
using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>
/// Builds the tree of one source's entries, and finds keys of that source which are equal under the comparison. In a file
/// that is a mistake to correct, so the load fails and names both; in a store, that one path becomes unreadable, names both, and the rest serves.
/// </summary>
internal sealed class LayerBuilder(string sourceName, KeyComparison comparison)
{
    private readonly IEqualityComparer<string> _keys = KeyEquivalence.For(comparison);

    // There is almost never one.
    private KeyCollisions? _collisions;

    private bool _hasUnreadable;

    private int Ambiguous => _collisions?.Ambiguous ?? 0;

    /// <summary>Builds the trees of a batch and of the batches that it refines, highest first.</summary>
    /// <exception cref="SecretsFormatException">Two keys of a file are equal; every pair is named.</exception>
    /// <exception cref="SecretsSourceException">A path is deeper than any reader makes it, or empty.</exception>
    public static IReadOnlyList<LayerNode> Build(SecretsBatch batch, string sourceName, KeyComparison comparison)
    {
        var layers = new List<LayerNode>(1);
        for (SecretsBatch? layer = batch; layer is not null; layer = layer.Lower)
        {
            layers.Add(new LayerBuilder(sourceName, comparison).Build(layer));
        }

        return layers;
    }

    private LayerNode Build(SecretsBatch batch)
    {
        var root = new LayerNode("", new SecretOrigin(sourceName, "", version: null, default), _keys, batch.Entries.Count);
        for (int index = 0; index < batch.Entries.Count; index++)
        {
            SecretEntry entry = batch.Entries[index];
            IReadOnlyList<string> segments = entry.Path.Segments;
            if (segments.Count is 0 or > DepthLimit.MaxKeys)
            {
                throw segments.Count == 0 ? Invalid(entry.Value.Origin, "an entry without a path") : DepthLimit.TooDeep(entry.Value.Origin);
            }

            LayerNode? section = root;
            SecretPath path = SecretPath.Root;
            for (int i = 0; i < segments.Count - 1 && section is not null; i++)
            {
                section = SectionAt(section, segments[i], entry.Value.Origin, path);
                path = path.Append(segments[i]);
            }

            if (section is not null)
            {
                Add(section, segments[^1], entry.Value, path);
            }
        }

        root.MayHaveUnreadable = _hasUnreadable || _collisions is not null;
        return _collisions?.Duplicates() is { } failure ? throw failure : root;
    }

    // The path is the parent's, since few of the keys below it need one of their own.
    private void Add(LayerNode parent, string key, SecretValue value, SecretPath parentPath)
    {
        if (parentPath.Segments.Count >= DepthLimit.MaxKeys)
        {
            throw DepthLimit.TooDeep(value.Origin);
        }

        // Who supplied a secret decides whether it is exported, fresh or a local one, and a source may pass on what another gave.
        value = value.As(sourceName);
        if (EntriesOf(value) is { } entries)
        {
            if (SectionAt(parent, key, value.Origin, parentPath, entries.Length) is { } section)
            {
                SecretPath path = parentPath.Append(key);
                foreach ((string childKey, SecretValue child) in entries)
                {
                    Add(section, childKey, child, path);
                }
            }
        }
        else
        {
            SecretValue leaf = value.Elements is null ? value : Checked(value, parentPath.Append(key));
            _hasUnreadable |= leaf.Kind == SecretKind.Unreadable;
            if (!parent.Children!.TryAdd(key, new LayerNode(key, leaf)))
            {
                Collide(parent, key, value.Origin, isSection: false, parentPath);
            }
        }
    }

    private LayerNode? SectionAt(LayerNode parent, string key, SecretOrigin origin, SecretPath parentPath, int capacity = 0)
    {
        if (!parent.Children!.TryGetValue(key, out LayerNode? section))
        {
            section = new LayerNode(key, origin, _keys, capacity);
            parent.Children.Add(key, section);
            return section;
        }

        bool isSpelledAnew = !string.Equals(section.Key, key, StringComparison.Ordinal) && section.Origin.File is not null;
        if (section.Children is null || isSpelledAnew)
        {
            Collide(parent, key, origin, isSection: true, parentPath);
            return null;
        }

        return section;
    }

    private void Collide(LayerNode parent, string key, SecretOrigin second, bool isSection, SecretPath parentPath)
    {
        _collisions ??= new KeyCollisions(sourceName);
        _collisions.Add(parent, key, second, isSection, parentPath);
    }

    /// <summary>Finds equal keys in the tables of an array; gives the array with each such path unreadable, or the same array.</summary>
    private SecretValue Checked(SecretValue value, SecretPath path)
    {
        if (value.Elements is not { } elements)
        {
            return value;
        }

        if (path.Segments.Count >= DepthLimit.MaxKeys)
        {
            throw DepthLimit.TooDeep(value.Origin);
        }

        SecretValue[]? changed = null;
        for (int i = 0; i < elements.Length; i++)
        {
            if (elements[i] is not { Kind: not SecretKind.Section, Elements: null })
            {
                SecretValue element = CheckedElement(elements[i], path.Append(i.ToString(CultureInfo.InvariantCulture)));
                if (!ReferenceEquals(element, elements[i]))
                {
                    changed ??= [.. elements];
                    changed[i] = element;
                }
            }
        }

        return changed is null ? value : SecretValue.FromArray(changed, value.Origin);
    }

    private SecretValue CheckedElement(SecretValue element, SecretPath path)
    {
        if (EntriesOf(element) is not { } entries)
        {
            return Checked(element, path);
        }

        // A table inside an array is not merged with anything; its tree is built only to find duplicates.
        int before = Ambiguous;
        var table = new LayerNode("", element.Origin, _keys, entries.Length);
        foreach ((string key, SecretValue child) in entries)
        {
            Add(table, key, child, path);
        }

        return Ambiguous == before && element.Node is null ? element : ToValue(table);
    }

    /// <summary>Gives the entries of a section, also of one that a source passes on from another store.</summary>
    /// <exception cref="SecretsSourceException">The other store could not read all of it: what it lacks must not become absence.</exception>
    private static KeyValuePair<string, SecretValue>[]? EntriesOf(SecretValue value) =>
        value.Node?.Blocker is { } blocker ? throw blocker.Value.Unread() : value.Entries ?? value.Node?.EntryList;

    private static SecretValue ToValue(LayerNode node) =>
        node.Leaf ?? SecretValue.FromSection(node.Children!.Select(c => KeyValuePair.Create(c.Key, ToValue(c.Value))), node.Origin);

    private SecretsSourceException Invalid(SecretOrigin origin, string what) =>
        new(SecretsErrorCode.InvalidFormat, $"The source {sourceName} gave {what} at {origin.Location}.", sourceName);
}
