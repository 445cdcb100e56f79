using Moq;
using Secrets.Tests.Fakes;

namespace Secrets.Vault.Tests;

/// <summary>A client of the program, which stands behind the interface of this package. A strict mock answers the calls of its test and no other.</summary>
public sealed class OwnClientTests
{
    private static readonly VaultMount _mount = new("secret/", VaultMountKind.KeyValue2);
    private static readonly VaultVersion _version = new(1, DateTimeOffset.UnixEpoch);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_makes_the_calls_and_is_not_disposed()
    {
        Mock<IVaultApi> client = Client();
        Mock<IDisposable> disposable = client.As<IDisposable>();
        client.Setup(c => c.ReadAsync(_mount, "shop", null, It.IsAny<CancellationToken>())).ReturnsAsync(new VaultSecret("""{"a":"x"}""") { Version = _version });
        client.Setup(c => c.ReadVersionAsync(_mount, "shop", null, It.IsAny<CancellationToken>())).ReturnsAsync(_version);

        await using SecretsStore secrets = await BuildAsync(client);
        Assert.Equal("x", secrets.GetString("a"));
        await secrets.RefreshAsync(Token);
        await secrets.DisposeAsync();

        client.Verify(c => c.ReadAsync(_mount, "shop", null, It.IsAny<CancellationToken>()), Times.Once);
        disposable.Verify(d => d.Dispose(), Times.Never);
    }

    [Theory]
    [InlineData(403, SecretsErrorCode.AccessDenied)]
    [InlineData(429, SecretsErrorCode.Unavailable)]
    [InlineData(503, SecretsErrorCode.Unavailable)]
    public async Task Its_failures_have_codes(int status, SecretsErrorCode expected)
    {
        Mock<IVaultApi> client = Client();
        client.Setup(c => c.ReadAsync(_mount, "shop", null, It.IsAny<CancellationToken>())).ThrowsAsync(new VaultException(status));

        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(client));
        Assert.Equal((expected, status), (failure.Code, failure.Status));
    }

    [Fact]
    public async Task A_time_limit_of_its_own_is_no_cancellation()
    {
        Mock<IVaultApi> client = Client();
        client.Setup(c => c.ReadAsync(_mount, "shop", null, It.IsAny<CancellationToken>())).ThrowsAsync(new TaskCanceledException("A timeout of HttpClient's."));
        Assert.Equal(SecretsErrorCode.Unavailable, (await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(client))).Code);
    }

    private static Mock<IVaultApi> Client()
    {
        var client = new Mock<IVaultApi>(MockBehavior.Strict);
        client.Setup(c => c.FindMountAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync(_mount);
        client.Setup(c => c.KeepLoginAsync(It.IsAny<CancellationToken>())).ReturnsAsync((TimeSpan?)null);
        return client;
    }

    private static Task<SecretsStore> BuildAsync(Mock<IVaultApi> client)
    {
        var clock = new ManualTimeProvider();
        VaultOptions options = new VaultOptions { Address = new Uri("https://vault.example"), MaxAttempts = 1 }.Secret("secret/shop");
        SecretsBuilder builder = new SecretsBuilder { TimeProvider = clock }.Require("a").AddVault(options, client.Object);
        return new ClockDriver(clock, options.LoadTimeLimit).CompleteAsync(builder.BuildAsync(Token));
    }
}
