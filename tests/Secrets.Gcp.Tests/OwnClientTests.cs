using System.Text;
using Moq;
using Secrets.Tests.Fakes;

namespace Secrets.Gcp.Tests;

/// <summary>A client of the program, which stands behind the interface of this package. A strict mock answers the calls of its test and no other.</summary>
public sealed class OwnClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_read_through_it()
    {
        var client = new Mock<IGoogleSecretManagerApi>(MockBehavior.Strict);
        client.Setup(c => c.AccessSecretVersionAsync("database--password", "latest", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GoogleSecretVersion { Name = "projects/1/secrets/database--password/versions/3", Data = Encoding.UTF8.GetBytes("x") });

        using SecretsStore secrets = await BuildAsync(client);

        Assert.Equal("x", secrets.GetString("database.password"));
        client.Verify(c => c.AccessSecretVersionAsync("database--password", "latest", It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_checksum_that_does_not_fit_is_malformed()
    {
        var client = new Mock<IGoogleSecretManagerApi>(MockBehavior.Strict);
        client.Setup(c => c.AccessSecretVersionAsync("database--password", "latest", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GoogleSecretVersion { Name = "projects/1/secrets/database--password/versions/3", Data = Encoding.UTF8.GetBytes("x"), DataCrc32C = 1 });
        client.Setup(c => c.AccessSecretVersionAsync(It.Is<string>(name => name != "database--password"), "latest", It.IsAny<CancellationToken>()))
            .ThrowsAsync(new GoogleSecretManagerException(404, "NOT_FOUND"));

        Assert.Equal(SecretsErrorCode.InvalidFormat, (await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(client))).Code);
    }

    [Theory]
    [InlineData(403, "PERMISSION_DENIED", SecretsErrorCode.AccessDenied)]
    [InlineData(401, "UNAUTHENTICATED", SecretsErrorCode.AccessDenied)]
    [InlineData(429, "RESOURCE_EXHAUSTED", SecretsErrorCode.Unavailable)]
    [InlineData(400, "INVALID_ARGUMENT", SecretsErrorCode.InvalidConfiguration)]
    [InlineData(503, null, SecretsErrorCode.Unavailable)]
    public async Task Its_failures_have_codes(int status, string? word, SecretsErrorCode expected)
    {
        var client = new Mock<IGoogleSecretManagerApi>(MockBehavior.Strict);
        client.Setup(c => c.AccessSecretVersionAsync(It.IsAny<string>(), "latest", It.IsAny<CancellationToken>())).ThrowsAsync(new GoogleSecretManagerException(status, word));

        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(client));
        Assert.Equal((expected, word, status), (failure.Code, failure.VendorCode, failure.Status));
    }

    private static Task<SecretsStore> BuildAsync(Mock<IGoogleSecretManagerApi> client)
    {
        var clock = new ManualTimeProvider();
        var options = new GoogleSecretManagerOptions { Project = "shop-1", MaxAttempts = 1 };
        SecretsBuilder builder = new SecretsBuilder { TimeProvider = clock }.Require("database.password").AddGoogleSecretManager(options, client.Object);
        return new ClockDriver(clock, options.LoadTimeLimit).CompleteAsync(builder.BuildAsync(Token));
    }
}
