namespace Secrets.TestServers.Vault;

/// <summary>A role of a dynamic engine: how long its credentials live.</summary>
/// <param name="TimeToLive">From their issue, or from a renewal.</param>
/// <param name="MaxTimeToLive">From their issue, whatever renewals ask for.</param>
/// <param name="IsRenewable">Whether a lease can be renewed at all.</param>
public sealed record VaultDynamicRole(TimeSpan TimeToLive, TimeSpan MaxTimeToLive, bool IsRenewable = true);
