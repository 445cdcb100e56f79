using Google.Apis.Auth.OAuth2.Responses;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Gcp;

/// <summary>Maps the service's codes and statuses to ours, in one table (google.rpc.Code). Texts are neither read nor passed on.</summary>
internal sealed class GoogleFailures : IVendorFailures
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

    /// <summary>What the reasons of a denial mean that concern the whole project, whatever is asked for (google.api.ErrorReason).</summary>
    private static readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal)
    {
        ["SERVICE_DISABLED"] = "the Secret Manager API is off in this project, or in the quota project of the credentials: turn it on (gcloud services enable secretmanager.googleapis.com).",
        ["CONSUMER_INVALID"] = NoProject,
        ["RESOURCE_PROJECT_INVALID"] = NoProject,
        ["CONSUMER_SUSPENDED"] = "the project is suspended: look at its billing and its notices.",
        ["BILLING_DISABLED"] = "billing is off in this project: turn it on.",
        ["USER_PROJECT_DENIED"] = "this account may not use the quota project of the credentials: give it the role roles/serviceusage.serviceUsageConsumer there.",
        ["ACCESS_TOKEN_SCOPE_INSUFFICIENT"] = "the token lacks a scope: create the credentials with https://www.googleapis.com/auth/cloud-platform.",
        ["SECURITY_POLICY_VIOLATED"] = "a perimeter of VPC Service Controls keeps this program out: let it in, or call from inside.",
    };

    private const string NoProject = "there is no such project, or this account may not see it: correct Project, or give the account a role in it.";

    private GoogleFailures()
    {
    }

    public static bool IsVendors(Exception failure, CancellationToken cancellationToken) => failure is GoogleSecretManagerException or GoogleCredentialException or TokenResponseException
        or GoogleChecksumException
        or HttpRequestException or TimeoutException or AnswerTooLargeException or MalformedAnswerException or IOException;

    public static FailureKind KindOf(Exception failure) => failure switch
    {
        GoogleCredentialException or TokenResponseException or GoogleSecretManagerException { Status: "UNAUTHENTICATED" } => FailureKind.Store,
        GoogleSecretManagerException { Reason: { } reason } when _reasons.ContainsKey(reason) => FailureKind.Store,
        GoogleSecretManagerException { Status: "PERMISSION_DENIED" } => FailureKind.Denied,
        GoogleSecretManagerException { Status: "RESOURCE_EXHAUSTED" } => FailureKind.Throttled,
        GoogleSecretManagerException answer when CodeOf(answer) == SecretsErrorCode.NotFound => FailureKind.Missing,
        GoogleSecretManagerException { Status: "FAILED_PRECONDITION" } => FailureKind.Secret,
        GoogleSecretManagerException answer => RemoteFailure.KindOf(answer.HttpStatus),
        _ => RemoteFailure.KindOf(failure),
    };

    public static bool MayPass(Exception failure) => failure switch
    {
        GoogleSecretManagerException answer => RemoteFailure.MayPass(answer.HttpStatus),
        GoogleChecksumException => true,
        _ => RemoteFailure.MayPass(failure),
    };

    public static TimeSpan? RetryAfter(Exception failure, TimeProvider clock) => (failure as GoogleSecretManagerException)?.RetryAfter;

    public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName)
    {
        var answer = failure as GoogleSecretManagerException;
        string? vendorCode = VendorWord.Clean(answer?.Status);
        string? reason = GoogleErrorBody.ReasonOrNull(answer?.Reason);
        (SecretsErrorCode code, string what) = failure switch
        {
            GoogleSecretManagerException error => (CodeOf(error), FormattableString.Invariant($"status {error.HttpStatus}{And(vendorCode)}{And(reason)}")),
            GoogleCredentialException missing => (SecretsErrorCode.AccessDenied, missing.Message),
            TokenResponseException => (SecretsErrorCode.AccessDenied, "no token could be had"),
            GoogleChecksumException => (SecretsErrorCode.InvalidFormat, "its content does not have the checksum that came with it"),
            _ => RemoteFailure.OnTheWay(failure),
        };
        string? todo = (failure, code) switch
        {
            (GoogleSecretManagerException { Status: "FAILED_PRECONDITION" }, _) => "its version is disabled or destroyed: enable it, add another, or leave it out.",
            (GoogleCredentialException or TokenResponseException, _) => "set GOOGLE_APPLICATION_CREDENTIALS or the option Credential, log in (gcloud auth application-default login), or give the machine an account.",
            (GoogleSecretManagerException { Status: "UNAUTHENTICATED" } or GoogleSecretManagerException { HttpStatus: 401 }, _) => "look at the credential: its token is not accepted here.",
            _ when reason is not null && _reasons.TryGetValue(reason, out string? meaning) => meaning,
            (_, SecretsErrorCode.AccessDenied) when IsList(nativeName) => "let this program's account list the project's secrets: the role roles/secretmanager.viewer, besides "
                + "roles/secretmanager.secretAccessor to read them; or name what is needed with Require or Secret, and nothing is listed.",
            (_, SecretsErrorCode.AccessDenied) => "let this program's account access it: the role roles/secretmanager.secretAccessor. The same is answered where it does not exist: look at its name too.",
            _ => null,
        };
        return RemoteFailure.Make(code, what, todo, sourceName, place, nativeName, answer?.HttpStatus, vendorCode, retryAfter: answer?.RetryAfter);
    }

    private static string And(string? word) => word is null ? "" : ", " + word;

    // A listing is reported with its prefix and a star, which no identifier has.
    private static bool IsList(string? nativeName) => nativeName?.EndsWith('*') == true;

    private static SecretsErrorCode CodeOf(GoogleSecretManagerException failure) =>
        failure.Status is { } word && _codes.TryGetValue(word, out SecretsErrorCode code) ? code : RemoteFailure.CodeOf(failure.HttpStatus);
}
