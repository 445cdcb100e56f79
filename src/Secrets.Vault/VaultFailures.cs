using Secrets.Remote;

namespace Secrets.Vault;

/// <summary>Maps the server's statuses to our codes, in one table (API reference, "HTTP status codes"). Texts are neither read nor passed on.</summary>
internal sealed class VaultFailures : RemoteFailures
{
    private VaultFailures()
    {
    }

    public static VaultFailures Table { get; } = new();

    /// <summary>Gets the failure of a prefix that belongs to an engine without lists of secrets.</summary>
    public static RemoteFailure NotListed { get; } = new(RemoteFailureKind.Secret, SecretsErrorCode.InvalidConfiguration, "its engine makes credentials and lists no secrets")
    {
        Advice = "name what is needed with Secret(\"database/creds/app\", at: \"…\").",
    };

    public override RemoteFailure? Find(Exception failure) => failure switch
    {
        VaultException error => OfAnswer(error),
        VaultSetupException setup => new RemoteFailure(RemoteFailureKind.Store, SecretsErrorCode.InvalidConfiguration, setup.Message) { Advice = setup.Todo },
        VaultLoginException login => new RemoteFailure(
            RemoteFailureKind.Store, login.Code, login.Message + (login.HttpStatus is { } status ? FormattableString.Invariant($", status {status}") : ""))
        {
            Status = login.HttpStatus,
            Advice = login.Todo,
        },
        VaultRedirectException => new RemoteFailure(
            RemoteFailureKind.Store, SecretsErrorCode.InvalidConfiguration, "it redirected to another host, to one without HTTPS, or more than once")
        {
            Advice = VaultHint.Of(failure) ?? "give the address of the active node, or add its host to RedirectHosts.",
        },
        _ => base.Find(failure) is { } found ? new RemoteFailure(found) { Advice = VaultHint.Of(failure) ?? found.Advice } : null,
    };

    // Only an engine that is not mounted has the status 404 here: the client gives nothing for a secret that does not exist.
    private static RemoteFailure OfAnswer(VaultException error)
    {
        RemoteFailure byStatus = RemoteFailure.OfStatus(error.HttpStatus);
        SecretsErrorCode code = CodeOf(error.HttpStatus);
        return new RemoteFailure(error.HttpStatus is 472 or 473 or 503 ? RemoteFailureKind.Store : byStatus.Kind, code)
        {
            Status = error.HttpStatus,
            RetryAfter = error.RetryAfter,
            IsTransient = error.HttpStatus is 412 or 472 or 473 || byStatus.IsTransient,
            Advice = AdviceFor(error, code),
            ListAdvice = error is { HttpStatus: 403, Doubt: VaultDoubt.None }
                ? "let this program's policy list it: the capability list, for version 2 of key/value on metadata/ of the mount; or name what is needed with Require or Secret, and nothing is listed."
                : null,
        };
    }

    private static string? AdviceFor(VaultException error, SecretsErrorCode code) => error switch
    {
        { HttpStatus: 404, Doubt: VaultDoubt.Address } => "no engine is mounted there, or the path at the end of Address is none of a proxy's: correct the path, or leave that out.",
        { HttpStatus: 404 } => "no engine is mounted there: correct the path, the namespace or KeyValueVersion.",
        { HttpStatus: 503 } => "it is sealed, or no node is active: unseal it, or try again later.",
        _ when VaultHint.Of(error) is { } hint => hint,
        { Doubt: VaultDoubt.MissingToken } => "this program sends no token: let the agent or proxy at this address add one whose policy permits it, or give a VaultLogin.",
        { HttpStatus: 403, Doubt: VaultDoubt.Mount } => "no engine is mounted there, or this program's policy permits nothing in it: compare the path with `vault secrets list`, and let the policy read it.",
        { Doubt: VaultDoubt.Token } => "the token is wrong or has ended, as it cannot be looked up either, or its policy permits neither.",
        _ when code == SecretsErrorCode.AccessDenied => "let this program's policy read it.",
        _ => null,
    };

    private static SecretsErrorCode CodeOf(int status) => status switch
    {
        400 or 405 => SecretsErrorCode.InvalidConfiguration,
        404 => SecretsErrorCode.NotFound,
        412 or 472 or 473 => SecretsErrorCode.Unavailable,
        _ => RemoteFailure.OfStatus(status).Code,
    };
}
