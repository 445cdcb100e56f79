using System.Text.Json;

namespace Secrets.Vault.Tests;

public sealed class VaultSecretTests
{
    [Fact]
    public void A_secret_shows_nothing_of_itself()
    {
        var secret = new VaultSecret("""{"password":"s3cr3t"}""");
        Assert.DoesNotContain("s3cr3t", secret + JsonSerializer.Serialize(secret), StringComparison.Ordinal);
    }
}
