namespace Secrets.Merging;

/// <summary>
/// The warnings of one store. <see cref="All"/> has those that hold now, in the order in which they arose; <see cref="Raised"/> is called once for each when it
/// arises, and again only after it was gone.
/// </summary>
internal sealed class WarningLog
{
    // A store lives as long as its program, and a source may word each warning differently.
    private const int MaxWarnings = 10_000;

    // Warnings about reads are never removed, and belong to no group.
    private static readonly object _lasting = new();

    private readonly Lock _lock = new();

    private readonly List<Entry> _all = [];

    private readonly HashSet<object> _known = [];

    /// <summary>Gets or sets the handler of new warnings; it is called outside of all locks and must not block.</summary>
    public Action<SecretsWarning>? Raised { get; set; }

    public IReadOnlyList<SecretsWarning> All
    {
        get
        {
            lock (_lock)
            {
                return Array.AsReadOnly(_all.Select(e => e.Warning).ToArray());
            }
        }
    }

    /// <summary>Adds a warning that holds for the life of the store, unless there is one of this code about this path already, or unless there are too many.</summary>
    public void AddOnce(SecretsWarning warning)
    {
        var entry = new Entry(_lasting, warning);
        lock (_lock)
        {
            if (_all.Count >= MaxWarnings || !_known.Add(entry.Key))
            {
                return;
            }

            _all.Add(entry);
        }

        Raised?.Invoke(warning);
    }

    /// <summary>Replaces all warnings of a group by those that hold now. One that held before keeps its place, takes its new text, and is not raised again.</summary>
    public void Replace(object group, IReadOnlyList<SecretsWarning> present, bool isRaised = true)
    {
        lock (_lock)
        {
            if (present.Count == 0 && _all.Count == 0)
            {
                return;
            }
        }

        ReplaceAll(group, present, isRaised);
    }

    private void ReplaceAll(object group, IReadOnlyList<SecretsWarning> present, bool isRaised)
    {
        var raised = new List<SecretsWarning>();
        lock (_lock)
        {
            Dictionary<object, SecretsWarning> next = new(present.Count);
            foreach (SecretsWarning warning in present)
            {
                next.TryAdd(new Entry(group, warning).Key, warning);
            }

            UpdateOrRemove(group, next);
            foreach ((object key, SecretsWarning warning) in next)
            {
                if (_all.Count < MaxWarnings && _known.Add(key))
                {
                    _all.Add(new Entry(group, warning));
                    raised.Add(warning);
                }
            }
        }

        foreach (SecretsWarning warning in isRaised ? raised : [])
        {
            Raised?.Invoke(warning);
        }
    }

    /// <summary>Gives the warnings of a group their new texts, and removes those that hold no more. What is left over is new.</summary>
    private void UpdateOrRemove(object group, Dictionary<object, SecretsWarning> next)
    {
        for (int i = _all.Count - 1; i >= 0; i--)
        {
            if (!_all[i].Group.Equals(group))
            {
                continue;
            }

            if (next.Remove(_all[i].Key, out SecretsWarning? warning))
            {
                _all[i] = new Entry(group, warning);
            }
            else
            {
                _known.Remove(_all[i].Key);
                _all.RemoveAt(i);
            }
        }
    }

    /// <summary>Reports an event that does not last, such as a recovery.</summary>
    public void Raise(SecretsWarning warning) => Raised?.Invoke(warning);

    private sealed class Entry(object group, SecretsWarning warning)
    {
        public object Group { get; } = group;

        public SecretsWarning Warning { get; } = warning;

        /// <summary>Gets what tells warnings apart: what it is about, and for a failure its code, since the text may have an identifier of a request in it.</summary>
        public object Key { get; } = (group, warning.Code, warning.SourceName, warning.Path, warning.ErrorCode, warning.Path is null && warning.ErrorCode is null ? warning.Message : null);
    }
}
