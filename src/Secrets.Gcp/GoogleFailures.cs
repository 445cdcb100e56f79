using Google.Apis.Auth.OAuth2.Responses;
using Secrets.Remote;
using Secrets.Remote.Credentials;
using Secrets.Remote.Http;

namespace Secrets.Gcp;

/// <summary>Maps the service's codes and statuses to ours, in one table (google.rpc.Code). Texts are neither read nor passed on.</summary>
internal sealed class GoogleFailures : RemoteFailures
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

    public override RemoteFailure? Find(Exception failure) => failure switch
    {
        GoogleSecretManagerException answer => OfAnswer(answer),
        GoogleCredentialException => NoCredential(failure.Message),
        TokenResponseException => NoToken(failure, "no token could be had"),
        GoogleChecksumException => new RemoteFailure(RemoteFailureKind.Secret, SecretsErrorCode.InvalidFormat, "its content does not have the checksum that came with it") { IsTransient = true },
        _ => base.Find(failure),
    };

    /// <summary>Gets why there is no token for credentials that were found.</summary>
    /// <param name="failure">What the vendor's library threw.</param>
    /// <param name="problem">What happened.</param>
    public static RemoteFailure NoToken(Exception failure, string problem) => CredentialOutage.Is(failure, IsOutage)
        ? new RemoteFailure(RemoteFailureKind.Store, SecretsErrorCode.Unavailable, problem + ", since what gives it could not be reached or failed")
        {
            IsTransient = true,
            Advice = "try again later, and look at the network and at the metadata server or the token_uri of the credentials.",
        }
        : NoCredential(problem);

    private static bool? IsOutage(Exception cause) => cause switch
    {
        TokenResponseException { StatusCode: { } status } => HttpStatuses.MayPass((int)status),

        // What the library makes of a failed answer without a body, as a load balancer gives.
        NullReferenceException => true,
        _ => null,
    };

    private static RemoteFailure OfAnswer(GoogleSecretManagerException answer)
    {
        RemoteFailure byStatus = RemoteFailure.OfStatus(answer.HttpStatus);
        SecretsErrorCode code = answer.Status is { } word && _codes.TryGetValue(word, out SecretsErrorCode known) ? known : byStatus.Code;
        string? reason = GoogleErrorBody.ReasonOrNull(answer.Reason);
        string? meaning = reason is null ? null : _reasons.GetValueOrDefault(reason);
        RemoteFailureKind kind = answer.Status switch
        {
            "UNAUTHENTICATED" => RemoteFailureKind.Store,
            _ when meaning is not null => RemoteFailureKind.Store,
            "PERMISSION_DENIED" => RemoteFailureKind.Denied,
            "RESOURCE_EXHAUSTED" => RemoteFailureKind.Throttled,
            "FAILED_PRECONDITION" => RemoteFailureKind.Secret,
            _ => code == SecretsErrorCode.NotFound ? RemoteFailureKind.Missing : byStatus.Kind,
        };
        (string? Advice, string? ListAdvice) todo = answer switch
        {
            { Status: "FAILED_PRECONDITION" } => ("its version is disabled or destroyed: enable it, add another, or leave it out.", null),
            { Status: "UNAUTHENTICATED" } or { HttpStatus: 401 } => ("look at the credential: its token is not accepted here.", null),
            _ when meaning is not null => (meaning, null),
            _ when code == SecretsErrorCode.AccessDenied => (
                "let this program's account access it: the role roles/secretmanager.secretAccessor. The same is answered where it does not exist: look at its name too.",
                "let this program's account list the project's secrets: the role roles/secretmanager.viewer, besides "
                    + "roles/secretmanager.secretAccessor to read them; or name what is needed with Require or Secret, and nothing is listed."),
            _ => (null, null),
        };
        string problem = FormattableString.Invariant($"status {answer.HttpStatus}{And(VendorCodes.Clean(answer.Status))}{And(reason)}");
        return new RemoteFailure(kind, code, problem)
        {
            Status = answer.HttpStatus,
            VendorCode = answer.Status,
            RetryAfter = answer.RetryAfter,
            IsTransient = byStatus.IsTransient,
            Advice = todo.Advice,
            ListAdvice = todo.ListAdvice,
        };
    }

    private static string And(string? word) => word is null ? "" : ", " + word;

    private static RemoteFailure NoCredential(string problem) => new(RemoteFailureKind.Store, SecretsErrorCode.AccessDenied, problem)
    {
        Advice = "set GOOGLE_APPLICATION_CREDENTIALS or the option Credential, log in (gcloud auth application-default login), or give the machine an account.",
    };
}
