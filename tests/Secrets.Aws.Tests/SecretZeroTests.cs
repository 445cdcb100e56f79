using Amazon.Runtime;
using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests;

/// <summary>Credentials that are themselves secrets of the sources above.</summary>
public sealed class SecretZeroTests : IAsyncDisposable
{
    private readonly AwsServer _server = AwsServers.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Credentials_come_from_a_source_above()
    {
        _server.SetSecret("prod/shop", """{"a":"1"}""");
        _server.SetParameter("/prod/shop/b", "2");
        using SecretsStore secrets = await Chain(AwsKey.Example.Secret)
            .AddAwsSecretsManager(Options<AwsSecretsManagerOptions>().Secret("prod/shop"), Credentials)
            .AddAwsParameterStore(Options<AwsParameterStoreOptions>().Prefix("/prod/shop/"), Credentials)
            .BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("1", "2"), (secrets.GetString("a"), secrets.GetString("b")));
        Assert.Equal("aws", secrets["a"].Origin.SourceName);
    }

    [Fact]
    public async Task Wrong_ones_are_refused()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => Chain("wrong")
            .AddAwsSecretsManager(Options<AwsSecretsManagerOptions>().Secret("prod/shop"), Credentials).BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal((SecretsErrorCode.AccessDenied, "InvalidSignatureException"), (failure.Code, failure.VendorCode));
    }

    [Fact]
    public async Task None_at_all_are_not_replaced_by_the_machine_s()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => Chain("x")
            .AddAwsSecretsManager(Options<AwsSecretsManagerOptions>().Secret("prod/shop"), _ => null!).BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, 0), (failure.Code, _server.CallCount));
    }

    private static SecretsBuilder Chain(string secret) => new SecretsBuilder().AddInMemory(new Dictionary<string, object?> { ["keys.id"] = AwsKey.Example.Id, ["keys.secret"] = secret });

    private static BasicAWSCredentials Credentials(SecretsView view) => new(view.GetString("keys.id"), view.GetString("keys.secret"));

    private T Options<T>()
        where T : AwsSourceOptions, new()
    {
        T options = new T().At(_server);
        options.Credentials = null;
        return options;
    }
}
