using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Secrets.Remote.Http;

/// <summary>Makes the connections of all clients: the rules of what may travel where, in one place.</summary>
internal static class Transport
{
    // RFC 5280, section 4.2.1.12: a certificate for clients is no server's.
    private static readonly Oid _serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>
    /// Makes a handler that follows no redirect (the credential's header would travel along), keeps no cookies, and checks certificates against the system's
    /// authorities and those given. There is no switch to skip the check.
    /// </summary>
    public static HttpMessageHandler Create(TimeSpan timeLimit, int maxBytes, TimeProvider timeProvider, X509Certificate2Collection? authorities = null)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = timeLimit,
            Proxy = new ProxyButLoopback(HttpClient.DefaultProxy),

            // Addresses change behind a name, and a rest of an answer nobody wants is not waited for.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ResponseDrainTimeout = TimeSpan.Zero,
        };
        if (authorities is { Count: > 0 })
        {
            sockets.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, authorities);
        }

        return new BoundedHandler(sockets, timeLimit, maxBytes, timeProvider);
    }

    /// <summary>Says whether an address may be called: HTTPS anywhere, HTTP on this machine alone, unless a program allows it.</summary>
    public static bool IsSafe(Uri address, bool allowInsecureHttp = false) =>
        address.IsAbsoluteUri
        && address.UserInfo.Length == 0
        && (address.Scheme is "https" || (address.Scheme is "http" && (allowInsecureHttp || address.IsLoopback)));

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // The name must be right whoever vouches for it.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || chain is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(_serverAuthentication);
        foreach (X509ChainElement element in chain.ChainElements)
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var leaf = new X509Certificate2(certificate);
        return own.Build(leaf);
    }
}
