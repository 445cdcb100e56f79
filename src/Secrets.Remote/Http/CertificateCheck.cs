using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Secrets.Remote.Http;

/// <summary>Checks servers' certificates against the system's authorities and those given, and remembers for each host why the last one was refused.</summary>
internal sealed class CertificateCheck(X509Certificate2Collection? authorities)
{
    // RFC 5280, section 4.2.1.12: a certificate for clients is no server's.
    private static readonly Oid _serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives why a host's certificate was refused; <see langword="null"/> where none was.</summary>
    public string? RefusalOf(string host) => _refusals.GetValueOrDefault(host);

    public bool IsTrusted(object connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        bool isTrusted = errors == SslPolicyErrors.None || (authorities is { Count: > 0 } && IsVouchedFor(certificate, chain, errors, authorities));
        string host = (connection as SslStream)?.TargetHostName ?? "";
        if (isTrusted)
        {
            _refusals.TryRemove(host, out _);
        }
        else
        {
            _refusals[host] = Describe(errors, chain);
        }

        return isTrusted;
    }

    private static string Describe(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "shows no certificate";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "shows a certificate for another name";
        }

        X509ChainStatusFlags status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status);
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "shows a certificate that has expired or is not valid yet"
            : status.HasFlag(X509ChainStatusFlags.Revoked) ? "shows a certificate that was revoked"
            : "shows a certificate of an authority that this machine does not trust";
    }

    private static bool IsVouchedFor(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
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
