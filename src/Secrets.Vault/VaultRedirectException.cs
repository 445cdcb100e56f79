namespace Secrets.Vault;

/// <summary>A node sent the client on to where it does not go: to a host that is not allowed, to one without HTTPS, or on and on.</summary>
internal sealed class VaultRedirectException() : Exception("Vault redirected to an address that is not allowed.");
