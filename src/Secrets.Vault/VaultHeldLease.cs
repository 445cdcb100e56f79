namespace Secrets.Vault;

/// <summary>A lease that this program holds, with the credentials that it is for. It never changes: a renewal creates another.</summary>
/// <param name="lease">The lease as it was issued, renewed or looked up.</param>
/// <param name="secret">The credentials.</param>
/// <param name="whole">How long it lasted when it was issued.</param>
/// <param name="stamp">What tells its credentials from those of another lease.</param>
/// <param name="life">How long it lasts.</param>
internal sealed class VaultHeldLease(VaultLease lease, VaultSecret secret, TimeSpan whole, string stamp, Lifetime life)
{
    // As the lives of tokens have them: two thirds, of which a refresh may come a tenth early.
    private const double Due = 2.0 / 3;
    private const double Early = 0.6;

    // After this there is no time to wait for another try.
    private const double NearEnd = 0.75;

    // The shortest wait between two loads.
    private static readonly TimeSpan _shortestWait = TimeSpan.FromSeconds(1);

    public VaultLease Lease { get; } = lease;

    public VaultSecret Secret { get; } = secret;

    public string Stamp { get; } = stamp;

    public Lifetime Life { get; } = life;

    public bool IsDue => Life.IsPast(Early);

    /// <summary>Gets a value indicating whether a renewal that failed can be tried once more before the end.</summary>
    public bool CanWait => !Life.IsPast(NearEnd) && Life.Left / 2 >= _shortestWait;

    /// <summary>Gets in how long it is due; zero or less where it is.</summary>
    public TimeSpan DueIn => Life.Until(Due);

    /// <summary>
    /// Gives the lease after a renewal, or <see langword="null"/> where so little was granted that its end is near: then its credentials are replaced while they are still good.
    /// A lease that ends with its login waits for that instead.
    /// </summary>
    public VaultHeldLease? Renewed(VaultLease granted, TimeProvider clock) =>
        granted.Duration * 2 >= whole || granted.EndsWith is not null ? new(granted, Secret, whole, Stamp, new Lifetime(granted.Duration, clock)) : null;

    /// <summary>Gives the lease after a look: where it has less time than was known, it is that.</summary>
    public VaultHeldLease Found(VaultLease found, TimeProvider clock) =>
        found.Duration < Life.Left || Life.IsOver ? new(Lease, Secret, whole, Stamp, new Lifetime(found.Duration, clock)) : this;
}
