using System.Text.Json;
using Azure;
using Azure.Identity;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Azure;

/// <summary>From the vault's statuses and codes to ours, in one place ("Azure Key Vault REST API error codes"). Texts decide nothing and are not passed on.</summary>
internal static class AzureFailures
{
    /// <summary>Says whether it is a failure of the SDK, of the vault or of the way there; the caller's cancellation is not.</summary>
    public static bool IsVendors(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        SecretsSourceException => false,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        RequestFailedException or AuthenticationFailedException or AggregateException or HttpRequestException or TimeoutException or AnswerTooLargeException or IOException => true,

        // What the SDK throws where an answer is not what the vault's reference says.
        JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or NullReferenceException => true,
        _ => false,
    };

    public static bool IsMissing(RequestFailedException failure) => failure.Status == 404;

    public static bool IsLackOfPermission(RequestFailedException failure) => failure.Status == 403;

    /// <summary>Makes what may leave this library of a failure.</summary>
    public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName)
    {
        // Of several attempts the last one counts.
        Exception last = failure is AggregateException { InnerExceptions: [.., { } inner] } ? inner : failure;
        var answer = last as RequestFailedException;
        int? status = answer is { Status: > 0 } ? answer.Status : null;
        string? vendorCode = VendorWord.Clean(answer?.ErrorCode);
        SecretsErrorCode code = last switch
        {
            AuthenticationFailedException => SecretsErrorCode.AccessDenied,
            RequestFailedException { InnerException: AnswerTooLargeException } or AnswerTooLargeException => SecretsErrorCode.InvalidFormat,
            RequestFailedException => CodeOf(status),
            HttpRequestException or TimeoutException or IOException or OperationCanceledException => SecretsErrorCode.Unavailable,
            _ => SecretsErrorCode.InvalidFormat,
        };
        string what = last switch
        {
            CredentialUnavailableException => "no credentials were found",
            AuthenticationFailedException => "no token could be had",
            OperationCanceledException or TimeoutException => "there was no whole answer within CallTimeLimit",
            _ when code == SecretsErrorCode.InvalidFormat && status is null => "the answer is not what the vault's reference says",
            RequestFailedException when status is not null => FormattableString.Invariant($"status {status}{(vendorCode is null ? "" : ", " + vendorCode)}"),
            _ => "it could not be reached",
        };
        return Make(code, what, sourceName, place, nativeName, status, vendorCode);
    }

    public static SecretsSourceException Disabled(string sourceName, string place, string nativeName) =>
        Make(SecretsErrorCode.AccessDenied, "it is disabled", sourceName, place, nativeName, status: null, "SecretDisabled");

    public static SecretsSourceException Expired(string sourceName, string place, string nativeName) =>
        Make(SecretsErrorCode.AccessDenied, "it has expired", sourceName, place, nativeName, status: null, "SecretExpired");

    public static SecretsSourceException NotYetValid(string sourceName, string place, string nativeName) =>
        Make(SecretsErrorCode.AccessDenied, "it is not valid yet", sourceName, place, nativeName, status: null, "SecretNotYetValid");

    public static SecretsSourceException Malformed(string sourceName, string place, string nativeName) =>
        Make(SecretsErrorCode.InvalidFormat, "the answer is not what the vault's reference says", sourceName, place, nativeName, status: null, vendorCode: null);

    private static SecretsErrorCode CodeOf(int? status) => status switch
    {
        401 or 403 => SecretsErrorCode.AccessDenied,
        404 => SecretsErrorCode.NotFound,
        400 => SecretsErrorCode.InvalidConfiguration,
        null or 408 or 429 or >= 500 => SecretsErrorCode.Unavailable,
        >= 200 and < 400 => SecretsErrorCode.InvalidFormat,
        _ => SecretsErrorCode.Unknown,
    };

    private static SecretsSourceException Make(SecretsErrorCode code, string what, string sourceName, string place, string? nativeName, int? status, string? vendorCode)
    {
        string todo = (code, vendorCode) switch
        {
            (_, "SecretDisabled" or "SecretExpired" or "SecretNotYetValid") => "renew it, correct its attributes, or leave it out.",
            (SecretsErrorCode.AccessDenied, _) => "let this program's identity read it; docs/azure.md has the role.",
            (SecretsErrorCode.Unavailable, _) => "try again later, and look at the vault's address and the network.",
            (SecretsErrorCode.InvalidFormat, _) => "look at the vault's address and at what stands between it and this program.",
            _ => "look the status up in the vault's REST reference.",
        };
        return new SecretsSourceException(code, $"{(nativeName is null ? "" : nativeName + " in ")}{place}: {what}; {todo}", sourceName)
        {
            Status = status,
            VendorCode = vendorCode,
            NativeName = nativeName,
        };
    }
}
