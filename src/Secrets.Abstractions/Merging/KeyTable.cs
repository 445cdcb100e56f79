using System.Numerics;
using System.Text;
using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>
/// Values by key, made whole and then only read. Any of the usual spellings of a key is found with one hash and one comparison;
/// a reading allocates nothing.
/// </summary>
/// <remarks>
/// <see cref="Dictionary{TKey,TValue}"/> needs one table for the exact spelling and another for the rest, and hashes a character at a time where case does
/// not count: measured, its reads took twice as long. Equal keys never stand beside each other in a section, so one table is enough.
/// </remarks>
internal sealed class KeyTable
{
    private readonly Slot[] _slots;
    private readonly bool _isExact;

    public KeyTable(IReadOnlyCollection<KeyValuePair<string, SecretValue>> entries, KeyComparison comparison)
    {
        _isExact = comparison == KeyComparison.Ordinal;
        var spellings = new List<KeyValuePair<string, SecretValue>>(entries.Count * (_isExact ? 1 : 3));
        foreach ((string key, SecretValue value) in entries)
        {
            spellings.Add(KeyValuePair.Create(key, value));
            if (!_isExact && KeyEquivalence.HasSeparator(key))
            {
                spellings.Add(KeyValuePair.Create(key.Contains('_', StringComparison.Ordinal) ? key.Replace('_', '-') : key.Replace('-', '_'), value));
                spellings.Add(KeyValuePair.Create(KeyEquivalence.Compact(key), value));
            }
        }

        // At most half full, so that a run of occupied slots is short.
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, spellings.Count * 2))];
        foreach ((string key, SecretValue value) in spellings)
        {
            int hash = KeyHash.Of(key);
            ref Slot slot = ref SlotFor(key, hash);
            if (slot.Value is null)
            {
                slot = new Slot(key, hash, value);
            }
        }
    }

    public SecretValue? Find(ReadOnlySpan<char> key)
    {
        int hash = KeyHash.Of(key);
        Slot[] slots = _slots;
        for (int at = hash; ; at++)
        {
            ref readonly Slot slot = ref slots[at & (slots.Length - 1)];
            if (slot.Key is not { } found)
            {
                return _isExact || !KeyEquivalence.HasSeparator(key) ? null : FindCompact(key);
            }

            // The exact spelling first: it is how nearly every read is spelled.
            if (slot.Hash == hash && (key.SequenceEqual(found) || IsSpelledAnew(key, found)))
            {
                return slot.Value;
            }
        }
    }

    private SecretValue? FindCompact(ReadOnlySpan<char> key)
    {
        Span<char> buffer = key.Length <= KeyEquivalence.LongestOnStack ? stackalloc char[KeyEquivalence.LongestOnStack] : new char[key.Length];
        return Find(buffer[..KeyEquivalence.Compact(key, buffer)]);
    }

    private ref Slot SlotFor(ReadOnlySpan<char> key, int hash)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        ref Slot slot = ref slots[hash & mask];
        for (int next = hash + 1; slot.Key is { } other && (slot.Hash != hash || !(key.SequenceEqual(other) || IsSpelledAnew(key, other))); next++)
        {
            slot = ref slots[next & mask];
        }

        return ref slot;
    }

    private bool IsSpelledAnew(ReadOnlySpan<char> key, string other) =>
        !_isExact && (Ascii.EqualsIgnoreCase(key, other) || key.Equals(other, StringComparison.OrdinalIgnoreCase));

    private readonly struct Slot(string key, int hash, SecretValue value)
    {
        public string? Key { get; } = key;

        public int Hash { get; } = hash;

        public SecretValue? Value { get; } = value;
    }
}
