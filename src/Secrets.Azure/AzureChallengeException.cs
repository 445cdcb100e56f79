namespace Secrets.Azure;

/// <summary>A server asks for a token of a domain that its address is not below. A token for it might be of use elsewhere.</summary>
/// <param name="domain">The domain; <see langword="null"/> where it is not one that can be shown.</param>
internal sealed class AzureChallengeException(string? domain) : InvalidOperationException("A challenge is for another domain than the address.")
{
    public string? Domain { get; } = domain;
}
