using Secrets.TestServers.Aws;
using Secrets.TestServers.Faults;

namespace Secrets.Aws.Tests;

/// <summary>A message says what happened, where, and what to do next.</summary>
public sealed class MessageTests : IAsyncDisposable
{
    private const string ElsewhereArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/shop-a1b2c3";

    private readonly AwsServer _server = AwsServers.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "AccessDeniedException")]
    public async Task An_arn_of_another_region_is_told_and_is_not_absent(bool isOptional, string? denial)
    {
        if (denial is not null)
        {
            _server.Deny(ElsewhereArn);
        }

        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().At(_server).Secret(ElsewhereArn);
        options.Optional = isOptional;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(Token));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, denial), (failure.Code, failure.VendorCode));
        Assert.Equal(
            $"{ElsewhereArn} in AWS Secrets Manager in eu-west-1: the ARN is of the region us-east-1, which this source does not ask; add a source for it with Region = \"us-east-1\".",
            failure.Message);
    }

    [Fact]
    public async Task One_arn_of_another_region_leaves_the_others()
    {
        _server.SetSecret("a", "1");
        using SecretsStore secrets = await new SecretsBuilder()
            .AddAwsSecretsManager(new AwsSecretsManagerOptions().At(_server).Secret("a", at: "a").Secret(ElsewhereArn, at: "b"))
            .BuildAsync(Token);
        Assert.Equal("1", secrets.GetString("a"));
        Assert.Contains("of the region us-east-1", Assert.Throws<SecretsSourceException>(() => secrets.GetString("b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_arn_of_a_parameter_of_another_region_is_told()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder()
            .AddAwsParameterStore(new AwsParameterStoreOptions().At(_server).Parameter("arn:aws:ssm:us-east-1:123456789012:parameter/prod/p", at: "p")).BuildAsync(Token));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
        Assert.Contains("add a source for it with Region = \"us-east-1\".", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_listing_says_what_permits_it_and_how_to_do_without()
    {
        _server.DenyOperation("ListSecrets");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddAwsSecretsManager(new AwsSecretsManagerOptions().At(_server).Prefix("prod/shop/")).BuildAsync(Token));
        Assert.Equal((SecretsErrorCode.AccessDenied, "AccessDeniedException", 400), (failure.Code, failure.VendorCode, failure.Status));
        Assert.NotNull(failure.RequestId);
        Assert.Equal(
            "prod/shop/* in AWS Secrets Manager in eu-west-1: AccessDeniedException; let this program's role call secretsmanager:ListSecrets, which is granted on all resources (\"*\") alone, "
            + "or require the paths that it reads, so that nothing is listed.",
            failure.Message);
    }

    [Fact]
    public async Task A_denied_path_of_parameters_says_what_permits_it()
    {
        _server.DenyOperation("GetParametersByPath");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddAwsParameterStore(new AwsParameterStoreOptions().At(_server).Prefix("/prod/shop/")).BuildAsync(Token));
        Assert.Equal(
            "/prod/shop/* in AWS Parameter Store in eu-west-1: AccessDeniedException; let this program's role call ssm:GetParametersByPath on parameter/prod/shop, "
            + "or require the paths that it reads, so that nothing is listed.",
            failure.Message);
    }

    [Fact]
    public async Task A_redirect_says_so()
    {
        await using AwsServer target = AwsServers.Start();
        _server.RedirectTarget = target.Address;
        _server.Inject(FaultKind.Redirect);
        SecretsSourceException failure = await FailsAsync(new AwsSecretsManagerOptions().At(_server).Secret("prod/shop"));
        Assert.Equal(
            "prod/shop in AWS Secrets Manager in eu-west-1: status 307; it is a redirect, which is not followed, since the credential would travel along: set the address where it leads.",
            failure.Message);
    }

    [Theory]
    [InlineData("AWSPREVIOUS", null, "prod/shop (stage AWSPREVIOUS) in AWS Secrets Manager in eu-west-1: AccessDeniedException; ")]
    [InlineData(null, "v-7", "prod/shop (version v-7) in AWS Secrets Manager in eu-west-1: AccessDeniedException; ")]
    public async Task A_pinned_version_is_named(string? stage, string? id, string message)
    {
        _server.SetSecret("prod/shop", "x");
        _server.Deny("prod/shop");
        SecretsSourceException failure = await FailsAsync(new AwsSecretsManagerOptions().At(_server).Secret("prod/shop", at: "s", versionStage: stage, versionId: id));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_of_a_parameter_is_named()
    {
        _server.SetParameter("/prod/p", "x");
        _server.Deny("/prod/p");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddAwsParameterStore(new AwsParameterStoreOptions().At(_server).Parameter("/prod/p:3", at: "p")).BuildAsync(Token));
        Assert.StartsWith("/prod/p:3 in AWS Parameter Store in eu-west-1: AccessDeniedException; ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("down", "there is no connection to {0}; ")]
    [InlineData("reset", "{0} closed the connection before its answer was complete; ")]
    [InlineData("truncated", "{0} closed the connection before its answer was complete; ")]
    [InlineData("silence", "there was no whole answer of {0} within CallTimeLimit; ")]
    public async Task A_host_that_gives_no_answer_is_named(string fault, string message)
    {
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().At(_server).Secret("prod/shop");
        string host = _server.Address.Authority;
        if (fault == "down")
        {
            await _server.StopListeningAsync();
        }
        else
        {
            options.CallTimeLimit = fault == "silence" ? TimeSpan.FromMilliseconds(50) : options.CallTimeLimit;
            _server.Inject(ServerFault.Parse(fault)!);
        }

        SecretsSourceException failure = await FailsAsync(options);
        Assert.Equal(SecretsErrorCode.Unavailable, failure.Code);
        Assert.StartsWith($"prod/shop in AWS Secrets Manager in eu-west-1: {string.Format(System.Globalization.CultureInfo.InvariantCulture, message, host)}", failure.Message, StringComparison.Ordinal);
    }

    private static Task<SecretsSourceException> FailsAsync(AwsSecretsManagerOptions options) =>
        Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(Token));
}
