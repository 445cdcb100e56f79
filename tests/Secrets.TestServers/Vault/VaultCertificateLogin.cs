namespace Secrets.TestServers.Vault;

/// <summary>A role of the certificate method.</summary>
/// <param name="Role">Its name.</param>
/// <param name="TimeToLive">How long its tokens live.</param>
/// <param name="Thumbprints">The certificates that it lets in.</param>
public sealed record VaultCertificateLogin(string Role, TimeSpan TimeToLive, ISet<string> Thumbprints);
