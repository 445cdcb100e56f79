namespace Secrets.Vault;

/// <summary>Remembers for an hour which lists cannot be used, so that not every refresh asks for them in vain. After that, a new policy or a newer server is noticed.</summary>
internal sealed class VaultListRefusals(TimeProvider clock)
{
    private static readonly TimeSpan _retryAfter = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(VaultListKind Kind, string Folder), (Lifetime Life, bool IsForAllBelow)> _refusals = [];

    /// <summary>Says whether a list was refused for a folder within the last hour, or for a folder above it together with all below.</summary>
    public bool Contains(VaultListKind kind, string folder)
    {
        lock (_lock)
        {
            foreach ((VaultListKind Kind, string Folder) key in _refusals.Where(r => r.Value.Life.IsOver).Select(r => r.Key).ToArray())
            {
                _refusals.Remove(key);
            }

            return _refusals.Any(r => r.Key.Kind == kind && (r.Value.IsForAllBelow ? folder.StartsWith(r.Key.Folder, StringComparison.Ordinal) : string.Equals(folder, r.Key.Folder, StringComparison.Ordinal)));
        }
    }

    public void Add(VaultListKind kind, string folder, bool isForAllBelow)
    {
        lock (_lock)
        {
            _refusals[(kind, folder)] = (new Lifetime(_retryAfter, clock), isForAllBelow);
        }
    }
}
