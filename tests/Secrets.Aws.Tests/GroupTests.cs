using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests;

/// <summary>One secret or parameter that spoils the answer for its group leaves the others: they are asked for one by one.</summary>
public sealed class GroupTests : IAsyncDisposable
{
    private readonly AwsServer _server = AwsServers.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(false, "InvalidRequestException")]
    [InlineData(false, "DecryptionFailure")]
    [InlineData(false, "ResourceNotFoundException")]
    [InlineData(false, "InvalidParameterException")]
    [InlineData(false, "ValidationException")]
    [InlineData(false, "AccessDeniedException")]
    [InlineData(false, "SomethingNew")]
    [InlineData(true, "ParameterNotFound")]
    [InlineData(true, "ParameterVersionNotFound")]
    [InlineData(true, "InvalidKeyId")]
    [InlineData(true, "ValidationException")]
    [InlineData(true, "AccessDeniedException")]
    public async Task A_failure_of_a_group_is_none_of_each(bool areParameters, string code)
    {
        _server.GroupError = code;
        foreach ((string name, string value) in new[] { ("a", "1"), ("b", "2") })
        {
            _server.SetSecret(name, value);
            _server.SetParameter("/" + name, value);
        }

        SecretsBuilder chain = areParameters
            ? new SecretsBuilder().AddAwsParameterStore(
                new AwsParameterStoreOptions { Optional = true }.At(_server).Parameter("/a", at: "a").Parameter("/b", at: "b").Parameter("/none", at: "none"))
            : new SecretsBuilder().AddAwsSecretsManager(
                new AwsSecretsManagerOptions { Optional = true }.At(_server).Secret("a", at: "a").Secret("b", at: "b").Secret("none", at: "none"));
        using SecretsStore secrets = await chain.BuildAsync(Token);
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
}
