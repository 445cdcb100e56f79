namespace Secrets.Remote.Http;

/// <summary>What kept a call from a store: the kind of the failure and the host, which clients' own exceptions carry along inside. Their texts are not passed on.</summary>
internal static class WayThere
{
    private const string Host = "Secrets.Host";
    private const int Deepest = 8;

    /// <summary>Notes where a call went; user info and path are left out.</summary>
    public static void Mark(Exception failure, Uri? address) => failure.Data[Host] = address?.Authority;

    public static string Describe(Exception failure)
    {
        HttpRequestException? cause = Causes(failure).OfType<HttpRequestException>().FirstOrDefault();
        string host = cause?.Data[Host] as string ?? "it";
        return cause?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"the name of {host} is not known",
            HttpRequestError.SecureConnectionError => $"{host} does not speak TLS, or its certificate is not trusted",
            HttpRequestError.ProxyTunnelError => $"the proxy does not lead to {host}",
            HttpRequestError.ConnectionError => $"there is no connection to {host}",
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
