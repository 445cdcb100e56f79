namespace Secrets.Remote.Http;

/// <summary>What the statuses of HTTP mean (RFC 9110, section 15) that came without an error code of the store's.</summary>
internal static class HttpStatuses
{
    public const int ProxyLogin = 407;

    /// <summary>
    /// Gives the code of a status (RFC 9110, section 15) that came without a word of the vendor's. A success or a redirect that is a failure is no answer of the vendor's,
    /// and neither is a 404: a page of something else that stands at this address says nothing of the secret.
    /// </summary>
    public static SecretsErrorCode CodeOf(int status) => status switch
    {
        401 or 403 or ProxyLogin => SecretsErrorCode.AccessDenied,
        408 or 429 or >= 500 => SecretsErrorCode.Unavailable,
        < 400 or 404 => SecretsErrorCode.InvalidFormat,
        _ => SecretsErrorCode.Unknown,
    };

    /// <summary>Gives how far a status reaches (RFC 9110, section 15; RFC 6585, section 4).</summary>
    public static RemoteFailureKind KindOf(int status) => status switch
    {
        401 or ProxyLogin => RemoteFailureKind.Store,
        403 => RemoteFailureKind.Denied,
        429 => RemoteFailureKind.Throttled,
        _ => RemoteFailureKind.Secret,
    };

    /// <summary>Says whether the status is one that may pass.</summary>
    public static bool MayPass(int status) => status is 408 or 429 or >= 500;
}
