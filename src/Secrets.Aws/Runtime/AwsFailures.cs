using Amazon.Runtime;
using Secrets.Remote;

namespace Secrets.Aws.Runtime;

/// <summary>
/// From the services' codes to ours, in one table ("Common errors" of both API references, and the errors of each operation). Codes and statuses decide, never texts.
/// </summary>
internal sealed class AwsFailures : RemoteFailures
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

    // The host of a service has the region in its name, so a region that does not exist looks like a network that is down.
    private const string RegionAndNetwork = "try again later, and look at region, endpoint and network.";

    public static RemoteFailure Unanswered { get; } = new(RemoteFailureKind.Secret, SecretsErrorCode.InvalidFormat, "the answer says neither its value nor that there is none");

    public override RemoteFailure? Find(Exception failure) => failure switch
    {
        AwsSetupException setup => new RemoteFailure(RemoteFailureKind.Store, setup.Code, setup.Message) { Advice = setup.Advice },

        // An answer without a status and a code is what the SDK makes of a broken connection.
        AmazonServiceException { ErrorCode: null or "" } lost when (int)lost.StatusCode == 0 => Lost(lost),
        AmazonServiceException answer => Answer(answer.ErrorCode, (int)answer.StatusCode, answer.RequestId),
        AmazonClientException lost => Lost(lost),
        _ => base.Find(failure) is { } found ? NotTransient(found) : null,
    };

    /// <summary>Gives the failure of one secret in a batch.</summary>
    public static RemoteFailure OfCode(string vendorCode) => Answer(vendorCode, status: 0, requestId: null);

    /// <summary>Creates the failure of a list that was denied, which says what permits it.</summary>
    public static RemoteException DeniedList(AmazonServiceException denial, string advice) =>
        new(new RemoteFailure(Answer(denial.ErrorCode, (int)denial.StatusCode, denial.RequestId)) { Advice = advice });

    /// <summary>Says whether an answer is one that passes by itself. One without a status and a code is what the SDK makes of a broken connection.</summary>
    public static bool IsOutage(AmazonServiceException answer) => Answer(answer.ErrorCode, (int)answer.StatusCode, requestId: null).Code == SecretsErrorCode.Unavailable;

    /// <summary>Says whether a secret could not be decrypted.</summary>
    public static bool IsOfKey(string? vendorCode) => vendorCode is "DecryptionFailure" or "InvalidKeyId" or "KMSAccessDeniedException";

    public static bool IsMissing(string? vendorCode) => CodeOf(vendorCode) == SecretsErrorCode.NotFound;

    /// <summary>Says whether valid credentials do not permit the call.</summary>
    public static bool IsDenial(string? vendorCode) => vendorCode is "AccessDeniedException" or "AccessDenied";

    private static SecretsErrorCode? CodeOf(string? word) => word is null ? null
        : _throttles.Contains(word) ? SecretsErrorCode.Unavailable
        : _codes.TryGetValue(word, out SecretsErrorCode code) ? code
        : null;

    private static RemoteFailureKind KindOf(string? word, int status) => word is { Length: > 0 } && CodeOf(word) is { } code
        ? code == SecretsErrorCode.NotFound ? RemoteFailureKind.Missing
            : _throttles.Contains(word) ? RemoteFailureKind.Throttled
            : IsDenial(word) ? RemoteFailureKind.Denied
            : code == SecretsErrorCode.AccessDenied && word is not "InvalidRequestException" && !IsOfKey(word) ? RemoteFailureKind.Store
            : RemoteFailureKind.Secret
        : RemoteFailure.OfStatus(status).Kind;

    private RemoteFailure Lost(Exception failure) =>
        NotTransient(base.Find(failure) ?? new RemoteFailure(RemoteFailureKind.Secret, SecretsErrorCode.Unavailable, "it could not be reached"));

    // The SDK has retried.
    private static RemoteFailure NotTransient(RemoteFailure failure) => new(failure)
    {
        IsTransient = false,
        Advice = failure.Advice ?? (failure.Code == SecretsErrorCode.Unavailable ? RegionAndNetwork : null),
    };

    private static RemoteFailure Answer(string? word, int status, string? requestId)
    {
        string? vendorCode = AwsErrorCode.Clean(word);
        SecretsErrorCode code = CodeOf(vendorCode) is { } known ? known
            : status != 0 ? RemoteFailure.OfStatus(status).Code
            : word is null ? SecretsErrorCode.Unavailable
            : SecretsErrorCode.Unknown;
        string problem = vendorCode ?? (status == 0 ? "no code" : FormattableString.Invariant($"status {status}"));
        string? advice = (code, vendorCode) switch
        {
            (SecretsErrorCode.AccessDenied, "InvalidRequestException") => "it may be marked for deletion: restore it, or leave it out.",
            (SecretsErrorCode.AccessDenied, "DecryptionFailure" or "InvalidKeyId" or "KMSAccessDeniedException") => "let this program's role use the KMS key.",
            (SecretsErrorCode.AccessDenied, "ExpiredTokenException" or "ExpiredToken" or "RequestExpired" or "RequestTimeTooSkewed" or "RequestInTheFuture" or "AuthFailure") => "renew the credentials, and look at the machine's clock.",
            (SecretsErrorCode.AccessDenied, "UnrecognizedClientException" or "InvalidClientTokenId") => "correct the credentials: the access key is not known here.",
            (SecretsErrorCode.AccessDenied, "InvalidSignatureException" or "SignatureDoesNotMatch") => "correct the credentials: the secret access key is wrong; or the machine's clock.",
            (SecretsErrorCode.AccessDenied, "MissingAuthenticationTokenException" or "MissingAuthenticationToken" or "IncompleteSignature") => "correct the credentials, and look at what stands in between.",
            (SecretsErrorCode.AccessDenied, "AccessDeniedException" or "AccessDenied" or "NotAuthorized" or "UnauthorizedOperation") => "let this program's role read it, and decrypt with its key.",
            (SecretsErrorCode.Unavailable, _) => RegionAndNetwork,
            _ => null,
        };
        return new RemoteFailure(KindOf(word, status), code, problem)
        {
            Status = status == 0 ? null : status,
            VendorCode = vendorCode,
            RequestId = AwsErrorCode.Clean(requestId),
            Advice = advice,
        };
    }
}
