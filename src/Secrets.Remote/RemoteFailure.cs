using Secrets.Remote.Http;

namespace Secrets.Remote;

/// <summary>
/// What one failed call means: how far it reaches, its code, and what a person reads of it. It becomes a <see cref="SecretsSourceException"/> that names the source, the store and the secret.
/// </summary>
/// <remarks>Give it names, codes and numbers, and never a text of the store's answer: that may quote a secret.</remarks>
public sealed class RemoteFailure
{
    private const int ProxyLogin = 407;

    /// <summary>Creates a failure.</summary>
    /// <param name="kind">How far it reaches.</param>
    /// <param name="code">The code that programs act on.</param>
    /// <param name="problem">What happened, in a few words, such as <c>it is disabled</c>; <see langword="null"/> for <see cref="Status"/> and <see cref="VendorCode"/>.</param>
    public RemoteFailure(FailureKind kind, SecretsErrorCode code, string? problem = null)
    {
        Kind = kind;
        Code = code;
        Problem = problem!;
    }

    /// <summary>Gets the failure of a secret that does not exist.</summary>
    public static RemoteFailure Missing { get; } = new(FailureKind.Missing, SecretsErrorCode.NotFound, "it does not exist");

    /// <summary>Gets how far the failure reaches.</summary>
    public FailureKind Kind { get; }

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
    public string? VendorCode { get; init => field = VendorWord.Clean(value); }

    /// <summary>Gets what the store calls the request, for its support. A text that is not one short word is ignored.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? RequestId { get; init => field = VendorWord.Clean(value); }

    /// <summary>Gets how long the store asks its callers to wait.</summary>
    /// <value>Default <see langword="null"/>: it does not say.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets a value indicating whether the same call may succeed a moment later, so that it is retried up to <see cref="RemoteSourceOptions.MaxAttempts"/>.</summary>
    /// <value>Default <see langword="false"/>; leave it so if the client has retried by itself.</value>
    public bool IsTransient { get; init; }

    /// <summary>Gives what a status means that came without an error code of the store's (RFC 9110, section 15).</summary>
    /// <param name="status">The status, such as 503.</param>
    /// <returns>The failure.</returns>
    public static RemoteFailure OfStatus(int status) => new(KindOf(status), CodeOf(status)) { Status = status, IsTransient = MayPass(status) };

    /// <summary>Shows what happened.</summary>
    /// <returns><see cref="Problem"/>.</returns>
    public override string ToString() => Problem;

    /// <summary>Creates the exception that may leave this library.</summary>
    internal SecretsSourceException ToException(string sourceName, string place, string? nativeName, bool isList = false) =>
        Make(Code, Problem, isList ? ListAdvice ?? Advice : Advice, sourceName, place, nativeName, Status, VendorCode, RequestId, RetryAfter);

    /// <summary>
    /// Gives the code of a status (RFC 9110, section 15) that came without a word of the vendor's. A success or a redirect that is a failure is no answer of the vendor's,
    /// and neither is a 404: a page of something else that stands at this address says nothing of the secret.
    /// </summary>
    internal static SecretsErrorCode CodeOf(int status) => status switch
    {
        401 or 403 or ProxyLogin => SecretsErrorCode.AccessDenied,
        408 or 429 or >= 500 => SecretsErrorCode.Unavailable,
        < 400 or 404 => SecretsErrorCode.InvalidFormat,
        _ => SecretsErrorCode.Unknown,
    };

    /// <summary>Says how far a failure reaches that came without a word of the vendor's: a connection that could not be made concerns the whole store, a broken one perhaps not.</summary>
    internal static FailureKind KindOf(Exception failure) => failure switch
    {
        HttpRequestException when NeverArrived(failure) => FailureKind.Store,
        HttpRequestException or TimeoutException or IOException => FailureKind.NoAnswer,
        _ => FailureKind.Secret,
    };

    /// <summary>Gives how far a status reaches (RFC 9110, section 15; RFC 6585, section 4).</summary>
    internal static FailureKind KindOf(int status) => status switch
    {
        401 or ProxyLogin => FailureKind.Store,
        403 => FailureKind.Denied,
        429 => FailureKind.Throttled,
        _ => FailureKind.Secret,
    };

    /// <summary>Says whether the same call may succeed a little later.</summary>
    internal static bool MayPass(Exception failure) => failure is HttpRequestException or TimeoutException;

    /// <summary>Says whether the status is one that may pass.</summary>
    internal static bool MayPass(int status) => status is 408 or 429 or >= 500;

    /// <summary>Says whether a call certainly did not reach the store, so that it can be made again whatever it does.</summary>
    internal static bool NeverArrived(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    /// <summary>Gives code and cause of a failure that is not an answer of the vendor's.</summary>
    internal static (SecretsErrorCode Code, string What) OnTheWay(Exception failure) => failure switch
    {
        AnswerTooLargeException => (SecretsErrorCode.InvalidFormat, "an answer is larger than MaxAnswerBytes"),
        MalformedAnswerException => (SecretsErrorCode.InvalidFormat, "the answer is not what the vendor's reference says"),
        TimeoutException => (SecretsErrorCode.Unavailable, $"there was no whole answer{(WayThere.HostOf(failure) is { } host ? " of " + host : "")} within CallTimeLimit"),
        _ => (SecretsErrorCode.Unavailable, WayThere.Describe(failure)),
    };

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
        ProxyLogin => "the proxy asks for a login: configure one, or reach the server without the proxy.",

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
