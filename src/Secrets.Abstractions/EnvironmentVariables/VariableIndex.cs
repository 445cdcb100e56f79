namespace Secrets.EnvironmentVariables;

/// <summary>
/// The variables of one load under <see cref="KeyComparison.Equivalent"/>, sorted by their names without case, <c>_</c>, <c>-</c> and <c>.</c>:
/// all that may fit a path, or a path below it, stand together.
/// </summary>
internal sealed class VariableIndex : IVariableNames
{
    private const int MaxStackChars = 256;

    private readonly Entry[] _entries;
    private readonly int _longest;

    public VariableIndex(IReadOnlyCollection<string> names)
    {
        _entries = new Entry[names.Count];
        int count = 0;
        foreach (string name in names)
        {
            var entry = new Entry(name);
            _entries[count++] = entry;
            _longest = Math.Max(_longest, entry.Compact.Length);
        }

        Array.Sort(_entries, Entry.Compare);
    }

    public string? Find(IReadOnlyList<string> segments, Func<string, bool> isAllowed)
    {
        int length = LengthOf(segments);
        if (length > _longest)
        {
            return null;
        }

        Span<char> buffer = length <= MaxStackChars ? stackalloc char[MaxStackChars] : new char[length];
        ReadOnlySpan<char> compact = Compact(segments, buffer);
        (string? first, NameFit best) = (null, NameFit.None);
        for (int i = FirstAtOrAfter(compact); i < _entries.Length && compact.Equals(_entries[i].Compact, StringComparison.OrdinalIgnoreCase); i++)
        {
            string name = _entries[i].Name;
            NameFit fit = NameMatch.Of(name, segments);
            if (fit < best && isAllowed(name))
            {
                (first, best) = (name, fit);
            }
        }

        return first;
    }

    public string? FindBelow(IReadOnlyList<string> segments, bool isCertain, Func<string, bool> isAllowed)
    {
        int length = LengthOf(segments);
        if (length >= _longest)
        {
            return null;
        }

        Span<char> buffer = length <= MaxStackChars ? stackalloc char[MaxStackChars] : new char[length];
        ReadOnlySpan<char> compact = Compact(segments, buffer);
        for (int i = FirstAtOrAfter(compact); i < _entries.Length && _entries[i].Compact.AsSpan().StartsWith(compact, StringComparison.OrdinalIgnoreCase); i++)
        {
            string name = _entries[i].Name;
            NameFit fit = NameMatch.Below(name, segments);
            if (fit != NameFit.None && !(isCertain && fit == NameFit.OneUnderscore) && isAllowed(name))
            {
                return name;
            }
        }

        return null;
    }

    private int FirstAtOrAfter(ReadOnlySpan<char> compact)
    {
        (int low, int high) = (0, _entries.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _entries[middle].Compact.AsSpan().CompareTo(compact, StringComparison.OrdinalIgnoreCase) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int LengthOf(IReadOnlyList<string> segments)
    {
        int length = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            length += CompactLengthOf(segments[i]);
        }

        return length;
    }

    private static ReadOnlySpan<char> Compact(IReadOnlyList<string> segments, Span<char> buffer)
    {
        int length = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            length += Compact(segments[i], buffer[length..]);
        }

        return buffer[..length];
    }

    private static int Compact(ReadOnlySpan<char> text, Span<char> buffer)
    {
        int length = 0;
        foreach (char c in text)
        {
            if (c is not ('_' or '-' or '.'))
            {
                buffer[length++] = c;
            }
        }

        return length;
    }

    private static int CompactLengthOf(ReadOnlySpan<char> text) => text.Length - text.Count('_') - text.Count('-') - text.Count('.');

    /// <summary>A variable's name. Of names that are compact equal, the order is that in which they are tried: upper case first, then the plainest.</summary>
    private sealed class Entry
    {
        private readonly bool _hasLower;
        private readonly int _oddities;
        private readonly int _words;

        public Entry(string name)
        {
            Name = name;
            Compact = string.Create(CompactLengthOf(name), name, static (buffer, text) => VariableIndex.Compact(text, buffer));
            _hasLower = name.AsSpan().ContainsAnyInRange('a', 'z') || name.Any(char.IsLower);
            _words = name.AsSpan().Count('_');
            _oddities = OdditiesOf(name);
        }

        public string Name { get; }

        public string Compact { get; }

        public static int Compare(Entry x, Entry y)
        {
            int order = string.Compare(x.Compact, y.Compact, StringComparison.OrdinalIgnoreCase);
            order = order != 0 ? order : x._hasLower.CompareTo(y._hasLower);
            order = order != 0 ? order : x._oddities.CompareTo(y._oddities);

            // API_KEY before APIKEY.
            order = order != 0 ? order : y._words.CompareTo(x._words);
            return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
        }

        /// <summary>Counts what a conventional name does not have: a hyphen, a dot, an underscore beside another one or at an end.</summary>
        private static int OdditiesOf(string name)
        {
            int count = 0;
            for (int i = 0; i < name.Length; i++)
            {
                count += name[i] is '-' or '.' || (name[i] == '_' && (i == 0 || i == name.Length - 1 || name[i - 1] == '_')) ? 1 : 0;
            }

            return count;
        }
    }
}
