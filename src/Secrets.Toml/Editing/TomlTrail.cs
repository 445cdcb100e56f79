using System.Globalization;
using Secrets.Toml.Reading;

namespace Secrets.Toml.Editing;

/// <summary>A path followed through a document, as far as it exists.</summary>
internal sealed class TomlTrail
{
    private readonly List<(TomlTable Table, string Key)> _steps = [];
    private readonly List<object> _address = [];

    private TomlTrail(TomlTable root) => Root = root;

    /// <summary>Gets the root.</summary>
    public TomlTable Root { get; }

    /// <summary>Gets the tables below the root that the path leads through, each with the key that leads to it.</summary>
    public IReadOnlyList<(TomlTable Table, string Key)> Steps => _steps;

    /// <summary>Gets the keys (text) and elements (numbers) that were followed, as the document spells them.</summary>
    public IReadOnlyList<object> Address => _address;

    /// <summary>Gets the innermost table.</summary>
    public TomlTable Table => _steps.Count > 0 ? _steps[^1].Table : Root;

    /// <summary>Gets the segments that the document does not have; empty where it has the whole path.</summary>
    public IReadOnlyList<string> Rest { get; private set; } = [];

    /// <summary>Gets what the whole path leads to.</summary>
    public TomlValue? Value { get; private set; }

    /// <summary>Gets the table that holds the last key that was followed.</summary>
    public TomlTable? Holder { get; private set; }

    /// <summary>Gets the last key that was followed.</summary>
    public string? Key { get; private set; }

    /// <summary>Gets the array whose element the path ends with, or whose element the rest of the path would be in.</summary>
    public TomlArray? Array { get; private set; }

    /// <summary>Gets the element's number.</summary>
    public int Index { get; private set; }

    /// <summary>Gets a value indicating whether the rest of the path belongs into a new element of an array of tables.</summary>
    public bool IsNewElement { get; private set; }

    /// <exception cref="SecretsFormatException">The path leads through a value that is no section, or to an element that an array does not have.</exception>
    public static TomlTrail Follow(TomlDocument document, SecretPath path, KeyComparison comparison)
    {
        var trail = new TomlTrail(document.Root);
        trail.Follow([.. path.Segments], comparison, document.File);
        return trail;
    }

    private void Follow(string[] segments, KeyComparison comparison, string? file)
    {
        for (int i = 0; i < segments.Length;)
        {
            if (Find(Table, segments[i], comparison) is not { } entry)
            {
                Array = null;
                Rest = segments[i..];
                return;
            }

            (Holder, Key, Array) = (Table, entry.Key, null);
            _address.Add(entry.Key);
            TomlValue value = entry.Value;
            for (i++; i < segments.Length && value.Kind == SecretKind.Array; i++)
            {
                Array = value.Array;
                Index = ElementOf(value, segments[i], file);
                _address.Add(Index);
                if (Index == Array.Count)
                {
                    IsNewElement = true;
                    Rest = segments[(i + 1)..];
                    return;
                }

                value = Array.Items[Index];
            }

            if (value.Kind == SecretKind.Section)
            {
                _steps.Add((value.Table, entry.Key));
            }
            else if (i < segments.Length)
            {
                throw Conflict($"{PathOf(_address)} holds a value and is not a section", value, file);
            }

            Value = i == segments.Length ? value : null;
        }
    }

    private int ElementOf(in TomlValue value, string segment, string? file)
    {
        int count = value.Array.Count;
        int limit = value.Array.IsOfTables ? count : count - 1;
        return int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index <= limit
            ? index
            : throw Conflict(string.Create(CultureInfo.InvariantCulture, $"{PathOf(_address)} is an array of {count} elements, which the numbers from 0 on name"), value, file);
    }

    private static string PathOf(IEnumerable<object> address) =>
        new SecretPath(address.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture)!)).ToString();

    private static SecretsFormatException Conflict(string message, in TomlValue value, string? file) =>
        new(message, file, value.Position.Line, value.Position.Column);

    // The exact key; failing that, an equal one: another spelling beside it would make the file malformed for the chain that reads it.
    private static TomlEntry? Find(TomlTable table, string segment, KeyComparison comparison)
    {
        TomlEntry? equal = null;
        var sought = new SecretPath(segment);
        foreach (TomlEntry entry in table.Entries)
        {
            if (string.Equals(entry.Key, segment, StringComparison.Ordinal))
            {
                return entry;
            }

            if (equal is null && new SecretPath(entry.Key).StartsWith(sought, comparison))
            {
                equal = entry;
            }
        }

        return equal;
    }
}
