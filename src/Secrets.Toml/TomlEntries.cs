using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>Turns a document into the entries of a batch.</summary>
internal static class TomlEntries
{
    public static IReadOnlyList<SecretEntry> Of(TomlTable document, Func<TomlPosition, SecretOrigin> originAt)
    {
        var entries = new List<SecretEntry>(document.Count);
        foreach (TomlEntry entry in document.Entries)
        {
            entries.Add(new SecretEntry(SecretPath.Root.Append(entry.Key), ToValue(entry.Value, originAt)));
        }

        return entries;
    }

    /// <summary>Gives what lies in a table, and in the tables in it, under paths that begin with the table's.</summary>
    public static IEnumerable<SecretEntry> Leaves(TomlTable table, SecretPath path, Func<TomlPosition, SecretOrigin> originAt) =>
        table.Entries.ToArray().SelectMany(entry => entry.Value.Kind == SecretKind.Section && entry.Value.Table.Count > 0
            ? Leaves(entry.Value.Table, path.Append(entry.Key), originAt)
            : [new SecretEntry(path.Append(entry.Key), ToValue(entry.Value, originAt))]);

    private static SecretValue ToValue(in TomlValue value, Func<TomlPosition, SecretOrigin> originAt)
    {
        SecretOrigin origin = originAt(value.Position);
        return value.Kind switch
        {
            SecretKind.Section => SecretValue.FromSection(Children(value.Table, originAt), origin),
            SecretKind.Array => SecretValue.FromArray(Elements(value.Array, originAt), origin),
            _ => SecretValue.FromText(value.Kind, value.Text, origin),
        };
    }

    private static KeyValuePair<string, SecretValue>[] Children(TomlTable table, Func<TomlPosition, SecretOrigin> originAt)
    {
        var children = new KeyValuePair<string, SecretValue>[table.Count];
        for (int i = 0; i < children.Length; i++)
        {
            ref readonly TomlEntry entry = ref table.Entries[i];
            children[i] = KeyValuePair.Create(entry.Key, ToValue(entry.Value, originAt));
        }

        return children;
    }

    private static SecretValue[] Elements(TomlArray array, Func<TomlPosition, SecretOrigin> originAt)
    {
        var elements = new SecretValue[array.Items.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = ToValue(array.Items[i], originAt);
        }

        return elements;
    }
}
