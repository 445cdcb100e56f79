using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>From the server's statuses to our codes, in one table (API reference, "HTTP status codes"). Texts decide nothing and are not passed on.</summary>
internal static class VaultFailures
{
    /// <summary>Says whether it is a failure of the server, of the login or of the way there; anything else is passed on as it is.</summary>
    public static bool IsVendors(Exception failure) => failure is VaultException or VaultLoginException or VaultRedirectException
        or HttpRequestException or TimeoutException or AnswerTooLargeException or MalformedAnswerException or IOException;

    /// <summary>Says whether the login is good, and may not do this.</summary>
    public static bool IsLackOfPermission(VaultException failure) => failure.HttpStatus == 403;

    /// <summary>Makes what may leave this library of a failure.</summary>
    public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName)
    {
        int? status = (failure as VaultException)?.HttpStatus ?? (failure as VaultLoginException)?.HttpStatus;
        SecretsErrorCode code = failure switch
        {
            VaultException error => CodeOf(error.HttpStatus),
            VaultLoginException => SecretsErrorCode.AccessDenied,
            VaultRedirectException => SecretsErrorCode.InvalidConfiguration,
            AnswerTooLargeException or MalformedAnswerException => SecretsErrorCode.InvalidFormat,
            _ => SecretsErrorCode.Unavailable,
        };
        string what = failure switch
        {
            VaultException error => FormattableString.Invariant($"status {error.HttpStatus}"),
            VaultLoginException login => login.What + (status is null ? "" : FormattableString.Invariant($", status {status}")),
            VaultRedirectException => "it redirected to another host, to one without HTTPS, or more than once",
            AnswerTooLargeException => "an answer is larger than MaxAnswerBytes",
            MalformedAnswerException => "the answer is not what the API reference says",
            TimeoutException => "there was no whole answer within CallTimeLimit",
            _ => "it could not be reached",
        };
        string todo = failure switch
        {
            VaultException { HttpStatus: 404 } => "no engine is mounted there: correct the path or the namespace.",
            VaultException { HttpStatus: 503 } => "it is sealed, or no node is active: try again later.",
            VaultLoginException => "correct the login, or let its role in.",
            VaultRedirectException => "give the address of the active node, or add its host to RedirectHosts.",
            _ => code switch
            {
                SecretsErrorCode.AccessDenied => "let this program's policy read it; docs/vault.md has the policy.",
                SecretsErrorCode.Unavailable => "try again later, and look at the address and the network.",
                SecretsErrorCode.InvalidFormat => "look at the address and at what stands between it and this program.",
                SecretsErrorCode.InvalidConfiguration => "correct the path or the options.",
                _ => "look the status up in the API reference.",
            },
        };
        return Make(code, what, todo, sourceName, place, nativeName, status);
    }

    /// <summary>Makes the failure of a prefix that belongs to an engine without lists of secrets.</summary>
    public static SecretsSourceException NotListed(string sourceName, string place, string prefix) => Make(
        SecretsErrorCode.InvalidConfiguration,
        "its engine makes credentials and lists no secrets",
        "name what is needed with Secret(\"database/creds/app\", at: \"…\").",
        sourceName,
        place,
        prefix + "*",
        status: null);

    private static SecretsErrorCode CodeOf(int status) => status switch
    {
        401 or 403 => SecretsErrorCode.AccessDenied,
        404 => SecretsErrorCode.NotFound,
        400 or 405 => SecretsErrorCode.InvalidConfiguration,
        408 or 412 or 429 or 472 or 473 or >= 500 => SecretsErrorCode.Unavailable,
        < 400 => SecretsErrorCode.InvalidFormat,
        _ => SecretsErrorCode.Unknown,
    };

    private static SecretsSourceException Make(SecretsErrorCode code, string what, string todo, string sourceName, string place, string? nativeName, int? status) =>
        new(code, $"{(nativeName is null ? "" : nativeName + " in ")}{place}: {what}; {todo}", sourceName) { Status = status, NativeName = nativeName };
}
