namespace Secrets.Vault;

/// <summary>A lease that this program holds. It never changes: a renewal makes another.</summary>
internal sealed class VaultHeldLease(VaultLease lease, TimeSpan whole, string stamp, DateTimeOffset since)
{
    // As the lives of tokens have them: two thirds, of which a refresh may come a tenth early.
    private const double Due = 2.0 / 3;
    private const double Early = 0.6;

    public VaultLease Lease { get; } = lease;

    /// <summary>Gets what tells its credentials from those of another lease.</summary>
    public string Stamp { get; } = stamp;

    public bool IsOver(DateTimeOffset now) => now >= since + Lease.Duration;

    public bool IsDue(DateTimeOffset now) => now >= since + (Lease.Duration * Early);

    public TimeSpan DueIn(DateTimeOffset now) => since + (Lease.Duration * Due) - now;

    /// <summary>Gives the lease from now on, or <see langword="null"/> where so little was granted that its end is near: then its credentials are replaced while they are still good.</summary>
    public VaultHeldLease? Renewed(VaultLease granted, DateTimeOffset now) => granted.Duration * 2 >= whole ? new(granted, whole, Stamp, now) : null;
}
