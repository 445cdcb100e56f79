namespace Secrets;

/// <summary>
/// A source, or one secret of it, could not be read, or the chain is set up in a way that cannot work.
/// It carries an allow-list of facts, never the exception, the message or the data of a vendor's client: those may quote a value.
/// </summary>
public sealed class SecretsSourceException : Exception, ISecretsError
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">Why.</param>
    /// <param name="message">What happened, where, and what to do. It must not hold a value, nor text that a vendor's client made.</param>
    /// <param name="sourceName">The source's name in the chain, or <see langword="null"/> where the chain itself is at fault.</param>
    public SecretsSourceException(SecretsErrorCode code, string message, string? sourceName = null)
        : base(message)
    {
        Code = code;
        SourceName = sourceName;
    }

    /// <summary>Creates an exception with the facts of another one.</summary>
    internal SecretsSourceException(SecretsSourceException facts, string message, string? sourceName)
        : this(facts.Code, message, sourceName)
    {
        Status = facts.Status;
        VendorCode = facts.VendorCode;
        RequestId = facts.RequestId;
        NativeName = facts.NativeName;
        RetryAfter = facts.RetryAfter;
    }

    /// <summary>Gets why the source or the secret could not be read.</summary>
    public SecretsErrorCode Code { get; }

    /// <summary>Gets the source's name in the chain, or <see langword="null"/> where the chain itself is at fault.</summary>
    public string? SourceName { get; }

    /// <summary>Gets the status of the store's answer, as in HTTP's 403; <see langword="null"/> where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the store's own code, as in <c>AccessDeniedException</c>; <see langword="null"/> where it gave none.</summary>
    public string? VendorCode { get; init; }

    /// <summary>Gets the store's identifier of the request, for its support; <see langword="null"/> where it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the name of the secret or the store in the store's own notation; <see langword="null"/> where it is not about one.</summary>
    public string? NativeName { get; init; }

    /// <summary>Gets how long the store asked to wait before the next try, as in HTTP's <c>Retry-After</c>; <see langword="null"/> where it did not. The source is not read sooner by itself.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
