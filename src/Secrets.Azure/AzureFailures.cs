using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;
using Secrets.Remote;
using Secrets.Remote.Credentials;
using Secrets.Remote.Http;

namespace Secrets.Azure;

/// <summary>Maps the vault's statuses and codes to ours, in one table ("Azure Key Vault REST API error codes"). Texts are neither read nor passed on.</summary>
internal sealed class AzureFailures : RemoteFailures
{
    private const string ByFirewall = "ForbiddenByFirewall";
    private const string ByConnection = "ForbiddenByConnection";
    private const string NameThem = "or name what is needed with Require or Secret, and nothing is listed.";

    // The assembly of the SDK's own check, which throws no other type.
    private const string Sdk = "Azure.Security.KeyVault.Secrets";

    public static RemoteFailure Disabled { get; } = Invalid("it is disabled", "SecretDisabled");

    public static RemoteFailure Expired { get; } = Invalid("it has expired", "SecretExpired");

    public static RemoteFailure NotYetValid { get; } = Invalid("it is not valid yet", "SecretNotYetValid");

    public override RemoteFailure? Find(Exception failure)
    {
        Exception last = LastOf(failure);
        return last switch
        {
            SecretsSourceException => null,
            // A metadata server that does not answer is mostly one that is not there: a machine without an identity.
            CredentialUnavailableException => NoToken("no credentials were found", "log in (az login), give the machine an identity, or set the option Credential."),
            AuthenticationFailedException when CredentialOutage.Is(last, IsOutage) => new RemoteFailure(
                RemoteFailureKind.Store, SecretsErrorCode.Unavailable, "no token could be had, since what gives it could not be reached or failed") { Advice = "try again later, and look at the network." },
            AuthenticationFailedException => NoToken(last is AzureTokenException ? last.Message : "no token could be had", "correct the credential."),
            _ when IsChallenge(last) => Challenge(last as AzureChallengeException),
            RequestFailedException { InnerException: AnswerTooLargeException or TimeoutException } => base.Find(last) is { } found ? NotTransient(found, RetryAfterOf(last)) : null,
            RequestFailedException { Status: > 0 } answer => OfAnswer(answer),

            // What the SDK throws where an answer is not what the vault's reference says.
            JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or NullReferenceException or AggregateException =>
                base.Find(last) is { } found ? NotTransient(found) : base.Find(new MalformedAnswerException()),
            RequestFailedException => NotTransient(base.Find(last) ?? base.Find(new HttpRequestException())!),
            _ => base.Find(last) is { } found ? NotTransient(found) : null,
        };
    }

    private static RemoteFailure OfAnswer(RequestFailedException answer)
    {
        string? inner = InnerCodeOf(answer);

        // The vault says why; a page of something else at its address does not.
        bool isMissing = answer is { Status: 404, ErrorCode.Length: > 0 };
        RemoteFailure byStatus = RemoteFailure.OfStatus(answer.Status);
        RemoteFailureKind kind = answer.Status == 403 && inner is ByFirewall or ByConnection ? RemoteFailureKind.Store : isMissing ? RemoteFailureKind.Missing : byStatus.Kind;
        SecretsErrorCode code = answer.Status == 400 ? SecretsErrorCode.InvalidConfiguration : isMissing ? SecretsErrorCode.NotFound : byStatus.Code;
        (string? Advice, string? ListAdvice) todo = inner switch
        {
            _ when answer.Status == 401 => ("look at the credential: its token is not accepted here.", null),
            ByFirewall or ByConnection => ("the vault's network rules keep this machine out: allow its address, or use the private endpoint.", null),
            "SecretDisabled" => ("enable it, or leave it out.", null),
            "ForbiddenByPolicy" => (
                "let this program's identity read it: the permission Get of the vault's access policy.",
                "let this program's identity list secrets: the permission List of the vault's access policy; " + NameThem),
            _ when code == SecretsErrorCode.AccessDenied => (
                "let this program's identity read it: the role Key Vault Secrets User.",
                "let this program's identity list secrets: the role Key Vault Secrets User on the whole vault; " + NameThem),
            _ => (null, null),
        };
        return new RemoteFailure(kind, code, FormattableString.Invariant($"status {answer.Status}{And(VendorCodes.Clean(answer.ErrorCode))}{And(inner)}"))
        {
            Status = answer.Status,
            VendorCode = answer.ErrorCode,
            RetryAfter = RetryAfterOf(answer),
            Advice = todo.Advice,
            ListAdvice = todo.ListAdvice,
        };
    }

    private static bool? IsOutage(Exception cause) => cause switch
    {
        RequestFailedException { Status: > 0 } answer => HttpStatuses.MayPass(answer.Status),
        MsalServiceException { StatusCode: > 0 } answer => HttpStatuses.MayPass(answer.StatusCode),
        _ => null,
    };

    private static RemoteFailure NoToken(string problem, string advice) => new(RemoteFailureKind.Store, SecretsErrorCode.AccessDenied, problem) { Advice = advice };

    private static RemoteFailure Challenge(AzureChallengeException? challenge) =>
        new(RemoteFailureKind.Store, SecretsErrorCode.InvalidConfiguration, $"it asks for a token for {challenge?.Domain ?? "another domain"}, which its address is not below")
        {
            Advice = "correct VaultUri. For an emulator, or a vault under another name, give a SecretClient of your own with DisableChallengeResourceVerification.",
        };

    private static RemoteFailure Invalid(string problem, string vendorCode) =>
        new(RemoteFailureKind.Secret, SecretsErrorCode.AccessDenied, problem) { VendorCode = vendorCode, Advice = "renew it, correct its attributes, or leave it out." };

    // The SDK has retried.
    private static RemoteFailure NotTransient(RemoteFailure failure, TimeSpan? retryAfter = null) =>
        new(failure) { IsTransient = false, RetryAfter = retryAfter ?? failure.RetryAfter };

    private static TimeSpan? RetryAfterOf(Exception failure) =>
        (failure as RequestFailedException)?.GetRawResponse()?.Headers is { } headers && headers.TryGetValue("Retry-After", out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;

    // Of several attempts the last one counts.
    private static Exception LastOf(Exception failure) => failure is AggregateException { InnerExceptions: [.., { } last] } ? last : failure;

    private static bool IsChallenge(Exception failure) => failure is AzureChallengeException or InvalidOperationException { Source: Sdk };

    private static string And(string? word) => word is null ? "" : ", " + word;

    // {"error":{"code":"Forbidden","message":"…","innererror":{"code":"ForbiddenByRbac"}}}
    private static string? InnerCodeOf(Exception failure)
    {
        if ((failure as RequestFailedException)?.GetRawResponse() is not { ContentStream: not null } answer)
        {
            return null;
        }

        try
        {
            return JsonAnswer.Read(answer.Content.ToArray(), json => JsonAnswer.Member(json, "error") is { } error && JsonAnswer.Member(error, "innererror") is { } inner
                ? VendorCodes.Clean(JsonAnswer.TextOrNull(inner, "code"))
                : null);
        }
        catch (MalformedAnswerException)
        {
            return null;
        }
    }
}
