using System.Runtime.InteropServices;

namespace Secrets.Toml.Reading;

/// <summary>A table: keys with values, in the order of the document. Not changed once the reader has returned it.</summary>
internal sealed class TomlTable(TomlTableState state, int expectedCount = 0)
{
    // Up to here comparing with every key is faster than hashing.
    private const int MaxScanned = 16;

    private TomlEntry[] _entries = new TomlEntry[Math.Clamp(expectedCount, 4, MaxScanned)];
    private Dictionary<string, int>? _index;

    // One bit for each key's length and last character: a key whose bit is not set is new, and need not be compared.
    private ulong _seen;

    /// <summary>Gets or sets what made the table.</summary>
    public TomlTableState State { get; set; } = state;

    /// <summary>Gets the number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the keys with their values.</summary>
    public ReadOnlySpan<TomlEntry> Entries => new(_entries, 0, Count);

    /// <summary>Finds the entry of a key, or adds one that has no value yet. The reference holds until the next addition.</summary>
    public ref TomlEntry GetOrAdd(string key, out bool exists)
    {
        int found = Count > MaxScanned ? FindHashed(key) : FindScanned(key);
        exists = found < Count;
        if (!exists)
        {
            if (Count == _entries.Length)
            {
                var larger = new TomlEntry[Count * 2];
                Array.Copy(_entries, larger, Count);
                _entries = larger;
            }

            _entries[Count++].Key = key;
        }

        return ref _entries[found];
    }

    private int FindScanned(string key)
    {
        ulong bit = 1UL << (key.Length + (key.Length > 0 ? key[^1] : 0));
        if ((_seen & bit) == 0)
        {
            _seen |= bit;
            return Count;
        }

        ReadOnlySpan<TomlEntry> scanned = Entries;
        for (int i = 0; i < scanned.Length; i++)
        {
            if (scanned[i].Key.AsSpan().SequenceEqual(key))
            {
                return i;
            }
        }

        return scanned.Length;
    }

    private int FindHashed(string key)
    {
        if (_index is null)
        {
            _index = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
            for (int i = 0; i < Count; i++)
            {
                _index.Add(_entries[i].Key, i);
            }
        }

        ref int found = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, key, out bool exists);
        if (!exists)
        {
            found = Count;
        }

        return found;
    }
}
