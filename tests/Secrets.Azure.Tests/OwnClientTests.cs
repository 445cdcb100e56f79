using Azure;
using Azure.Security.KeyVault.Secrets;
using Moq;
using Secrets.Tests.Fakes;

namespace Secrets.Azure.Tests;

/// <summary>The vendor's client as a program holds it. A strict mock answers the calls of its test and no other.</summary>
public sealed class OwnClientTests
{
    private static readonly Uri _vault = new("https://shop.vault.azure.net");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_read_through_it()
    {
        Mock<SecretClient> client = Client();
        client.Setup(c => c.GetSecretAsync("database--password", null, It.IsAny<CancellationToken>())).ReturnsAsync(Secret("database--password", "x"));

        using SecretsStore secrets = await BuildAsync(client);

        Assert.Equal("x", secrets.GetString("database.password"));
        client.Verify(c => c.GetSecretAsync("database--password", null, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Its_pages_are_read_to_the_end()
    {
        Mock<SecretClient> client = Client();
        client.Setup(c => c.GetPropertiesOfSecretsAsync(It.IsAny<CancellationToken>())).Returns(AsyncPageable<SecretProperties>.FromPages(
        [
            Page<SecretProperties>.FromValues([Properties("a")], "second", Mock.Of<Response>()),
            Page<SecretProperties>.FromValues([Properties("b--c")], null, Mock.Of<Response>()),
        ]));
        client.Setup(c => c.GetSecretAsync("a", It.IsAny<string?>(), It.IsAny<CancellationToken>())).ReturnsAsync(Secret("a", "1"));
        client.Setup(c => c.GetSecretAsync("b--c", It.IsAny<string?>(), It.IsAny<CancellationToken>())).ReturnsAsync(Secret("b--c", "2"));

        using SecretsStore secrets = await new SecretsBuilder().AddAzureKeyVault(new AzureKeyVaultOptions(), client.Object).BuildAsync(Token);

        Assert.Equal(("1", "2"), (secrets.GetString("a"), secrets.GetString("b.c")));
    }

    [Theory]
    [InlineData(403, "Forbidden", SecretsErrorCode.AccessDenied)]
    [InlineData(401, "Unauthorized", SecretsErrorCode.AccessDenied)]
    [InlineData(404, null, SecretsErrorCode.InvalidFormat)]
    [InlineData(429, "Throttled", SecretsErrorCode.Unavailable)]
    [InlineData(0, null, SecretsErrorCode.Unavailable)]
    public async Task Its_failures_have_codes_and_their_texts_are_not_passed_on(int status, string? word, SecretsErrorCode expected)
    {
        Mock<SecretClient> client = Client();
        client.Setup(c => c.GetSecretAsync("database--password", null, It.IsAny<CancellationToken>())).ThrowsAsync(new RequestFailedException(status, "quoted", word, null));

        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(client));

        Assert.Equal((expected, word, status == 0 ? null : status), (failure.Code, failure.VendorCode, failure.Status));
        Assert.DoesNotContain("quoted", failure.ToString(), StringComparison.Ordinal);
    }

    private static Mock<SecretClient> Client()
    {
        var client = new Mock<SecretClient>(MockBehavior.Strict);
        client.Setup(c => c.VaultUri).Returns(_vault);
        return client;
    }

    private static Task<SecretsStore> BuildAsync(Mock<SecretClient> client)
    {
        var clock = new ManualTimeProvider();
        var options = new AzureKeyVaultOptions();
        SecretsBuilder builder = new SecretsBuilder { TimeProvider = clock }.Require("database.password").AddAzureKeyVault(options, client.Object);
        return new ClockDriver(clock, options.LoadTimeLimit).CompleteAsync(builder.BuildAsync(Token));
    }

    private static Response<KeyVaultSecret> Secret(string name, string value) =>
        Response.FromValue(SecretModelFactory.KeyVaultSecret(Properties(name), value), Mock.Of<Response>());

    private static SecretProperties Properties(string name) => SecretModelFactory.SecretProperties(
        id: new Uri(_vault, $"secrets/{name}/1"), vaultUri: _vault, name: name, version: "1", updatedOn: DateTimeOffset.UnixEpoch);
}
