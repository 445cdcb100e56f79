namespace Secrets.Merging;

/// <summary>The warnings of one store, in the order in which they arose.</summary>
internal sealed class WarningLog
{
    private readonly Lock _lock = new();

    private SecretsWarning[] _all = [];

    public IReadOnlyList<SecretsWarning> All => Array.AsReadOnly(Volatile.Read(ref _all));

    public void AddOnce(SecretsWarningCode code, string message, string? sourceName, string? path)
    {
        lock (_lock)
        {
            if (!Array.Exists(_all, IsSame))
            {
                Volatile.Write(ref _all, [.. _all, new SecretsWarning(code, message, sourceName, path)]);
            }
        }

        bool IsSame(SecretsWarning known) =>
            known.Code == code
            && string.Equals(known.SourceName, sourceName, StringComparison.Ordinal)
            && (path is null ? string.Equals(known.Message, message, StringComparison.Ordinal) : string.Equals(known.Path, path, StringComparison.Ordinal));
    }
}
