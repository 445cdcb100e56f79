using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Secrets.Azure;

namespace Secrets;

/// <summary>Adds an Azure Key Vault to a chain.</summary>
public static class AzureSecretsBuilderExtensions
{
    /// <summary>
    /// Adds a vault: <c>--</c> in a name nests, so that <c>database--password</c> is <c>database.password</c>. With requirements secrets are asked for by name and nothing is
    /// listed; without, the whole vault is read, unless options name secrets or prefixes. Nothing is looked for before the vault is asked.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <param name="vaultUri">The vault's address, as in <c>https://shop.vault.azure.net</c>.</param>
    /// <param name="credential">Who asks; <see langword="null"/> is <c>DefaultAzureCredential</c>.</param>
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
    /// <param name="client">The program's own client, whose vault, credential, retries and limits then count; <see langword="null"/> makes one of the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAzureKeyVault(this SecretsBuilder builder, AzureKeyVaultOptions options, SecretClient? client = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(AzureKeyVaultSource.KindName);
        Uri vault = client?.VaultUri ?? options.VaultUri ?? throw new SecretsSourceException(
            SecretsErrorCode.InvalidConfiguration, "AzureKeyVaultOptions: VaultUri is the vault's address, as in \"https://shop.vault.azure.net\".", AzureKeyVaultSource.KindName);
        AzureKeyVaultOptions copy = options.Copy();
        return builder.Add(new AzureKeyVaultSource(new Lazy<SecretClient>(() => client ?? AzureClients.Create(copy)), vault, copy), options);
    }
}
