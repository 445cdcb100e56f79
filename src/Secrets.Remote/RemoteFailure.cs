using Secrets.Remote.Http;

namespace Secrets.Remote;

/// <summary>
/// What one failed call means: how far it reaches, its code, and what a person reads of it. It becomes a <see cref="SecretsSourceException"/> that names the source, the store and the secret.
/// </summary>
/// <remarks>Give it names, codes and numbers, and never a text of the store's answer: that may quote a secret.</remarks>
public sealed class RemoteFailure
{
    /// <summary>Creates a failure.</summary>
    /// <param name="kind">How far it reaches.</param>
    /// <param name="code">The code that programs act on.</param>
    /// <param name="problem">What happened, in a few words, such as <c>it is disabled</c>; <see langword="null"/> for <see cref="Status"/> and <see cref="VendorCode"/>.</param>
    public RemoteFailure(RemoteFailureKind kind, SecretsErrorCode code, string? problem = null)
    {
        Kind = kind;
        Code = code;
        Problem = problem!;
    }

    /// <summary>Copies a failure, to be given other properties.</summary>
    internal RemoteFailure(RemoteFailure other)
        : this(other.Kind, other.Code, other.Problem)
    {
        Advice = other.Advice;
        ListAdvice = other.ListAdvice;
        Status = other.Status;
        VendorCode = other.VendorCode;
        RequestId = other.RequestId;
        RetryAfter = other.RetryAfter;
        IsTransient = other.IsTransient;
    }

    /// <summary>Gets the failure of a secret that does not exist.</summary>
    public static RemoteFailure Missing { get; } = new(RemoteFailureKind.Missing, SecretsErrorCode.NotFound, "it does not exist");

    /// <summary>Gets how far the failure reaches.</summary>
    public RemoteFailureKind Kind { get; }

    /// <summary>Gets the code that programs act on.</summary>
    public SecretsErrorCode Code { get; }

    /// <summary>Gets what happened.</summary>
    /// <value>Default <c>status 403, Forbidden</c>, from <see cref="Status"/> and <see cref="VendorCode"/>.</value>
    public string Problem
    {
        get => field ?? (Status is { } status ? FormattableString.Invariant($"status {status}{(VendorCode is null ? "" : ", " + VendorCode)}") : VendorCode ?? "the call failed");
        private init;
    }

    /// <summary>Gets what a person can do about it: the end of a sentence with its full stop, such as <c>renew the token.</c></summary>
    /// <value>Default <see langword="null"/>: what is usual for <see cref="Code"/>.</value>
    public string? Advice { get; init; }

    /// <summary>Gets what a person can do about it if the call was a list, which mostly needs a permission of its own.</summary>
    /// <value>Default <see langword="null"/>: <see cref="Advice"/>.</value>
    public string? ListAdvice { get; init; }

    /// <summary>Gets the HTTP status.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public int? Status { get; init; }

    /// <summary>Gets the store's own error code. A text that is not one short word is ignored.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? VendorCode { get; init => field = VendorCodes.Clean(value); }

    /// <summary>Gets what the store calls the request, for its support. A text that is not one short word is ignored.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? RequestId { get; init => field = VendorCodes.Clean(value); }

    /// <summary>Gets how long the store asks its callers to wait.</summary>
    /// <value>Default <see langword="null"/>: it does not say.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets a value indicating whether the same call may succeed a moment later, so that it is retried up to <see cref="RemoteSourceOptions.MaxAttempts"/>.</summary>
    /// <value>Default <see langword="false"/>; leave it so if the client has retried by itself.</value>
    public bool IsTransient { get; init; }

    /// <summary>Gives what a status means that came without an error code of the store's (RFC 9110, section 15).</summary>
    /// <param name="status">The status, such as 503.</param>
    /// <returns>The failure.</returns>
    public static RemoteFailure OfStatus(int status) => new(HttpStatuses.KindOf(status), HttpStatuses.CodeOf(status)) { Status = status, IsTransient = HttpStatuses.MayPass(status) };

    /// <summary>Shows what happened.</summary>
    /// <returns><see cref="Problem"/>.</returns>
    public override string ToString() => Problem;

    /// <summary>Creates the exception that may leave this library.</summary>
    internal SecretsSourceException ToException(string sourceName, string place, string? nativeName, bool isList = false) =>
        Make(Code, Problem, isList ? ListAdvice ?? Advice : Advice, sourceName, place, nativeName, Status, VendorCode, RequestId, RetryAfter);

    /// <summary>Makes the exception that leaves this library. None of the texts may come from an answer, unless it was cleaned.</summary>
    /// <param name="code">The code.</param>
    /// <param name="what">What happened, as in <c>status 403</c>.</param>
    /// <param name="todo">What to do about it; <see langword="null"/> for what is usual with this code.</param>
    /// <param name="sourceName">The source's name in the chain.</param>
    /// <param name="place">The store.</param>
    /// <param name="nativeName">The secret, in the store's own notation, or <see langword="null"/>.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="vendorCode">The vendor's own word for it.</param>
    /// <param name="requestId">What the vendor calls the request.</param>
    /// <param name="retryAfter">How long the server asks its callers to wait.</param>
    internal static SecretsSourceException Make(
        SecretsErrorCode code,
        string what,
        string? todo,
        string sourceName,
        string place,
        string? nativeName,
        int? status = null,
        string? vendorCode = null,
        string? requestId = null,
        TimeSpan? retryAfter = null) =>
        new(code, $"{(nativeName is null ? "" : SecretOrigin.Printable(nativeName) + " in ")}{place}: {what}; {AdviceFor(status) ?? todo ?? Usual(code)}", sourceName)
        {
            Status = status,
            VendorCode = vendorCode,
            RequestId = requestId,
            NativeName = nativeName,
            RetryAfter = retryAfter,
        };

    /// <summary>Gives what to do about a status that no vendor's advice fits; <see langword="null"/> for all others.</summary>
    private static string? AdviceFor(int? status) => status switch
    {
        HttpStatuses.ProxyLogin => "the proxy asks for a login: configure one, or reach the server without the proxy.",

        // RFC 9110, section 15.4.
        301 or 302 or 303 or 307 or 308 => "it is a redirect, which is not followed, since the credential would travel along: set the address where it leads.",
        _ => null,
    };

    private static string Usual(SecretsErrorCode code) => code switch
    {
        SecretsErrorCode.AccessDenied => "let this program read it.",
        SecretsErrorCode.NotFound => "correct the name or the address.",
        SecretsErrorCode.Unavailable => "try again later, and look at the address and the network.",
        SecretsErrorCode.InvalidFormat => "look at the address and at what stands between it and this program.",
        SecretsErrorCode.InvalidConfiguration => "correct the name or the options.",
        _ => "look it up in the vendor's reference.",
    };
}
