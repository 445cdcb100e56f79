using Google.Apis.Auth.OAuth2.Responses;
using Secrets.Remote;

namespace Secrets.Gcp.Tests;

public sealed class GoogleFailuresTests
{
    /// <summary>A failure of a call for one secret, how far it reaches, its code, and what is said of it.</summary>
    public static TheoryData<int, string?, string?, string, SecretsErrorCode, string> Rows => new()
    {
        { 403, "PERMISSION_DENIED", "IAM_PERMISSION_DENIED", nameof(RemoteFailureKind.Denied), SecretsErrorCode.AccessDenied, "the role roles/secretmanager.secretAccessor. The same is answered where it does not exist" },
        { 403, "PERMISSION_DENIED", null, nameof(RemoteFailureKind.Denied), SecretsErrorCode.AccessDenied, "status 403, PERMISSION_DENIED; let this program's account access it" },
        { 403, "PERMISSION_DENIED", "SERVICE_DISABLED", nameof(RemoteFailureKind.Store), SecretsErrorCode.AccessDenied, "the Secret Manager API is off in this project" },
        { 403, "PERMISSION_DENIED", "CONSUMER_INVALID", nameof(RemoteFailureKind.Store), SecretsErrorCode.AccessDenied, "there is no such project" },
        { 403, "PERMISSION_DENIED", "RESOURCE_PROJECT_INVALID", nameof(RemoteFailureKind.Store), SecretsErrorCode.AccessDenied, "there is no such project" },
        { 403, "PERMISSION_DENIED", "CONSUMER_SUSPENDED", nameof(RemoteFailureKind.Store), SecretsErrorCode.AccessDenied, "the project is suspended" },
        { 403, "PERMISSION_DENIED", "BILLING_DISABLED", nameof(RemoteFailureKind.Store), SecretsErrorCode.AccessDenied, "billing is off" },
        { 403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", nameof(RemoteFailureKind.Store), SecretsErrorCode.AccessDenied, "https://www.googleapis.com/auth/cloud-platform" },
        { 403, "PERMISSION_DENIED", "SECURITY_POLICY_VIOLATED", nameof(RemoteFailureKind.Store), SecretsErrorCode.AccessDenied, "VPC Service Controls" },
        { 401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED", nameof(RemoteFailureKind.Store), SecretsErrorCode.AccessDenied, "look at the credential" },
        { 404, "NOT_FOUND", null, nameof(RemoteFailureKind.Missing), SecretsErrorCode.NotFound, "correct the name" },
        { 404, null, null, nameof(RemoteFailureKind.Secret), SecretsErrorCode.InvalidFormat, "look at the address" },
        { 400, "FAILED_PRECONDITION", null, nameof(RemoteFailureKind.Secret), SecretsErrorCode.AccessDenied, "its version is disabled or destroyed" },
        { 429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", nameof(RemoteFailureKind.Throttled), SecretsErrorCode.Unavailable, "try again later" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_failure_has_a_reach_a_code_and_says_what_to_do(int httpStatus, string? status, string? reason, string kind, SecretsErrorCode code, string sentence)
    {
        var failure = new GoogleSecretManagerException(httpStatus, status) { Reason = reason };
        RemoteFailure found = new GoogleFailures().Find(failure)!;
        Assert.Equal(kind, found.Kind.ToString());
        SecretsSourceException reported = found.ToException("gcp", "Google Secret Manager, project shop-1", "a");
        Assert.Equal((code, status), (reported.Code, reported.VendorCode));
        Assert.Contains(sentence, reported.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, SecretsErrorCode.Unavailable)]
    [InlineData(429, SecretsErrorCode.Unavailable)]
    [InlineData(400, SecretsErrorCode.AccessDenied)]
    [InlineData(null, SecretsErrorCode.AccessDenied)]
    public void An_outage_of_what_gives_tokens_is_told_from_a_refusal(int? status, SecretsErrorCode code)
    {
        var failure = new TokenResponseException(new TokenErrorResponse { Error = "quotes" }, (System.Net.HttpStatusCode?)status);
        RemoteFailure found = new GoogleFailures().Find(failure)!;
        Assert.Equal((RemoteFailureKind.Store, code), (found.Kind, found.Code));
        Assert.DoesNotContain("quotes", found.ToException("gcp", "the store", "a").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a text")]
    [InlineData("ya29.token")]
    public void A_reason_that_is_none_is_not_quoted(string reason) => Assert.DoesNotContain(
        reason, new GoogleFailures().Find(new GoogleSecretManagerException(403, "a text") { Reason = reason })!.ToException("gcp", "the store", "a").Message, StringComparison.Ordinal);
}
