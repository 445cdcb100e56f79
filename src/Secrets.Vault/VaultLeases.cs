using Secrets.Remote;

namespace Secrets.Vault;

/// <summary>
/// The rules of leases, in one place: renewed at two thirds of their life, replaced where a renewal grants less than half of it or none, or where their login has ended,
/// and revoked at the end.
/// </summary>
/// <param name="api">Who renews and revokes.</param>
/// <param name="isOfLogin">Says whether a lease was issued to the login that is good now.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class VaultLeases(IVaultApi api, Func<VaultLease, bool> isOfLogin, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RemoteName, VaultHeldLease> _current = [];
    private readonly List<VaultHeldLease> _all = [];
    private long _issued;

    private DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Gives in how long the next of some leases is due; <see langword="null"/> where none is held. One that nobody asks for any more runs out.</summary>
    public TimeSpan? NextDue(IEnumerable<RemoteName> names)
    {
        lock (_lock)
        {
            return names.Select(n => _current.GetValueOrDefault(n)?.DueIn(Now)).Min();
        }
    }

    public VaultHeldLease? Find(RemoteName name)
    {
        lock (_lock)
        {
            return _current.GetValueOrDefault(name);
        }
    }

    /// <summary>Takes the lease of what was just read.</summary>
    public VaultHeldLease Take(RemoteName name, VaultLease lease)
    {
        lock (_lock)
        {
            var held = new VaultHeldLease(lease, lease.Duration, FormattableString.Invariant($"lease {++_issued}"), Now);
            _all.RemoveAll(l => l.IsOver(Now));
            _all.Add(held);
            return _current[name] = held;
        }
    }

    /// <summary>Renews a lease where that is due.</summary>
    /// <returns>The stamp of credentials that are still good; <see langword="null"/> where others must take their place.</returns>
    /// <exception cref="VaultException">The server answered with an error that says nothing of the lease.</exception>
    public async Task<string?> KeepAsync(RemoteName name, VaultHeldLease held, CancellationToken cancellationToken)
    {
        if (!isOfLogin(held.Lease))
        {
            return null;
        }

        if (!held.IsDue(Now))
        {
            return held.Stamp;
        }

        VaultLease? granted = held.IsOver(Now) ? null : await api.RenewLeaseAsync(held.Lease, cancellationToken).ConfigureAwait(false);
        VaultHeldLease? renewed = granted is null ? null : held.Renewed(granted, Now);
        if (renewed is not null)
        {
            lock (_lock)
            {
                _current[name] = renewed;
                _all[_all.IndexOf(held)] = renewed;
            }
        }

        return renewed?.Stamp;
    }

    /// <summary>Ends all leases that are still good. What cannot be ended runs out by itself.</summary>
    public async Task RevokeAsync(CancellationToken cancellationToken)
    {
        VaultHeldLease[] open;
        lock (_lock)
        {
            open = [.. _all.Where(l => !l.IsOver(Now) && isOfLogin(l.Lease))];
            _all.Clear();
            _current.Clear();
        }

        await Task.WhenAll(open.Select(l => api.RevokeLeaseAsync(l.Lease, cancellationToken))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
