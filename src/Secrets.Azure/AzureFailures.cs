using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Azure;

/// <summary>Maps the vault's statuses and codes to ours, in one table ("Azure Key Vault REST API error codes"). Texts are neither read nor passed on.</summary>
internal sealed class AzureFailures : IVendorFailures
{
    private const string ByFirewall = "ForbiddenByFirewall";
    private const string ByConnection = "ForbiddenByConnection";
    private const string NameThem = "or name what is needed with Require or Secret, and nothing is listed.";

    // The assembly of the SDK's own check, which throws no other type.
    private const string Sdk = "Azure.Security.KeyVault.Secrets";

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
        { } challenge when IsChallenge(challenge) => FailureKind.Store,
        RequestFailedException { Status: 403 } answer when InnerCodeOf(answer) is ByFirewall or ByConnection => FailureKind.Store,

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
        string? inner = InnerCodeOf(last);
        (SecretsErrorCode code, string what) = last switch
        {
            CredentialUnavailableException => (SecretsErrorCode.AccessDenied, "no credentials were found"),
            AzureTokenException malformed => (SecretsErrorCode.AccessDenied, malformed.Message),
            AuthenticationFailedException => (SecretsErrorCode.AccessDenied, "no token could be had"),
            RequestFailedException { InnerException: (AnswerTooLargeException or TimeoutException) and { } cause } => RemoteFailure.OnTheWay(cause),
            RequestFailedException when status is { } number =>
                (number == 400 ? SecretsErrorCode.InvalidConfiguration : KindOf(last) == FailureKind.Missing ? SecretsErrorCode.NotFound : RemoteFailure.CodeOf(number),
                FormattableString.Invariant($"status {number}{And(vendorCode)}{And(inner)}")),
            { } challenge when IsChallenge(challenge) => (SecretsErrorCode.InvalidConfiguration,
                $"it asks for a token for {(challenge as AzureChallengeException)?.Domain ?? "another domain"}, which its address is not below"),
            OperationCanceledException => RemoteFailure.OnTheWay(new TimeoutException()),
            RequestFailedException or HttpRequestException or TimeoutException or AnswerTooLargeException or IOException => RemoteFailure.OnTheWay(last),
            _ => RemoteFailure.OnTheWay(new MalformedAnswerException()),
        };
        string? todo = last switch
        {
            CredentialUnavailableException => "log in (az login), give the machine an identity, or set the option Credential.",
            AuthenticationFailedException => "correct the credential.",
            RequestFailedException { Status: 401 } => "look at the credential: its token is not accepted here.",
            { } challenge when IsChallenge(challenge) => "correct VaultUri. For an emulator, or a vault under another name, give a SecretClient of your own "
                + "with DisableChallengeResourceVerification.",
            _ when inner is ByFirewall or ByConnection => "the vault's network rules keep this machine out: allow its address, or use the private endpoint.",
            _ when inner is "SecretDisabled" => "enable it, or leave it out.",
            _ when inner is "ForbiddenByPolicy" && IsList(nativeName) => "let this program's identity list secrets: the permission List of the vault's access policy; " + NameThem,
            _ when inner is "ForbiddenByPolicy" => "let this program's identity read it: the permission Get of the vault's access policy.",
            _ when code == SecretsErrorCode.AccessDenied && IsList(nativeName) =>
                "let this program's identity list secrets: the role Key Vault Secrets User on the whole vault; " + NameThem,
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

    private static bool IsChallenge(Exception failure) => failure is AzureChallengeException or InvalidOperationException { Source: Sdk };

    private static string And(string? word) => word is null ? "" : ", " + word;

    // A listing is reported with its prefix and a star, which no name has.
    private static bool IsList(string? nativeName) => nativeName?.EndsWith('*') == true;

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
                ? VendorWord.Clean(JsonAnswer.TextOrNull(inner, "code"))
                : null);
        }
        catch (MalformedAnswerException)
        {
            return null;
        }
    }

    private static SecretsSourceException Attribute(string what, string vendorCode, string sourceName, string place, string nativeName) => RemoteFailure.Make(
        SecretsErrorCode.AccessDenied, what, "renew it, correct its attributes, or leave it out.", sourceName, place, nativeName, status: null, vendorCode);
}
