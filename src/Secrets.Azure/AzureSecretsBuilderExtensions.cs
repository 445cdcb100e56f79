using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Secrets.Azure;
using Secrets.Remote.Credentials;

namespace Secrets;

/// <summary>Adds an Azure Key Vault to a chain.</summary>
public static class AzureSecretsBuilderExtensions
{
    /// <summary>
    /// Adds a vault: <c>--</c> in a name nests, so that <c>database--password</c> is <c>database.password</c>. With requirements secrets are asked for by name and nothing is
    /// listed; without, the whole vault is read, unless options name secrets or prefixes. No credentials are looked up before the first call.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <param name="vaultUri">The vault's address, as in <c>https://shop.vault.azure.net</c>.</param>
    /// <param name="credential">The credential of the calls; <see langword="null"/> is <c>DefaultAzureCredential</c>.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAzureKeyVault(
        this SecretsBuilder builder, Uri vaultUri, TokenCredential? credential = null, Action<AzureKeyVaultOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(vaultUri);
        var options = new AzureKeyVaultOptions { VaultUri = vaultUri, Credential = credential };
        configure?.Invoke(options);
        return builder.AddAzureKeyVault(options);
    }

    /// <summary>Adds a vault.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <param name="client">The program's own client, with its vault, credential, retries and limits; <see langword="null"/> creates one from the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAzureKeyVault(this SecretsBuilder builder, AzureKeyVaultOptions options, SecretClient? client = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new AzureKeyVaultSource(Checked(options, client), client), options);
    }

    /// <summary>Adds a vault, with credentials that are themselves secrets of the sources above: from a file, the environment or another store.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied. Their own credential is ignored.</param>
    /// <param name="credential">Creates the credential from the values of the sources before this one. It is created again when they change.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAzureKeyVault(this SecretsBuilder builder, AzureKeyVaultOptions options, Func<SecretsView, TokenCredential> credential)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(credential);
        AzureKeyVaultOptions copy = Checked(options, client: null);
        return builder.Add(AzureKeyVaultSource.KindName, view => new AzureKeyVaultSource(copy.With(CreatedCredential.From(credential, view, AzureKeyVaultSource.KindName))), options);
    }

    private static AzureKeyVaultOptions Checked(AzureKeyVaultOptions options, SecretClient? client)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(AzureKeyVaultSource.KindName);
        return client is null && options.VaultUri is null
            ? throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration, "Invalid AzureKeyVaultOptions: VaultUri must be set to the vault's address, as in \"https://shop.vault.azure.net\".", AzureKeyVaultSource.KindName)
            : options.Copy();
    }
}
