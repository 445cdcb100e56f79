using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>Turns a document into what a batch holds.</summary>
internal static class TomlEntries
{
    public static IReadOnlyList<SecretEntry> Of(TomlTable document, string place, SecretsRequest request)
    {
        var entries = new List<SecretEntry>(document.Count);
        foreach (TomlEntry entry in document.Entries)
        {
            entries.Add(new SecretEntry(new SecretPath(entry.Key), ToValue(entry.Value, place, request)));
        }

        return entries;
    }

    private static SecretValue ToValue(in TomlValue value, string place, SecretsRequest request)
    {
        SecretOrigin origin = request.Origin(place, value.Position.Line, value.Position.Column);
        return value.Kind switch
        {
            SecretKind.Section => SecretValue.FromSection(Children(value.Table, place, request), origin),
            SecretKind.Array => SecretValue.FromArray(Elements(value.Array, place, request), origin),
            _ => SecretValue.FromText(value.Kind, value.Text, origin),
        };
    }

    private static KeyValuePair<string, SecretValue>[] Children(TomlTable table, string place, SecretsRequest request)
    {
        var children = new KeyValuePair<string, SecretValue>[table.Count];
        for (int i = 0; i < children.Length; i++)
        {
            ref readonly TomlEntry entry = ref table.Entries[i];
            children[i] = KeyValuePair.Create(entry.Key, ToValue(entry.Value, place, request));
        }

        return children;
    }

    private static SecretValue[] Elements(TomlArray array, string place, SecretsRequest request)
    {
        var elements = new SecretValue[array.Items.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = ToValue(array.Items[i], place, request);
        }

        return elements;
    }
}
