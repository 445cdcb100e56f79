using Secrets.Remote.Http;

namespace Secrets.Remote;

/// <summary>A server answered with an error. The exception has the status and the store's own error code, and nothing of the answer's text.</summary>
public sealed class RemoteHttpException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="status">The status of the answer, such as 403.</param>
    /// <param name="vendorCode">The store's own error code, such as <c>PERMISSION_DENIED</c>. A text that is not one short word is ignored.</param>
    public RemoteHttpException(int status, string? vendorCode = null)
        : base(FormattableString.Invariant($"The server answered with status {status}."))
    {
        Status = status;
        VendorCode = VendorCodes.Clean(vendorCode);
    }

    /// <summary>Gets the status of the answer.</summary>
    public int Status { get; }

    /// <summary>Gets the store's own error code: one word of at most 64 ASCII letters, digits, dots, dashes and underscores.</summary>
    /// <value><see langword="null"/> if the answer has none.</value>
    public string? VendorCode { get; }

    /// <summary>Gets how long the server asks its callers to wait (<c>Retry-After</c>).</summary>
    /// <value>Default <see langword="null"/>: the answer does not say.</value>
    public TimeSpan? RetryAfter { get; init; }
}
