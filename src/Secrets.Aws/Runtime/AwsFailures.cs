using Amazon.Runtime;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Aws.Runtime;

/// <summary>
/// From the services' codes to ours, in one table ("Common errors" of both API references, and the errors of each operation). Codes and statuses decide, never texts.
/// </summary>
internal sealed class AwsFailures : IVendorFailures
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
        ["RequestTimeTooSkewed"] = SecretsErrorCode.AccessDenied,
        ["RequestInTheFuture"] = SecretsErrorCode.AccessDenied,
        ["AuthFailure"] = SecretsErrorCode.AccessDenied,
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
        ["RequestAbortedException"] = SecretsErrorCode.Unavailable,
        ["RequestTimeout"] = SecretsErrorCode.Unavailable,
        ["RequestTimeoutException"] = SecretsErrorCode.Unavailable,

        // One that is marked for deletion gives this: it is there, and cannot be read.
        ["InvalidRequestException"] = SecretsErrorCode.AccessDenied,

        ["ValidationException"] = SecretsErrorCode.InvalidConfiguration,
        ["ValidationError"] = SecretsErrorCode.InvalidConfiguration,
        ["InvalidParameterException"] = SecretsErrorCode.InvalidConfiguration,
        ["InvalidAction"] = SecretsErrorCode.InvalidConfiguration,
        ["UnknownOperationException"] = SecretsErrorCode.InvalidConfiguration,
        ["InvalidNextTokenException"] = SecretsErrorCode.InvalidFormat,
        ["InvalidNextToken"] = SecretsErrorCode.InvalidFormat,
    };

    // Those that the SDK's standard retry mode calls throttling ("Retry behavior" of the AWS SDKs and Tools reference guide); a test compares the lists.
    private static readonly HashSet<string> _throttles = new(StringComparer.Ordinal)
    {
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottled",
        "RequestThrottledException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "TransactionInProgressException",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "LimitExceededException",
        "SlowDown",
        "PriorRequestNotComplete",
        "EC2ThrottledException",
    };

    private AwsFailures()
    {
    }

    public static bool IsVendors(Exception failure, CancellationToken cancellationToken) =>
        failure is AmazonServiceException or AmazonClientException or AwsSetupException or HttpRequestException or TimeoutException or AnswerTooLargeException or MalformedAnswerException or IOException;

    public static FailureKind KindOf(Exception failure)
    {
        if (failure is AwsSetupException)
        {
            return FailureKind.Store;
        }

        if (failure is not AmazonServiceException answer || ((int)answer.StatusCode == 0 && WordOf(failure) is null or ""))
        {
            return RemoteFailure.KindOf(WayThere.CauseOf(failure));
        }

        return WordOf(failure) is { Length: > 0 } word && CodeOf(word) is { } code
            ? code == SecretsErrorCode.NotFound ? FailureKind.Missing
                : _throttles.Contains(word) ? FailureKind.Throttled
                : IsDenial(word) ? FailureKind.Denied
                : code == SecretsErrorCode.AccessDenied && word is not "InvalidRequestException" && !IsOfKey(word) ? FailureKind.Store
                : FailureKind.Secret
            : RemoteFailure.KindOf((int)answer.StatusCode);
    }

    // The SDK has retried.
    public static bool MayPass(Exception failure) => false;

    /// <summary>Says whether a call for several secrets may have failed because of one of them, so that it is worth asking for each.</summary>
    public static bool MayBeOfOneAmongMany(Exception failure) => KindOf(failure) is FailureKind.Denied or FailureKind.Missing or FailureKind.Secret;

    /// <summary>Says whether a secret could not be decrypted.</summary>
    public static bool IsOfKey(string? vendorCode) => vendorCode is "DecryptionFailure" or "InvalidKeyId" or "KMSAccessDeniedException";

    public static bool IsMissing(string? vendorCode) => CodeOf(vendorCode) == SecretsErrorCode.NotFound;

    /// <summary>Says whether valid credentials do not permit the call.</summary>
    public static bool IsDenial(string? vendorCode) => vendorCode is "AccessDeniedException" or "AccessDenied";

    public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName)
    {
        if (failure is AwsSetupException setup)
        {
            return new SecretsSourceException(setup.Code, setup.Message, sourceName) { NativeName = nativeName };
        }

        if (failure is not AmazonServiceException answer)
        {
            (SecretsErrorCode code, string what) = RemoteFailure.OnTheWay(failure);
            return RemoteFailure.Make(code, what, todo: null, sourceName, place, nativeName);
        }

        return Make(answer.ErrorCode, (int)answer.StatusCode, AwsErrorCode.Clean(answer.RequestId), sourceName, place, nativeName);
    }

    /// <summary>Makes the failure of one secret in a batch.</summary>
    public static SecretsSourceException Report(string vendorCode, string sourceName, string place, string nativeName) =>
        Make(vendorCode, status: 0, requestId: null, sourceName, place, nativeName);

    /// <summary>Makes the failure of a listing that was denied, which says what permits it.</summary>
    public static SecretsSourceException ReportListing(SecretsSourceException denial, string todo, string sourceName, string place, string prefix) =>
        RemoteFailure.Make(denial.Code, denial.VendorCode!, todo, sourceName, place, prefix + "*", denial.Status, denial.VendorCode, denial.RequestId);

    public static SecretsSourceException Unanswered(string sourceName, string place, string nativeName) =>
        new(SecretsErrorCode.InvalidFormat, $"{place} said nothing of {nativeName}, neither its value nor that there is none.", sourceName) { NativeName = nativeName };

    private static SecretsErrorCode? CodeOf(string? word) => word is null ? null
        : _throttles.Contains(word) ? SecretsErrorCode.Unavailable
        : _codes.TryGetValue(word, out SecretsErrorCode code) ? code
        : null;

    private static string? WordOf(Exception failure) => (failure as AmazonServiceException)?.ErrorCode;

    private static SecretsSourceException Make(string? word, int status, string? requestId, string sourceName, string place, string? nativeName)
    {
        string? vendorCode = AwsErrorCode.Clean(word);
        SecretsErrorCode code = CodeOf(vendorCode) is { } known ? known
            : status != 0 ? RemoteFailure.CodeOf(status)
            : word is null ? SecretsErrorCode.Unavailable
            : SecretsErrorCode.Unknown;
        string what = vendorCode ?? status switch
        {
            0 => "no code",
            _ => FormattableString.Invariant($"status {status}"),
        };
        string? todo = (code, vendorCode) switch
        {
            (SecretsErrorCode.AccessDenied, "InvalidRequestException") => "it may be marked for deletion: restore it, or leave it out.",
            (SecretsErrorCode.AccessDenied, "DecryptionFailure" or "InvalidKeyId" or "KMSAccessDeniedException") => "let this program's role use the KMS key.",
            (SecretsErrorCode.AccessDenied, "ExpiredTokenException" or "ExpiredToken" or "RequestExpired" or "RequestTimeTooSkewed" or "RequestInTheFuture" or "AuthFailure") => "renew the credentials, and look at the machine's clock.",
            (SecretsErrorCode.AccessDenied, "UnrecognizedClientException" or "InvalidClientTokenId") => "correct the credentials: the access key is not known here.",
            (SecretsErrorCode.AccessDenied, "InvalidSignatureException" or "SignatureDoesNotMatch") => "correct the credentials: the secret access key is wrong; or the machine's clock.",
            (SecretsErrorCode.AccessDenied, "MissingAuthenticationTokenException" or "MissingAuthenticationToken" or "IncompleteSignature") => "correct the credentials, and look at what stands in between.",
            (SecretsErrorCode.AccessDenied, "AccessDeniedException" or "AccessDenied" or "NotAuthorized" or "UnauthorizedOperation") => "let this program's role read it, and decrypt with its key.",
            (SecretsErrorCode.Unavailable, _) => "try again later, and look at region, endpoint and network.",
            _ => null,
        };
        return RemoteFailure.Make(code, what, todo, sourceName, place, nativeName, status == 0 ? null : status, vendorCode, requestId);
    }
}
