namespace Secrets.Merging;

/// <summary>The marks of one store, by path.</summary>
internal sealed class ReadMarks
{
    private readonly Lock _lock = new();

    private readonly Dictionary<string, ReadMark> _marks = new(StringComparer.Ordinal);

    /// <summary>Gets the number of marks.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _marks.Count;
            }
        }
    }

    public ReadMark Of(string path)
    {
        lock (_lock)
        {
            if (!_marks.TryGetValue(path, out ReadMark? mark))
            {
                mark = new ReadMark();
                _marks.Add(path, mark);
            }

            return mark;
        }
    }

    /// <summary>Removes the marks of paths that a snapshot does not have: a store whose keys change all the time must not remember them all.</summary>
    public void Keep(IReadOnlyDictionary<string, SecretValue> served)
    {
        lock (_lock)
        {
            foreach (string path in _marks.Keys)
            {
                if (!served.ContainsKey(path))
                {
                    // Removing while enumerating is allowed for a dictionary.
                    _marks.Remove(path);
                }
            }
        }
    }
}
