using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>
/// Values by key, created once and then only read. Each of the usual spellings of a key has its own entry, so that reading one is a single lookup;
/// any other spelling is made compact first. A read allocates nothing.
/// </summary>
internal sealed class KeyTable
{
    private readonly Dictionary<string, SecretValue> _values;

    private readonly Dictionary<string, SecretValue>.AlternateLookup<ReadOnlySpan<char>> _valuesBySpan;

    private readonly bool _isExact;

    public KeyTable(IReadOnlyCollection<KeyValuePair<string, SecretValue>> entries, KeyComparison comparison)
    {
        _isExact = comparison == KeyComparison.Ordinal;
        _values = new(entries.Count * (_isExact ? 1 : 3), _isExact ? SpellingComparer.Exact : SpellingComparer.IgnoreCase);
        _valuesBySpan = _values.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach ((string key, SecretValue value) in entries)
        {
            _values.TryAdd(key, value);
            if (!_isExact && KeyEquivalence.HasSeparator(key))
            {
                _values.TryAdd(key.Contains('_', StringComparison.Ordinal) ? key.Replace('_', '-') : key.Replace('-', '_'), value);
                _values.TryAdd(KeyEquivalence.Compact(key), value);
            }
        }
    }

    public SecretValue? Find(string key) => _values.TryGetValue(key, out SecretValue? value) ? value : FindCompact(key);

    public SecretValue? Find(ReadOnlySpan<char> key) => _valuesBySpan.TryGetValue(key, out SecretValue? value) ? value : FindCompact(key);

    private SecretValue? FindCompact(ReadOnlySpan<char> key)
    {
        if (_isExact || !KeyEquivalence.HasSeparator(key))
        {
            return null;
        }

        Span<char> buffer = key.Length <= KeyEquivalence.MaxStackChars ? stackalloc char[KeyEquivalence.MaxStackChars] : new char[key.Length];
        return _valuesBySpan.TryGetValue(buffer[..KeyEquivalence.Compact(key, buffer)], out SecretValue? value) ? value : null;
    }
}
