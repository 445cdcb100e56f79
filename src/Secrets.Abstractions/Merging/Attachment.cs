using System.Globalization;
using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>Gives a source's leaf its place in a view; below an array every element and every table gets one too, and reading one reads the array.</summary>
internal static class Attachment
{
    /// <param name="leaf">The leaf as its source gave it.</param>
    /// <param name="path">The path in the view.</param>
    /// <param name="snapshot">The snapshot that the view belongs to.</param>
    /// <param name="undeclaredRead">What happens when it is read and was not declared.</param>
    /// <param name="mark">Whether it was read.</param>
    /// <param name="below">What lookups answer below the path, where they do.</param>
    public static SecretValue Attach(
        SecretValue leaf, string path, Snapshot snapshot, UndeclaredRead? undeclaredRead, ReadMark? mark = null, SectionNode? below = null) =>
        leaf.At(path, undeclaredRead, leaf.Elements is { } elements ? AttachAll(elements, path, snapshot, undeclaredRead, mark) : null, mark, below);

    private static SecretValue[] AttachAll(
        SecretValue[] elements, string path, Snapshot snapshot, UndeclaredRead? undeclaredRead, ReadMark? mark)
    {
        var attached = new SecretValue[elements.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            attached[i] = AttachElement(elements[i], string.Create(CultureInfo.InvariantCulture, $"{path}.{i}"), snapshot, undeclaredRead, mark);
        }

        return attached;
    }

    private static SecretValue AttachElement(
        SecretValue element, string path, Snapshot snapshot, UndeclaredRead? undeclaredRead, ReadMark? mark)
    {
        if (element.Entries is not { } entries)
        {
            return Attach(element, path, snapshot, undeclaredRead, mark);
        }

        KeyValuePair<string, SecretValue>[] attached =
            [.. entries.Select(e => KeyValuePair.Create(e.Key, AttachElement(e.Value, path + "." + PathText.FormatSegment(e.Key), snapshot, undeclaredRead, mark)))];
        var node = new SectionNode(attached, SecretPath.Parse(path), snapshot.Comparison, snapshot, blocker: null) { IsInArray = true };
        return SecretValue.Section(node, element.Origin, path);
    }
}
