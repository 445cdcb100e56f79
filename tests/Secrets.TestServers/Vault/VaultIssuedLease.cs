namespace Secrets.TestServers.Vault;

/// <summary>Credentials of a dynamic engine that somebody holds for a time.</summary>
public sealed class VaultIssuedLease
{
    public required string Id { get; init; }

    /// <summary>Gets the token that they were issued to: they end with it.</summary>
    public required VaultIssuedToken Owner { get; init; }

    /// <summary>Gets the user that was created in the database.</summary>
    public required string User { get; init; }

    public required bool IsRenewable { get; init; }

    public required TimeSpan TimeToLive { get; init; }

    public DateTimeOffset ExpiresAt { get; internal set; }

    public DateTimeOffset EndsAt { get; internal init; }

    public bool IsRevoked { get; internal set; }
}
