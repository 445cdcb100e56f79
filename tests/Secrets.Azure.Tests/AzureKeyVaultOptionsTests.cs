namespace Secrets.Azure.Tests;

public sealed class AzureKeyVaultOptionsTests
{
    private static readonly Uri _vault = new("https://shop.vault.azure.net");

    public static TheoryData<string, Action<AzureKeyVaultOptions>> Mistakes => new()
    {
        { "Secret takes a name", o => o.Secret("") },
        { "digits and dashes, and not \"api_key\".", o => o.Secret("api_key") },
        { "of an identifier it is what follows /secrets/; set VaultUri and version by themselves", o => o.Secret("https://shop.vault.azure.net/secrets/a") },
        { "Secret takes a name", o => o.Secret(new string('a', 128)) },
        { "Secret takes a version", o => o.Secret("a", version: "../b") },
        { "Prefix takes", o => o.Prefix("a/b") },
        { "VaultUri must", o => o.VaultUri = null },
        { "VaultUri must", o => o.VaultUri = new Uri("http://shop.vault.azure.net") },
        { "VaultUri must", o => o.VaultUri = new Uri("https://me:secret@shop.vault.azure.net") },
        { "VaultUri must", o => o.VaultUri = new Uri("https://shop.vault.azure.net/secrets") },
        { "CallTimeLimit must", o => o.CallTimeLimit = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_when_the_source_is_added(string rule, Action<AzureKeyVaultOptions> set)
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddAzureKeyVault(_vault, configure: set));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "azure"), (failure.Code, failure.SourceName));
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("me:secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_a_vault_looks_for_nothing() => Assert.NotNull(new SecretsBuilder().AddAzureKeyVault(_vault));
}
