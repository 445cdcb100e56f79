namespace Secrets.Merging;

/// <summary>The warnings of one store, in the order in which they arose.</summary>
internal sealed class WarningLog
{
    // A store lives as long as its program, and a source may word each warning anew.
    private const int Most = 10_000;

    private readonly Lock _lock = new();

    private readonly List<SecretsWarning> _all = [];

    private readonly HashSet<(SecretsWarningCode Code, string? SourceName, string Subject)> _known = [];

    public IReadOnlyList<SecretsWarning> All
    {
        get
        {
            lock (_lock)
            {
                return Array.AsReadOnly(_all.ToArray());
            }
        }
    }

    /// <summary>
    /// Adds a warning, unless the same source has one of this code about this path, or, without a path, with this message; and unless there are too many.
    /// </summary>
    public void AddOnce(SecretsWarningCode code, string message, string? sourceName, string? path)
    {
        lock (_lock)
        {
            if (_all.Count < Most && _known.Add((code, sourceName, path ?? message)))
            {
                _all.Add(new SecretsWarning(code, message, sourceName, path));
            }
        }
    }

    /// <summary>Adds a warning in the place of the source's last one of this code: what happens again and again is kept once, with its last text.</summary>
    public void AddLatest(SecretsWarningCode code, string message, string sourceName)
    {
        lock (_lock)
        {
            _all.RemoveAll(w => w.Code == code && string.Equals(w.SourceName, sourceName, StringComparison.Ordinal));
            _all.Add(new SecretsWarning(code, message, sourceName, path: null));
        }
    }
}
