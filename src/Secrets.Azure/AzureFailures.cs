using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Azure;

/// <summary>From the vault's statuses and codes to ours, in one table ("Azure Key Vault REST API error codes"). Texts decide nothing and are not passed on.</summary>
internal sealed class AzureFailures : IVendorFailures
{
    private AzureFailures()
    {
    }

    public static bool IsVendors(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        SecretsSourceException => false,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        RequestFailedException or AuthenticationFailedException or AggregateException or HttpRequestException or TimeoutException or AnswerTooLargeException or IOException => true,

        // What the SDK throws where an answer is not what the vault's reference says.
        MalformedAnswerException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or NullReferenceException => true,
        _ => false,
    };

    public static FailureKind KindOf(Exception failure) => LastOf(failure) switch
    {
        AuthenticationFailedException => FailureKind.Store,

        // The vault says why; a page of something else at its address does not.
        RequestFailedException { Status: 404, ErrorCode.Length: > 0 } => FailureKind.Missing,
        RequestFailedException { Status: > 0 } answer => RemoteFailure.KindOf(answer.Status),
        OperationCanceledException => FailureKind.NoAnswer,
        { } last => RemoteFailure.KindOf(WayThere.CauseOf(last)),
    };

    // The SDK has retried.
    public static bool MayPass(Exception failure) => false;

    public static TimeSpan? RetryAfter(Exception failure, TimeProvider clock) =>
        (LastOf(failure) as RequestFailedException)?.GetRawResponse()?.Headers is { } headers && headers.TryGetValue("Retry-After", out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName)
    {
        Exception last = LastOf(failure);
        int? status = last is RequestFailedException { Status: > 0 } answer ? answer.Status : null;
        string? vendorCode = VendorWord.Clean((last as RequestFailedException)?.ErrorCode);
        (SecretsErrorCode code, string what) = last switch
        {
            CredentialUnavailableException => (SecretsErrorCode.AccessDenied, "no credentials were found"),
            AzureTokenException malformed => (SecretsErrorCode.AccessDenied, malformed.Message),
            AuthenticationFailedException => (SecretsErrorCode.AccessDenied, "no token could be had"),
            RequestFailedException { InnerException: (AnswerTooLargeException or TimeoutException) and { } cause } => RemoteFailure.OnTheWay(cause),
            RequestFailedException when status is { } number =>
                (number == 400 ? SecretsErrorCode.InvalidConfiguration : KindOf(last) == FailureKind.Missing ? SecretsErrorCode.NotFound : RemoteFailure.CodeOf(number),
                FormattableString.Invariant($"status {number}{(vendorCode is null ? "" : ", " + vendorCode)}")),
            OperationCanceledException => RemoteFailure.OnTheWay(new TimeoutException()),
            RequestFailedException or HttpRequestException or TimeoutException or AnswerTooLargeException or IOException => RemoteFailure.OnTheWay(last),
            _ => RemoteFailure.OnTheWay(new MalformedAnswerException()),
        };
        string? todo = last switch
        {
            CredentialUnavailableException => "log in (az login), give the machine an identity, or set the option Credential.",
            AuthenticationFailedException => "correct the credential.",
            RequestFailedException { Status: 401 } => "look at the credential: its token is not accepted here.",
            _ when code == SecretsErrorCode.AccessDenied => "let this program's identity read it: the role Key Vault Secrets User.",
            _ => null,
        };
        return RemoteFailure.Make(code, what, todo, sourceName, place, nativeName, status, vendorCode, retryAfter: RetryAfter(failure, TimeProvider.System));
    }

    public static SecretsSourceException Disabled(string sourceName, string place, string nativeName) =>
        Attribute("it is disabled", "SecretDisabled", sourceName, place, nativeName);

    public static SecretsSourceException Expired(string sourceName, string place, string nativeName) =>
        Attribute("it has expired", "SecretExpired", sourceName, place, nativeName);

    public static SecretsSourceException NotYetValid(string sourceName, string place, string nativeName) =>
        Attribute("it is not valid yet", "SecretNotYetValid", sourceName, place, nativeName);

    // Of several attempts the last one counts.
    private static Exception LastOf(Exception failure) => failure is AggregateException { InnerExceptions: [.., { } last] } ? last : failure;

    private static SecretsSourceException Attribute(string what, string vendorCode, string sourceName, string place, string nativeName) => RemoteFailure.Make(
        SecretsErrorCode.AccessDenied, what, "renew it, correct its attributes, or leave it out.", sourceName, place, nativeName, status: null, vendorCode);
}
