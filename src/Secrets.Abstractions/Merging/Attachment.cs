using System.Globalization;
using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>Gives a source's leaf its place in a view; below an array every element and every table gets one too, and reading one reads the array.</summary>
internal static class Attachment
{
    public static SecretValue Attach(
        SecretValue leaf, string path, KeyComparison comparison, UndeclaredRead? undeclaredRead, ReadMark? mark = null) =>
        leaf.At(path, undeclaredRead, leaf.Elements is { } elements ? AttachAll(elements, path, comparison, undeclaredRead, mark) : null, mark);

    private static SecretValue[] AttachAll(
        SecretValue[] elements, string path, KeyComparison comparison, UndeclaredRead? undeclaredRead, ReadMark? mark)
    {
        var attached = new SecretValue[elements.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            attached[i] = AttachElement(elements[i], string.Create(CultureInfo.InvariantCulture, $"{path}.{i}"), comparison, undeclaredRead, mark);
        }

        return attached;
    }

    private static SecretValue AttachElement(
        SecretValue element, string path, KeyComparison comparison, UndeclaredRead? undeclaredRead, ReadMark? mark)
    {
        if (element.Entries is not { } entries)
        {
            return Attach(element, path, comparison, undeclaredRead, mark);
        }

        KeyValuePair<string, SecretValue>[] attached =
            [.. entries.Select(e => KeyValuePair.Create(e.Key, AttachElement(e.Value, path + "." + PathText.FormatSegment(e.Key), comparison, undeclaredRead, mark)))];
        var node = new SectionNode(attached, SecretPath.Parse(path), comparison, snapshot: null, blocker: null);
        return SecretValue.Section(node, element.Origin, path);
    }
}
