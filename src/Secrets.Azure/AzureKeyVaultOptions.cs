using Azure.Core;
using Secrets.Remote;

namespace Secrets.Azure;

/// <summary>Which secrets of an Azure Key Vault are read, and how it is reached.</summary>
public sealed class AzureKeyVaultOptions : RemoteSourceOptions
{
    /// <summary>Gets or sets the vault's address, as in <c>https://shop.vault.azure.net</c>.</summary>
    /// <value>HTTPS, without user info, path and query. Default <see langword="null"/>: it must be set, unless a client is given.</value>
    public Uri? VaultUri { get; set; }

    /// <summary>Gets or sets the credential of the calls.</summary>
    /// <value>Default <see langword="null"/>: <c>DefaultAzureCredential</c>, which is created when the vault is first asked.</value>
    public TokenCredential? Credential { get; set; }

    /// <summary>Gets or sets what makes connections; tests give what leads to a server of their own.</summary>
    internal Func<HttpMessageHandler>? Handler { get; set; }

    /// <summary>Adds one secret. Where secrets or prefixes are added, the rest of the vault is not read.</summary>
    /// <param name="name">Its name: 1 to 127 letters, digits and dashes.</param>
    /// <param name="at">The path where it stands, as in <c>trello.token</c>; <see langword="null"/> makes its fields keys of the root, for which its value must be a JSON object.</param>
    /// <param name="version">The identifier of a version; <see langword="null"/> is the latest.</param>
    /// <param name="format">How its text becomes values; <see langword="null"/> is <see cref="SecretFormat.Auto"/>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The name or the version is not valid: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public AzureKeyVaultOptions Secret(string name, string? at = null, string? version = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 127 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw Invalid($"Secret takes a name of 1 to 127 ASCII letters, digits and dashes, and not {Shown(name)}"
                + (name.Contains('/', StringComparison.Ordinal) ? ": of an identifier it is what follows /secrets/; set VaultUri and version by themselves" : ""));
        }

        if (version is not null && (version.Length is 0 or > 64 || !version.All(char.IsAsciiLetterOrDigit)))
        {
            throw Invalid($"Secret takes a version as the vault shows it, of ASCII letters and digits, and not {Shown(version)}");
        }

        AddSecret(new RemoteName(name, version), at, format);
        return this;
    }

    /// <summary>
    /// Adds all secrets whose names begin with a prefix. What follows it is the path, <c>--</c> between two keys: below <c>shop-</c>, the secret
    /// <c>shop-database--password</c> is <c>database.password</c>. An empty prefix is the whole vault, which is also the default.
    /// </summary>
    /// <param name="prefix">The prefix: ASCII letters, digits and dashes, at most 126 characters. Names are compared without regard to case, as the vault does.</param>
    /// <param name="at">The path below which they stand; <see langword="null"/> is the root.</param>
    /// <param name="format">How their texts become values; <see langword="null"/> is <see cref="SecretFormat.Text"/>: a vault holds a secret for each value.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The prefix is too long or has another character: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public AzureKeyVaultOptions Prefix(string prefix, string? at = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 126 || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw Invalid($"Prefix takes the beginning of names, of ASCII letters, digits and dashes, and not {Shown(prefix)}");
        }

        AddPrefix(prefix, at, format ?? SecretFormat.Text);
        return this;
    }

    internal AzureKeyVaultOptions With(TokenCredential credential)
    {
        AzureKeyVaultOptions copy = Copy();
        copy.Credential = credential;
        return copy;
    }

    internal AzureKeyVaultOptions Copy()
    {
        return CopyLimitsAndMapTo(new AzureKeyVaultOptions
        {
            VaultUri = VaultUri,
            Credential = Credential,
            Handler = Handler,
        });
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> FindMistakes() => VaultUri is null || (VaultUri is { IsAbsoluteUri: true, Scheme: "https", UserInfo: "", AbsolutePath: "/", Query: "" })
        ? base.FindMistakes()
        : base.FindMistakes().Append("VaultUri must use https and have nothing behind the host, as in \"https://shop.vault.azure.net\"");

    private static string Shown(string text) => $"\"{SecretOrigin.Printable(text.Length > 100 ? text[..100] + "…" : text)}\"";

    private static SecretsSourceException Invalid(string mistake) =>
        new(SecretsErrorCode.InvalidConfiguration, $"Invalid AzureKeyVaultOptions: {mistake}.", AzureKeyVaultSource.KindName);
}
