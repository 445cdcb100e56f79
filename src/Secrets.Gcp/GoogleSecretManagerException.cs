namespace Secrets.Gcp;

/// <summary>The service answered with an error. The exception carries the codes of the answer, and nothing of its text.</summary>
public sealed class GoogleSecretManagerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="httpStatus">The status of the answer, as in 403.</param>
    /// <param name="status">The service's word, as in <c>PERMISSION_DENIED</c> (google.rpc.Code), or <see langword="null"/>.</param>
    public GoogleSecretManagerException(int httpStatus, string? status = null)
        : base(FormattableString.Invariant($"Google Secret Manager answered with status {httpStatus}."))
    {
        HttpStatus = httpStatus;
        Status = status;
    }

    /// <summary>Gets the status of the answer.</summary>
    public int HttpStatus { get; }

    /// <summary>Gets how long the service asks its callers to wait (<c>Retry-After</c>).</summary>
    /// <value>Default <see langword="null"/>: it does not say.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets why, as in <c>SERVICE_DISABLED</c>: the <c>reason</c> of the error's <c>google.rpc.ErrorInfo</c>.</summary>
    /// <value>Default <see langword="null"/>: the service does not say.</value>
    public string? Reason { get; init; }

    /// <summary>Gets the service's word for it, or <see langword="null"/>.</summary>
    public string? Status { get; }
}
