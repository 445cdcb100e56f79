using System.Net;
using Amazon.Runtime;
using Moq;
using Secrets.Tests.Fakes;

namespace Secrets.Aws.Tests;

/// <summary>A client of the program, which stands behind the interfaces of this package. A strict mock answers the calls of its test and no other.</summary>
public sealed class OwnClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_time_limit_of_its_own_is_no_cancellation()
    {
        var client = new Mock<IAwsSecretsManagerApi>();
        client.Setup(c => c.GetSecretValueAsync("prod/shop", null, It.IsAny<string?>(), It.IsAny<CancellationToken>())).ThrowsAsync(new TaskCanceledException("A timeout of HttpClient's."));
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions { MaxAttempts = 1 }.Secret("prod/shop");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddAwsSecretsManager(options, client.Object).BuildAsync(Token));
        Assert.Equal(SecretsErrorCode.Unavailable, failure.Code);
    }

    [Fact]
    public async Task A_secret_is_read_through_it()
    {
        var client = new Mock<IAwsSecretsManagerApi>(MockBehavior.Strict);
        client.Setup(c => c.GetSecretValueAsync("prod/shop", null, It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new AwsSecret { Arn = "arn", Name = "prod/shop", VersionId = "1", SecretString = """{"a":"x"}""" });

        using SecretsStore secrets = await new SecretsBuilder().AddAwsSecretsManager(new AwsSecretsManagerOptions().Secret("prod/shop"), client.Object).BuildAsync(Token);

        Assert.Equal("x", secrets.GetString("a"));
        client.Verify(c => c.GetSecretValueAsync("prod/shop", null, It.IsAny<string?>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Pages_of_parameters_are_read_through_it()
    {
        var client = new Mock<IAwsParameterStoreApi>(MockBehavior.Strict);
        client.Setup(c => c.GetParametersByPathAsync("/prod/shop/", null, true, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new AwsParameterList { Parameters = [Parameter("/prod/shop/a", "1")], NextToken = "second" });
        client.Setup(c => c.GetParametersByPathAsync("/prod/shop/", "second", true, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new AwsParameterList { Parameters = [Parameter("/prod/shop/b/c", "2")], NextToken = null });

        using SecretsStore secrets = await new SecretsBuilder().AddAwsParameterStore(new AwsParameterStoreOptions().Prefix("/prod/shop/"), client.Object).BuildAsync(Token);

        Assert.Equal(("1", "2"), (secrets.GetString("a"), secrets.GetString("b.c")));
    }

    [Theory]
    [InlineData("AccessDeniedException", HttpStatusCode.BadRequest, SecretsErrorCode.AccessDenied)]
    [InlineData("DecryptionFailure", HttpStatusCode.BadRequest, SecretsErrorCode.AccessDenied)]
    [InlineData("ThrottlingException", HttpStatusCode.BadRequest, SecretsErrorCode.Unavailable)]
    [InlineData("ValidationException", HttpStatusCode.BadRequest, SecretsErrorCode.InvalidConfiguration)]
    [InlineData("NewErrorOfTheService", HttpStatusCode.ServiceUnavailable, SecretsErrorCode.Unavailable)]
    public async Task Its_failures_have_codes_and_their_texts_are_not_passed_on(string code, HttpStatusCode status, SecretsErrorCode expected)
    {
        var client = new Mock<IAwsSecretsManagerApi>(MockBehavior.Strict);
        client.Setup(c => c.GetSecretValueAsync("prod/shop", null, It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AmazonServiceException("quoted", ErrorType.Sender, code, "request-1", status));

        var clock = new ManualTimeProvider();
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().Secret("prod/shop");
        SecretsBuilder builder = new SecretsBuilder { TimeProvider = clock }.Require("a").AddAwsSecretsManager(options, client.Object);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new ClockDriver(clock, options.LoadTimeLimit).CompleteAsync(builder.BuildAsync(Token)));

        Assert.Equal((expected, code, (int)status), (failure.Code, failure.VendorCode, failure.Status));
        Assert.DoesNotContain("quoted", failure.ToString(), StringComparison.Ordinal);
    }

    private static AwsParameter Parameter(string name, string value) => new() { Arn = "arn" + name, Name = name, Type = "SecureString", Version = 1, Value = value };
}
