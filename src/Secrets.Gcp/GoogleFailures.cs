using Google.Apis.Auth.OAuth2.Responses;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Gcp;

/// <summary>From the service's words and statuses to ours, in one table (google.rpc.Code). Texts decide nothing and are not passed on.</summary>
internal static class GoogleFailures
{
    private static readonly Dictionary<string, SecretsErrorCode> _codes = new(StringComparer.Ordinal)
    {
        ["NOT_FOUND"] = SecretsErrorCode.NotFound,
        ["PERMISSION_DENIED"] = SecretsErrorCode.AccessDenied,
        ["UNAUTHENTICATED"] = SecretsErrorCode.AccessDenied,

        // A version that is disabled or destroyed: it is there, and cannot be read.
        ["FAILED_PRECONDITION"] = SecretsErrorCode.AccessDenied,
        ["RESOURCE_EXHAUSTED"] = SecretsErrorCode.Unavailable,
        ["UNAVAILABLE"] = SecretsErrorCode.Unavailable,
        ["DEADLINE_EXCEEDED"] = SecretsErrorCode.Unavailable,
        ["INTERNAL"] = SecretsErrorCode.Unavailable,
        ["ABORTED"] = SecretsErrorCode.Unavailable,
        ["INVALID_ARGUMENT"] = SecretsErrorCode.InvalidConfiguration,
    };

    /// <summary>Says whether it is a failure of the service, of its credentials or of the way there; anything else is passed on as it is.</summary>
    public static bool IsVendors(Exception failure) => failure is GoogleSecretManagerException or GoogleCredentialException or TokenResponseException
        or HttpRequestException or TimeoutException or AnswerTooLargeException or MalformedAnswerException or IOException;

    public static bool IsMissing(GoogleSecretManagerException failure) => CodeOf(failure) == SecretsErrorCode.NotFound;

    /// <summary>Says whether the credentials are good, and may not do this.</summary>
    public static bool IsLackOfPermission(GoogleSecretManagerException failure) =>
        failure.Status is "PERMISSION_DENIED" || (failure.Status is null && failure.HttpStatus == 403);

    public static bool IsOfOneSecret(GoogleSecretManagerException failure) => IsLackOfPermission(failure) || failure.Status is "FAILED_PRECONDITION";

    /// <summary>Makes what may leave this library of a failure.</summary>
    public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName)
    {
        var answer = failure as GoogleSecretManagerException;
        string? vendorCode = VendorWord.Clean(answer?.Status);
        SecretsErrorCode code = failure switch
        {
            GoogleSecretManagerException error => CodeOf(error),
            GoogleCredentialException or TokenResponseException => SecretsErrorCode.AccessDenied,
            AnswerTooLargeException or MalformedAnswerException => SecretsErrorCode.InvalidFormat,
            _ => SecretsErrorCode.Unavailable,
        };
        string what = failure switch
        {
            GoogleSecretManagerException error => FormattableString.Invariant($"status {error.HttpStatus}{(vendorCode is null ? "" : ", " + vendorCode)}"),
            GoogleCredentialException missing => missing.What,
            TokenResponseException => "no token could be had",
            AnswerTooLargeException => "an answer is larger than MaxAnswerBytes",
            MalformedAnswerException => "the answer is not what the service's reference says",
            TimeoutException => "there was no whole answer within CallTimeLimit",
            _ => "it could not be reached",
        };
        return Make(code, what, sourceName, place, nativeName, answer?.HttpStatus, vendorCode);
    }

    public static SecretsSourceException Corrupted(string sourceName, string place, string nativeName) =>
        Make(SecretsErrorCode.InvalidFormat, "its content does not have the checksum that came with it", sourceName, place, nativeName, status: null, vendorCode: null);

    private static SecretsErrorCode CodeOf(GoogleSecretManagerException failure) =>
        failure.Status is { } word && _codes.TryGetValue(word, out SecretsErrorCode code)
            ? code
            : failure.HttpStatus switch
            {
                401 or 403 => SecretsErrorCode.AccessDenied,
                404 => SecretsErrorCode.NotFound,
                408 or 429 or >= 500 => SecretsErrorCode.Unavailable,
                < 400 => SecretsErrorCode.InvalidFormat,
                _ => SecretsErrorCode.Unknown,
            };

    private static SecretsSourceException Make(SecretsErrorCode code, string what, string sourceName, string place, string? nativeName, int? status, string? vendorCode)
    {
        string todo = code switch
        {
            SecretsErrorCode.AccessDenied when vendorCode is "FAILED_PRECONDITION" => "its version is disabled or destroyed: enable it, add another, or leave it out.",
            SecretsErrorCode.AccessDenied => "let this program's account access it; docs/gcp.md has the role.",
            SecretsErrorCode.Unavailable => "try again later, and look at the endpoint and the network.",
            SecretsErrorCode.InvalidFormat => "look at the endpoint and at what stands between it and this program.",
            SecretsErrorCode.NotFound => "correct the project or the name.",
            SecretsErrorCode.InvalidConfiguration => "correct the name or the options.",
            _ => "look the status up in the service's reference.",
        };
        return new SecretsSourceException(code, $"{(nativeName is null ? "" : nativeName + " in ")}{place}: {what}; {todo}", sourceName)
        {
            Status = status,
            VendorCode = vendorCode,
            NativeName = nativeName,
        };
    }
}
