using System.Security.Cryptography.X509Certificates;

namespace Secrets.Remote.Http;

/// <summary>Creates the connections of all clients: the rules of what may travel where, in one place.</summary>
internal static class Transport
{
    /// <summary>
    /// Creates a handler that follows no redirect (the credential's header would travel along), keeps no cookies, and checks certificates against the system's
    /// authorities and those given. There is no switch to skip the check.
    /// </summary>
    /// <param name="timeLimit">How long an attempt may take.</param>
    /// <param name="maxBytes">How large an answer may be.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="authorities">Those that vouch for servers besides the system's.</param>
    /// <param name="serverName">The name that the certificate must have where requests say so (<c>Host</c>); <see langword="null"/> for the host of the address.</param>
    /// <param name="configure">Sets what else connections are made of.</param>
    public static HttpMessageHandler Create(
        TimeSpan timeLimit,
        int maxBytes,
        TimeProvider timeProvider,
        X509Certificate2Collection? authorities = null,
        string? serverName = null,
        Action<SocketsHttpHandler>? configure = null)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = timeLimit,
            Proxy = new LoopbackBypassProxy(HttpClient.DefaultProxy),

            // Addresses change behind a name, and a rest of an answer nobody wants is not waited for.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ResponseDrainTimeout = TimeSpan.Zero,
        };
        var check = new CertificateCheck(authorities);
        sockets.SslOptions.RemoteCertificateValidationCallback = check.IsTrusted;
        configure?.Invoke(sockets);
        return new BoundedHandler(sockets, timeLimit, maxBytes, timeProvider, host => check.RefusalOf(host) ?? (serverName is null ? null : check.RefusalOf(serverName)));
    }

    /// <summary>Says whether an address may be called: HTTPS anywhere, HTTP on this machine alone, unless a program allows it.</summary>
    public static bool IsSafe(Uri address, bool allowInsecureHttp = false) =>
        address.IsAbsoluteUri
        && address.UserInfo.Length == 0
        && (address.Scheme is "https" || (address.Scheme is "http" && (allowInsecureHttp || address.IsLoopback)));
}
