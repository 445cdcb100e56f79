namespace Secrets.Merging;

/// <summary>The warnings of one store, in the order in which they arose.</summary>
internal sealed class WarningLog
{
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

    /// <summary>Adds a warning, unless the same source has one of this code about this path, or, without a path, with this message.</summary>
    public void AddOnce(SecretsWarningCode code, string message, string? sourceName, string? path)
    {
        lock (_lock)
        {
            if (_known.Add((code, sourceName, path ?? message)))
            {
                _all.Add(new SecretsWarning(code, message, sourceName, path));
            }
        }
    }
}
