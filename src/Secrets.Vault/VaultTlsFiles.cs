using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Secrets.Remote.Credentials;

namespace Secrets.Vault;

/// <summary>The files that connections are made of: the client certificate with its key, and authorities that the variables name.</summary>
internal sealed class VaultTlsFiles(VaultOptions options)
{
    private readonly VaultClientCertificate? _client = options.ClientCertificate;
    private readonly string? _authorities = options.AuthoritiesPath;
    private readonly VaultSurroundings _surroundings = options.Surroundings;

    /// <summary>Gives what changes when a file does; empty where there are none.</summary>
    public string Stamp() => _client is null && _authorities is null ? "" : string.Join('|', new[] { _client?.CertificateFile, _client?.KeyFile, _authorities }.OfType<string>().Select(StampOf));

    /// <summary>Reads the client certificate; <see langword="null"/> where there is none.</summary>
    /// <exception cref="VaultSetupException">The files cannot be read, or are not a certificate with its key.</exception>
    public SslStreamCertificateContext? ReadClient()
    {
        if (_client is null)
        {
            return null;
        }

        try
        {
            string file = _surroundings.FullPath(_client.CertificateFile);
            X509Certificate2 pair = X509Certificate2.CreateFromPemFile(file, _surroundings.FullPath(_client.KeyFile));
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(file);

            // Windows shows no certificate whose key was never in a store.
            X509Certificate2 usable = OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null) : pair;
            return SslStreamCertificateContext.Create(usable, all, offline: true);
        }
        catch (Exception failure) when (IsOfFiles(failure))
        {
            throw new VaultSetupException(
                $"the client certificate in {CredentialFile.Shown(_client.CertificateFile)} with the key in {CredentialFile.Shown(_client.KeyFile)} cannot be read ({failure.GetType().Name})",
                CredentialFile.MayBeContent(_client.CertificateFile) || CredentialFile.MayBeContent(_client.KeyFile) ? CredentialFile.Advice : "give a certificate and its private key as PEM, without a password.");
        }
    }

    /// <summary>Reads the authorities that vouch for servers besides those of the system.</summary>
    /// <exception cref="VaultSetupException">A file cannot be read, or has no certificate.</exception>
    public X509Certificate2Collection ReadAuthorities()
    {
        X509Certificate2Collection all = [.. options.CertificateAuthorities];
        if (_authorities is null)
        {
            return all;
        }

        try
        {
            string path = _surroundings.FullPath(_authorities);
            foreach (string file in Directory.Exists(path) ? Directory.GetFiles(path) : [path])
            {
                all.ImportFromPemFile(file);
            }
        }
        catch (Exception failure) when (IsOfFiles(failure))
        {
            throw new VaultSetupException(
                $"the authorities in {CredentialFile.Shown(_authorities)} cannot be read ({failure.GetType().Name})",
                CredentialFile.MayBeContent(_authorities) ? CredentialFile.Advice : "let the variable name PEM files with certificates.");
        }

        return all.Count > options.CertificateAuthorities.Count
            ? all
            : throw new VaultSetupException($"{CredentialFile.Shown(_authorities)} has no certificate", "let the variable name PEM files with certificates.");
    }

    private static bool IsOfFiles(Exception failure) => failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException;

    // By an open file: a mounted one is a link whose own times never change.
    private string StampOf(string path)
    {
        try
        {
            string full = _surroundings.FullPath(path);
            if (Directory.Exists(full))
            {
                return FormattableString.Invariant($"{Directory.GetLastWriteTimeUtc(full).Ticks}");
            }

            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(full);
            return FormattableString.Invariant($"{File.GetLastWriteTimeUtc(file).Ticks}-{RandomAccess.GetLength(file)}");
        }
        catch (Exception failure) when (IsOfFiles(failure))
        {
            return failure.GetType().Name;
        }
    }
}
