using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>From the server's statuses to our codes, in one table (API reference, "HTTP status codes"). Texts decide nothing and are not passed on.</summary>
internal sealed class VaultFailures : IVendorFailures
{
    private VaultFailures()
    {
    }

    public static bool IsVendors(Exception failure, CancellationToken cancellationToken) => failure is VaultException or VaultLoginException or VaultSetupException or VaultRedirectException
        or HttpRequestException or TimeoutException or AnswerTooLargeException or MalformedAnswerException or IOException;

    // Only an engine that is not mounted has the status 404 here: the client gives nothing for a secret that does not exist.
    public static FailureKind KindOf(Exception failure) => failure switch
    {
        VaultException { HttpStatus: 472 or 473 or 503 } or VaultLoginException or VaultSetupException or VaultRedirectException => FailureKind.Store,
        VaultException error => RemoteFailure.KindOf(error.HttpStatus),
        _ => RemoteFailure.KindOf(failure),
    };

    public static bool MayPass(Exception failure) => failure is VaultException error ? error.HttpStatus is 412 or 472 or 473 || RemoteFailure.MayPass(error.HttpStatus) : RemoteFailure.MayPass(failure);

    public static TimeSpan? RetryAfter(Exception failure, TimeProvider clock) => (failure as VaultException)?.RetryAfter;

    public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName)
    {
        int? status = (failure as VaultException)?.HttpStatus ?? (failure as VaultLoginException)?.HttpStatus;
        (SecretsErrorCode code, string what) = failure switch
        {
            VaultException error => (CodeOf(error.HttpStatus), FormattableString.Invariant($"status {error.HttpStatus}")),
            VaultSetupException setup => (SecretsErrorCode.InvalidConfiguration, setup.Message),
            VaultLoginException login => (login.Code, login.Message + (status is null ? "" : FormattableString.Invariant($", status {status}"))),
            VaultRedirectException => (SecretsErrorCode.InvalidConfiguration, "it redirected to another host, to one without HTTPS, or more than once"),
            _ => RemoteFailure.OnTheWay(failure),
        };
        string? todo = failure switch
        {
            VaultException { HttpStatus: 404, Doubt: VaultDoubt.Address } => "no engine is mounted there, or the path at the end of Address is none of a proxy's: correct the path, or leave that out.",
            VaultException { HttpStatus: 404 } => "no engine is mounted there: correct the path, the namespace or KeyValueVersion.",
            VaultException { HttpStatus: 503 } => "it is sealed, or no node is active: unseal it, or try again later.",
            VaultLoginException login => login.Todo,
            VaultSetupException setup => setup.Todo,
            _ when VaultHint.Of(failure) is { } hint => hint,
            VaultRedirectException => "give the address of the active node, or add its host to RedirectHosts.",
            VaultException { Doubt: VaultDoubt.MissingToken } => "this program sends no token: let the agent or proxy at this address add one whose policy permits it, or give a VaultLogin.",
            VaultException { HttpStatus: 403, Doubt: VaultDoubt.Mount } => "no engine is mounted there, or this program's policy permits nothing in it: compare the path with `vault secrets list`, and let the policy read it.",
            VaultException { Doubt: VaultDoubt.Token } => "the token is wrong or has ended, as it cannot be looked up either, or its policy permits neither.",
            _ when code == SecretsErrorCode.AccessDenied => "let this program's policy read it.",
            _ => null,
        };
        return RemoteFailure.Make(code, what, todo, sourceName, place, nativeName, status, retryAfter: (failure as VaultException)?.RetryAfter);
    }

    /// <summary>Makes the failure of a prefix that belongs to an engine without lists of secrets.</summary>
    public static SecretsSourceException NotListed(string sourceName, string place, string prefix) => RemoteFailure.Make(
        SecretsErrorCode.InvalidConfiguration,
        "its engine makes credentials and lists no secrets",
        "name what is needed with Secret(\"database/creds/app\", at: \"…\").",
        sourceName,
        place,
        prefix + "*");

    private static SecretsErrorCode CodeOf(int status) => status switch
    {
        400 or 405 => SecretsErrorCode.InvalidConfiguration,
        404 => SecretsErrorCode.NotFound,
        412 or 472 or 473 => SecretsErrorCode.Unavailable,
        _ => RemoteFailure.CodeOf(status),
    };
}
