namespace Secrets.Vault;

/// <summary>
/// A client certificate in PEM files, as <c>vault -client-cert</c> and <c>-client-key</c> take it. Both files are read at the first call, and again after either has changed. Where the changed files
/// do not fit together, as while they are being replaced, the certificate of before serves on, with a warning.
/// </summary>
public sealed class VaultClientCertificate
{
    /// <summary>Names the files.</summary>
    /// <param name="certificateFile">The certificate, and after it those of the authorities between. A relative path counts as that of <see cref="VaultLogin.TokenFile"/> does.</param>
    /// <param name="keyFile">The private key, without a password; <see langword="null"/> where the file of the certificate has it.</param>
    public VaultClientCertificate(string certificateFile, string? keyFile = null)
    {
        ArgumentNullException.ThrowIfNull(certificateFile);
        CertificateFile = certificateFile;
        KeyFile = keyFile ?? certificateFile;
    }

    /// <summary>Gets the file with the certificate.</summary>
    public string CertificateFile { get; }

    /// <summary>Gets the file with the private key.</summary>
    /// <value>Default: <see cref="CertificateFile"/>.</value>
    public string KeyFile { get; }
}
