namespace Secrets.Remote.Http;

/// <summary>What kept a call from reaching a store: the kind of failure and the host, found inside a client's exception. Texts of exceptions are not passed on.</summary>
internal static class NetworkFailure
{
    private const string Host = "Secrets.Host";
    private const string Refusal = "Secrets.Refusal";
    private const int Deepest = 8;

    /// <summary>Notes where a call went, without user info and path, and why the certificate there was refused: in the exception and its causes, of which a client may keep one alone.</summary>
    public static void Mark(Exception failure, Uri? address, string? refusal = null)
    {
        foreach (Exception cause in Causes(failure))
        {
            cause.Data[Host] = address?.Authority;
            cause.Data[Refusal] = refusal;
        }
    }

    /// <summary>Notes where a call went that has no host.</summary>
    public static void Mark(Exception failure, string place) => failure.Data[Host] = place;

    /// <summary>Gives what lies behind a client's exception, where that is a failure of the connection, of its time or of an answer's form; otherwise the exception itself.</summary>
    public static Exception CauseOf(Exception failure) =>
        Causes(failure).FirstOrDefault(c => c is HttpRequestException or TimeoutException or AnswerTooLargeException or MalformedAnswerException or IOException) ?? failure;

    /// <summary>Gives the host that was called; <see langword="null"/> where nothing says it.</summary>
    public static string? HostOf(Exception failure) => Causes(failure).Select(c => c.Data[Host] as string).FirstOrDefault(h => h is not null);

    private static string DescribeConnection(Exception failure)
    {
        HttpRequestException? cause = Causes(failure).OfType<HttpRequestException>().FirstOrDefault();
        string host = HostOf(failure) ?? "it";
        return cause?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"the name of {host} cannot be resolved",
            HttpRequestError.SecureConnectionError => $"{host} {cause.Data[Refusal] as string ?? "does not speak TLS, or no version of it that this machine accepts"}",
            HttpRequestError.ProxyTunnelError => $"the proxy does not lead to {host}",
            HttpRequestError.ConnectionError => $"there is no connection to {host}",
            HttpRequestError.ResponseEnded => $"{host} closed the connection before its answer was complete",
            null when Causes(failure).Any(c => c is IOException && c.Data[Host] is string) => $"{host} closed the connection before its answer was complete",
            _ => host + " could not be reached",
        };
    }

    /// <summary>Says how far a failure reaches that came without a word of the vendor's: a connection that could not be made concerns the whole store, a broken one perhaps not.</summary>
    public static RemoteFailureKind KindOf(Exception failure) => failure switch
    {
        HttpRequestException when NeverArrived(failure) => RemoteFailureKind.Store,
        HttpRequestException or TimeoutException or IOException => RemoteFailureKind.NoAnswer,
        _ => RemoteFailureKind.Secret,
    };

    /// <summary>Says whether the same call may succeed a little later.</summary>
    public static bool MayPass(Exception failure) => failure is HttpRequestException or TimeoutException;

    /// <summary>Says whether a call certainly did not reach the store, so that it can be made again whatever it does.</summary>
    public static bool NeverArrived(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    /// <summary>Gives code and cause of a failure that is not an answer of the vendor's.</summary>
    public static (SecretsErrorCode Code, string Problem) Describe(Exception failure) => failure switch
    {
        AnswerTooLargeException => (SecretsErrorCode.InvalidFormat, "an answer is larger than MaxAnswerBytes"),
        MalformedAnswerException => (SecretsErrorCode.InvalidFormat, "the answer is not what the vendor's reference says"),
        TimeoutException => (SecretsErrorCode.Unavailable, $"there was no whole answer{(HostOf(failure) is { } host ? " of " + host : "")} within CallTimeLimit"),
        _ => (SecretsErrorCode.Unavailable, DescribeConnection(failure)),
    };

    /// <summary>Gives an exception and what lies behind it, outermost first.</summary>
    public static IEnumerable<Exception> Causes(Exception failure)
    {
        Exception? cause = failure;
        for (int depth = 0; cause is not null && depth < Deepest; depth++)
        {
            yield return cause;
            cause = cause is AggregateException { InnerExceptions: [.., { } last] } ? last : cause.InnerException;
        }
    }
}
