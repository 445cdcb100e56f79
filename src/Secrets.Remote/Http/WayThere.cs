namespace Secrets.Remote.Http;

/// <summary>What kept a call from a store: the kind of the failure and the host, which clients' own exceptions carry along inside. Their texts are not passed on.</summary>
internal static class WayThere
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

    public static string Describe(Exception failure)
    {
        HttpRequestException? cause = Causes(failure).OfType<HttpRequestException>().FirstOrDefault();
        string host = HostOf(failure) ?? "it";
        return cause?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"the name of {host} is not known",
            HttpRequestError.SecureConnectionError => $"{host} {cause.Data[Refusal] as string ?? "does not speak TLS, or no version of it that this machine accepts"}",
            HttpRequestError.ProxyTunnelError => $"the proxy does not lead to {host}",
            HttpRequestError.ConnectionError => $"there is no connection to {host}",
            HttpRequestError.ResponseEnded => $"{host} closed the connection before its answer was complete",
            null when Causes(failure).Any(c => c is IOException && c.Data[Host] is string) => $"{host} closed the connection before its answer was complete",
            _ => host + " could not be reached",
        };
    }

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        Exception? cause = failure;
        for (int depth = 0; cause is not null && depth < Deepest; depth++)
        {
            yield return cause;
            cause = cause is AggregateException { InnerExceptions: [.., { } last] } ? last : cause.InnerException;
        }
    }
}
