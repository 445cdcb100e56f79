namespace Secrets.Vault;

/// <summary>The server answered with an error. It carries the status alone: the server's text may quote what it was sent.</summary>
public sealed class VaultException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="httpStatus">The status of the answer, as in 403.</param>
    public VaultException(int httpStatus)
        : base(FormattableString.Invariant($"Vault answered with status {httpStatus}."))
    {
        HttpStatus = httpStatus;
    }

    /// <summary>Gets what else may be wrong than what was asked for.</summary>
    internal VaultDoubt Doubt { get; init; }

    /// <summary>Gets how long the server asks its callers to wait (<c>Retry-After</c>).</summary>
    /// <value>Default <see langword="null"/>: it does not say.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the status of the answer.</summary>
    public int HttpStatus { get; }
}
