namespace Secrets.Toml.Reading;

/// <summary>An array. Not changed once the reader has returned it.</summary>
internal sealed class TomlArray
{
    private TomlValue[] _items;

    /// <summary>Makes an array that was written between brackets.</summary>
    public TomlArray(ReadOnlySpan<TomlValue> items)
    {
        _items = items.ToArray();
        Count = items.Length;
    }

    /// <summary>Makes an array of tables, to which every header of its name adds one.</summary>
    public TomlArray()
    {
        _items = [];
        IsOfTables = true;
    }

    /// <summary>Gets whether headers made the array.</summary>
    public bool IsOfTables { get; }

    /// <summary>Gets the number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the elements.</summary>
    public ReadOnlySpan<TomlValue> Items => _items.AsSpan(0, Count);

    /// <summary>Adds a table to an array of tables.</summary>
    public void Add(TomlValue table)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        }

        _items[Count++] = table;
    }
}
