namespace Secrets.TestServers.Vault;

/// <summary>A static role of the database engine: one user whose password is rotated.</summary>
/// <param name="RotationPeriod">How often.</param>
/// <param name="Since">When the first password was set.</param>
public sealed record VaultStaticRole(TimeSpan RotationPeriod, DateTimeOffset Since)
{
    /// <summary>Says how often it had been rotated at a time.</summary>
    public int RotationsAt(DateTimeOffset time) => (int)((time - Since) / RotationPeriod);
}
