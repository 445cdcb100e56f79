using System.Globalization;
using Secrets.Remote;
using Secrets.Remote.Loading;

namespace Secrets.Vault;

/// <summary>
/// The rules of what ends by itself, in one place. A lease is renewed at two thirds of its life, replaced where a renewal grants less than half of it or none, or where its login
/// has ended, and looked up where the program asks. A renewal that fails is tried once more before the end. A content without a lease that tells its end is read again then.
/// </summary>
/// <param name="api">Who renews, looks up and revokes.</param>
/// <param name="isOfLogin">Says whether a lease was issued to the present login.</param>
/// <param name="waitsForLogin">Says whether a lease ends with the present token, so that renewing it would grant no more.</param>
/// <param name="clock">The clock.</param>
internal sealed class VaultLeases(IVaultApi api, Func<VaultLease, bool> isOfLogin, Func<VaultLease, bool> waitsForLogin, TimeProvider clock)
{
    // With a tenth of jitter this is at most half a minute.
    private static readonly TimeSpan _longestWhileDead = TimeSpan.FromSeconds(27);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<RemoteName, VaultHeldLease> _current = [];
    private readonly Dictionary<RemoteName, Lifetime> _ends = [];
    private readonly List<VaultHeldLease> _all = [];
    private long _issued;

    /// <summary>Gives in how long the next of some secrets is due; <see langword="null"/> where none ever is. One that nobody asks for any more ends by itself.</summary>
    public TimeSpan? NextDue(IEnumerable<RemoteRead> reads)
    {
        lock (_lock)
        {
            return reads.Select(DueIn).Min();
        }
    }

    public VaultHeldLease? Find(RemoteName name)
    {
        lock (_lock)
        {
            return _current.GetValueOrDefault(name);
        }
    }

    /// <summary>Gives the credentials that a load obtained and did not come to serve, as it failed afterwards.</summary>
    /// <param name="name">The secret.</param>
    /// <param name="served">What tells which credentials were served last.</param>
    public VaultHeldLease? FindUnserved(RemoteName name, string? served) =>
        Find(name) is { } held && !string.Equals(held.Stamp, served, StringComparison.Ordinal) && isOfLogin(held.Lease) && !held.Life.IsOver ? held : null;

    /// <summary>Takes the lease of credentials that were just read, or the end of a content without one.</summary>
    public VaultHeldLease? Take(RemoteName name, VaultSecret secret)
    {
        lock (_lock)
        {
            _ends.Remove(name);
            if (secret.Lease is not { } lease)
            {
                _current.Remove(name);
                if (secret.EndsAfter is { } end)
                {
                    _ends[name] = new Lifetime(end + _second, clock);
                }

                return null;
            }

            string stamp = "lease " + (++_issued).ToString(CultureInfo.InvariantCulture);
            var held = new VaultHeldLease(lease, secret, lease.Duration, stamp, new Lifetime(lease.Duration, clock));
            _all.RemoveAll(l => l.Life.IsOverForCertain);
            _all.Add(held);
            return _current[name] = held;
        }
    }

    /// <summary>Gives up credentials that a server refused, where they are still the present ones. They end by themselves, or with the store.</summary>
    public void Reject(RemoteName name, string? served)
    {
        lock (_lock)
        {
            if (_current.TryGetValue(name, out VaultHeldLease? held) && string.Equals(held.Stamp, served, StringComparison.Ordinal))
            {
                _current.Remove(name);
            }
        }
    }

    /// <summary>Says whether a lease was issued to the present login.</summary>
    public bool IsOfLogin(VaultHeldLease held) => isOfLogin(held.Lease);

    /// <summary>Says whether keeping a lease takes a call now.</summary>
    public bool NeedsCall(VaultHeldLease held, bool isProofRequired) =>
        isOfLogin(held.Lease) && !held.Life.IsOverForCertain && (isProofRequired || (held.IsDue && !waitsForLogin(held.Lease)));

    /// <summary>Renews a lease where that is due, and looks it up where that is asked for.</summary>
    /// <param name="name">The secret.</param>
    /// <param name="held">Its lease.</param>
    /// <param name="isProofRequired">Whether the server must say that the lease is still good.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The stamp of credentials that are still good; <see langword="null"/> where others must take their place.</returns>
    /// <exception cref="VaultException">The server answered with an error that says nothing of the lease.</exception>
    public async Task<string?> KeepAsync(RemoteName name, VaultHeldLease held, bool isProofRequired, CancellationToken cancellationToken)
    {
        if (!isOfLogin(held.Lease) || held.Life.IsOverForCertain)
        {
            return null;
        }

        if (!NeedsCall(held, isProofRequired))
        {
            return held.Stamp;
        }

        VaultHeldLease? kept = held.IsDue && !waitsForLogin(held.Lease)
            ? await RenewAsync(held, cancellationToken).ConfigureAwait(false)
            : await ProveAsync(held, cancellationToken).ConfigureAwait(false);
        if (kept is not null && !ReferenceEquals(kept, held))
        {
            Replace(name, held, kept);
        }

        return kept?.Stamp;
    }

    /// <summary>Says whether a lease whose renewal failed can be served for now: it is good, and there is time for another try.</summary>
    public bool CanWait(VaultHeldLease held) => isOfLogin(held.Lease) && held.CanWait;

    /// <summary>Gives the leases that must be ended one by one, and forgets all.</summary>
    public IReadOnlyList<VaultLease> TakeOpen()
    {
        lock (_lock)
        {
            VaultLease[] open = [.. _all.Where(l => !l.Life.IsOverForCertain && isOfLogin(l.Lease)).Select(l => l.Lease)];
            _all.Clear();
            _current.Clear();
            _ends.Clear();
            return open;
        }
    }

    private TimeSpan? DueIn(RemoteRead read)
    {
        if (_current.TryGetValue(read.Mount.Name, out VaultHeldLease? held))
        {
            return !isOfLogin(held.Lease) ? read.Failure is null ? TimeSpan.Zero : _longestWhileDead
                : held.DueIn > TimeSpan.Zero ? waitsForLogin(held.Lease) ? null : held.DueIn
                : WhenPast(held.Life);
        }

        return !_ends.TryGetValue(read.Mount.Name, out Lifetime? end) ? null : end.IsOver ? _longestWhileDead : end.Left;
    }

    private static TimeSpan WhenPast(Lifetime life) => life.IsOver ? _longestWhileDead : life.Left / 2;

    private async Task<VaultHeldLease?> RenewAsync(VaultHeldLease held, CancellationToken cancellationToken)
    {
        VaultLease? granted = await api.RenewLeaseAsync(held.Lease, cancellationToken).ConfigureAwait(false);
        return granted is null ? null : held.Renewed(granted, clock);
    }

    private async Task<VaultHeldLease?> ProveAsync(VaultHeldLease held, CancellationToken cancellationToken)
    {
        VaultLease? found = await api.LookUpLeaseAsync(held.Lease, cancellationToken).ConfigureAwait(false);
        return found is not null ? held.Found(found, clock) : isOfLogin(held.Lease) ? await RenewAsync(held, cancellationToken).ConfigureAwait(false) : null;
    }

    private void Replace(RemoteName name, VaultHeldLease held, VaultHeldLease kept)
    {
        lock (_lock)
        {
            // Another load may have taken its place meanwhile.
            if (ReferenceEquals(_current.GetValueOrDefault(name), held))
            {
                _current[name] = kept;
            }

            int place = _all.IndexOf(held);
            if (place >= 0)
            {
                _all[place] = kept;
            }
        }
    }
}
