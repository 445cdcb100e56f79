namespace Secrets.TestServers.Vault;

/// <summary>A token that the server let somebody have.</summary>
public sealed class VaultIssuedToken
{
    public required string Text { get; init; }

    /// <summary>Gets how long it lives from its issue or a renewal; <see cref="TimeSpan.Zero"/> for ever.</summary>
    public required TimeSpan TimeToLive { get; init; }

    public required bool IsRenewable { get; init; }

    /// <summary>Gets how many calls it is good for; 0 for any number.</summary>
    public int Uses { get; internal init; }

    /// <summary>Gets how many calls it has made.</summary>
    public int Used { get; internal set; }

    public DateTimeOffset ExpiresAt { get; internal set; } = DateTimeOffset.MaxValue;

    /// <summary>Gets the time beyond which no renewal leads.</summary>
    public DateTimeOffset EndsAt { get; internal init; } = DateTimeOffset.MaxValue;

    public override string ToString() => $"a token until {ExpiresAt:O}";
}
