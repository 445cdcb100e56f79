using System.Net;
using Amazon.Runtime;
using Secrets.Remote.Http;

namespace Secrets.Aws.Runtime;

/// <summary>
/// From the services' codes to ours, in one table ("Common errors" of both API references, and the errors of each operation). Codes and statuses decide, never texts.
/// </summary>
internal static class AwsFailures
{
    private static readonly Dictionary<string, SecretsErrorCode> _codes = new(StringComparer.Ordinal)
    {
        ["ResourceNotFoundException"] = SecretsErrorCode.NotFound,
        ["ParameterNotFound"] = SecretsErrorCode.NotFound,
        ["ParameterVersionNotFound"] = SecretsErrorCode.NotFound,

        ["AccessDeniedException"] = SecretsErrorCode.AccessDenied,
        ["AccessDenied"] = SecretsErrorCode.AccessDenied,
        ["NotAuthorized"] = SecretsErrorCode.AccessDenied,
        ["UnauthorizedOperation"] = SecretsErrorCode.AccessDenied,
        ["UnrecognizedClientException"] = SecretsErrorCode.AccessDenied,
        ["InvalidClientTokenId"] = SecretsErrorCode.AccessDenied,
        ["InvalidSignatureException"] = SecretsErrorCode.AccessDenied,
        ["SignatureDoesNotMatch"] = SecretsErrorCode.AccessDenied,
        ["MissingAuthenticationTokenException"] = SecretsErrorCode.AccessDenied,
        ["MissingAuthenticationToken"] = SecretsErrorCode.AccessDenied,
        ["IncompleteSignature"] = SecretsErrorCode.AccessDenied,
        ["ExpiredTokenException"] = SecretsErrorCode.AccessDenied,
        ["ExpiredToken"] = SecretsErrorCode.AccessDenied,
        ["RequestExpired"] = SecretsErrorCode.AccessDenied,
        ["OptInRequired"] = SecretsErrorCode.AccessDenied,

        // The key that encrypts it is disabled, deleted, or not this program's to use: asking again does not help.
        ["DecryptionFailure"] = SecretsErrorCode.AccessDenied,
        ["InvalidKeyId"] = SecretsErrorCode.AccessDenied,
        ["KMSAccessDeniedException"] = SecretsErrorCode.AccessDenied,

        ["InternalServiceError"] = SecretsErrorCode.Unavailable,
        ["InternalServerError"] = SecretsErrorCode.Unavailable,
        ["InternalFailure"] = SecretsErrorCode.Unavailable,
        ["ServiceUnavailable"] = SecretsErrorCode.Unavailable,
        ["ServiceUnavailableException"] = SecretsErrorCode.Unavailable,
        ["ThrottlingException"] = SecretsErrorCode.Unavailable,
        ["Throttling"] = SecretsErrorCode.Unavailable,
        ["TooManyRequestsException"] = SecretsErrorCode.Unavailable,
        ["RequestLimitExceeded"] = SecretsErrorCode.Unavailable,
        ["RequestTimeout"] = SecretsErrorCode.Unavailable,
        ["RequestTimeoutException"] = SecretsErrorCode.Unavailable,

        // One that is marked for deletion gives this: it is there, and cannot be read.
        ["InvalidRequestException"] = SecretsErrorCode.AccessDenied,

        ["ValidationException"] = SecretsErrorCode.InvalidConfiguration,
        ["InvalidParameterException"] = SecretsErrorCode.InvalidConfiguration,
        ["InvalidAction"] = SecretsErrorCode.InvalidConfiguration,
        ["UnknownOperationException"] = SecretsErrorCode.InvalidConfiguration,
        ["InvalidNextTokenException"] = SecretsErrorCode.InvalidFormat,
    };

    /// <summary>Says whether it is a failure of the SDK, of a service or of the way there; anything else is passed on as it is.</summary>
    public static bool IsVendors(Exception failure) =>
        failure is AmazonServiceException or AmazonClientException or AwsSetupException or HttpRequestException or TimeoutException or AnswerTooLargeException or MalformedAnswerException or IOException;

    public static bool IsMissing(AmazonServiceException failure) => IsMissing(failure.ErrorCode);

    public static bool IsMissing(string? vendorCode) => vendorCode is not null && _codes.GetValueOrDefault(vendorCode, SecretsErrorCode.Unknown) == SecretsErrorCode.NotFound;

    /// <summary>Says whether these credentials are good, and may not do this.</summary>
    public static bool IsLackOfPermission(AmazonServiceException failure) => failure.ErrorCode is "AccessDeniedException" or "AccessDenied";

    /// <summary>Says whether a call for one secret failed because of that secret.</summary>
    public static bool IsOfOneSecret(AmazonServiceException failure) =>
        IsLackOfPermission(failure) || failure.ErrorCode is "DecryptionFailure" or "InvalidKeyId" or "KMSAccessDeniedException" or "InvalidRequestException";

    /// <summary>Makes what may leave this library of a failure.</summary>
    public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName)
    {
        if (failure is AwsSetupException setup)
        {
            return new SecretsSourceException(setup.Code, setup.Message, sourceName) { NativeName = nativeName };
        }

        var answer = failure as AmazonServiceException;
        string? vendorCode = AwsErrorCode.Clean(answer?.ErrorCode);
        int? status = answer is null || (int)answer.StatusCode == 0 ? null : (int)answer.StatusCode;
        SecretsErrorCode code = failure is AnswerTooLargeException or MalformedAnswerException ? SecretsErrorCode.InvalidFormat : CodeOf(vendorCode, status);
        return new SecretsSourceException(code, Message(code, vendorCode, status, failure, place, nativeName), sourceName)
        {
            Status = status,
            VendorCode = vendorCode,
            RequestId = AwsErrorCode.Clean(answer?.RequestId),
            NativeName = nativeName,
        };
    }

    /// <summary>Makes the failure of one secret in a batch.</summary>
    public static SecretsSourceException Report(string vendorCode, string sourceName, string place, string nativeName)
    {
        string? clean = AwsErrorCode.Clean(vendorCode);
        SecretsErrorCode code = CodeOf(clean, status: null, otherwise: SecretsErrorCode.Unknown);
        return new SecretsSourceException(code, Message(code, clean, status: null, failure: null, place, nativeName), sourceName) { VendorCode = clean, NativeName = nativeName };
    }

    public static SecretsSourceException Unanswered(string sourceName, string place, string nativeName) =>
        new(SecretsErrorCode.InvalidFormat, $"{place} said nothing of {nativeName}, neither its value nor that there is none.", sourceName) { NativeName = nativeName };

    // No code and no status: there was no answer.
    private static SecretsErrorCode CodeOf(string? vendorCode, int? status, SecretsErrorCode otherwise = SecretsErrorCode.Unavailable) =>
        vendorCode is not null && _codes.TryGetValue(vendorCode, out SecretsErrorCode code)
            ? code
            : status switch
            {
                null => otherwise,
                (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden => SecretsErrorCode.AccessDenied,
                (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= 500 => SecretsErrorCode.Unavailable,
                >= 200 and < 400 => SecretsErrorCode.InvalidFormat,
                _ => SecretsErrorCode.Unknown,
            };

    private static string Message(SecretsErrorCode code, string? vendorCode, int? status, Exception? failure, string place, string? nativeName)
    {
        string what = failure switch
        {
            AnswerTooLargeException => "an answer is larger than MaxAnswerBytes",
            MalformedAnswerException => "the answer is not what the service's API reference says",
            TimeoutException => "there was no whole answer within CallTimeLimit",
            null or AmazonServiceException => (vendorCode, status) switch
            {
                ({ } word, _) => word,
                (null, >= 300 and < 400) => FormattableString.Invariant($"status {status}, a redirect, which is not followed, since the credentials would travel along"),
                (null, { } number) => FormattableString.Invariant($"status {number}"),
                _ => "no code",
            },
            _ => "it could not be reached",
        };
        string todo = code switch
        {
            SecretsErrorCode.AccessDenied when vendorCode is "InvalidRequestException" => "it may be marked for deletion: restore it, or leave it out.",
            SecretsErrorCode.AccessDenied when vendorCode is "DecryptionFailure" or "InvalidKeyId" or "KMSAccessDeniedException" => "let this program's role use the KMS key.",
            SecretsErrorCode.AccessDenied when vendorCode is "ExpiredTokenException" or "ExpiredToken" or "RequestExpired" => "renew the credentials, and look at the machine's clock.",
            SecretsErrorCode.AccessDenied => "let this program's role read it; docs/aws.md has the policy.",
            SecretsErrorCode.Unavailable => "try again later, and look at region, endpoint and network.",
            SecretsErrorCode.InvalidConfiguration => "correct the name or the options.",
            SecretsErrorCode.InvalidFormat => "look at the endpoint and at what stands between it and this program.",
            _ => "look the code up in the service's API reference.",
        };
        return $"{(nativeName is null ? "" : nativeName + " in ")}{place}: {what}; {todo}";
    }
}
