using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests;

/// <summary>One secret or parameter that spoils the answer for its group leaves the others: they are asked for one by one.</summary>
public sealed class GroupTests : IAsyncDisposable
{
    private readonly AwsServer _server = AwsServers.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("InvalidRequestException")]
    [InlineData("DecryptionFailure")]
    [InlineData("ResourceNotFoundException")]
    [InlineData("InvalidParameterException")]
    [InlineData("ValidationException")]
    [InlineData("AccessDeniedException")]
    [InlineData("SomethingNew")]
    public async Task A_failure_of_a_group_of_secrets_is_none_of_each(string code)
    {
        _server.GroupError = code;
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "2");
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().At(_server).Secret("a", at: "a").Secret("b", at: "b").Secret("none", at: "none");
        options.Optional = true;
        using SecretsStore secrets = await new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(Token);
        Assert.Equal(("1", "2", 2), (secrets.GetString("a"), secrets.GetString("b"), secrets.Count));
    }

    [Theory]
    [InlineData("ParameterNotFound")]
    [InlineData("ParameterVersionNotFound")]
    [InlineData("InvalidKeyId")]
    [InlineData("ValidationException")]
    [InlineData("AccessDeniedException")]
    public async Task A_failure_of_a_group_of_parameters_is_none_of_each(string code)
    {
        _server.GroupError = code;
        _server.SetParameter("/a", "1");
        _server.SetParameter("/b", "2");
        AwsParameterStoreOptions options = new AwsParameterStoreOptions().At(_server).Parameter("/a", at: "a").Parameter("/b", at: "b").Parameter("/none", at: "none");
        options.Optional = true;
        using SecretsStore secrets = await new SecretsBuilder().AddAwsParameterStore(options).BuildAsync(Token);
        Assert.Equal(("1", "2", 2), (secrets.GetString("a"), secrets.GetString("b"), secrets.Count));
    }

    [Theory]
    [InlineData(AwsErrorNames.AsAsked, 1)]
    [InlineData(AwsErrorNames.Arn, 2)]
    [InlineData(AwsErrorNames.None, 2)]
    public async Task An_error_that_names_the_arn_or_nothing_is_found_by_asking_alone(AwsErrorNames names, int calls)
    {
        _server.ErrorNames = names;
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "2");
        _server.MarkDeleted("b");
        using SecretsStore secrets = await new SecretsBuilder().AddAwsSecretsManager(new AwsSecretsManagerOptions().At(_server).Secret("a", at: "a").Secret("b", at: "b")).BuildAsync(Token);
        Assert.Equal("1", secrets.GetString("a"));
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => secrets.GetString("b"));
        Assert.Equal((SecretsErrorCode.AccessDenied, "InvalidRequestException", "b"), (failure.Code, failure.VendorCode, failure.NativeName));
        Assert.Equal(calls, _server.CallCount);
    }

    [Fact]
    public async Task A_secret_without_a_value_is_absent_and_leaves_its_group()
    {
        _server.SetSecret("a", "1");
        _server.SetSecretWithoutValue("b");
        using SecretsStore secrets = await new SecretsBuilder().AddAwsSecretsManager(new AwsSecretsManagerOptions().At(_server).Secret("a", at: "a").Secret("b", at: "b")).BuildAsync(Token);
        Assert.Equal(["a"], secrets.Keys);
        _server.SetSecret("b", "2");
        await secrets.RefreshAsync(Token);
        Assert.Equal("2", secrets.GetString("b"));
    }

    [Fact]
    public async Task Where_the_one_secret_has_no_value_the_message_says_that_this_counts_as_missing()
    {
        _server.SetSecretWithoutValue("prod/shop");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddAwsSecretsManager(new AwsSecretsManagerOptions().At(_server).Secret("prod/shop")).BuildAsync(Token));
        Assert.Equal(SecretsErrorCode.NotFound, failure.Code);
        Assert.EndsWith("A secret that has no value yet, or no version with that label, counts as missing too.", failure.Message, StringComparison.Ordinal);
    }
}
