using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Faults;

namespace Secrets.Aws.Tests;

/// <summary>AWSSDK.SimpleSystemsManagement's own client, put behind our interface as docs/aws.md shows it.</summary>
public sealed class VendorClientTests : IAsyncDisposable
{
    private const string Arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/prod/p";

    private readonly AwsServer _server = AwsServers.Start();
    private readonly AmazonSimpleSystemsManagementClient _client;

    public static TheoryData<AwsEmulator> Emulators => [.. Enum.GetValues<AwsEmulator>()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public VendorClientTests() => _client = new AmazonSimpleSystemsManagementClient(
        new BasicAWSCredentials(AwsKey.Example.Id, AwsKey.Example.Secret),
        new AmazonSimpleSystemsManagementConfig { ServiceURL = _server.Address.AbsoluteUri, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Everything_below_a_path_is_read_through_it()
    {
        for (int i = 0; i < 25; i++)
        {
            _server.SetParameter(FormattableString.Invariant($"/prod/shop/k{i:D2}"), FormattableString.Invariant($"v{i}"));
        }

        _server.SetParameter("/prod/shop/hosts", "a,b", "StringList");
        using SecretsStore secrets = await BuildAsync(new AwsParameterStoreOptions().Prefix("/prod/shop/"));
        Assert.Equal((26, "v24"), (secrets.Count, secrets.GetString("k24")));
        Assert.Equal(["a", "b"], secrets["hosts"].AsList().Select(v => v.Reveal()));
    }

    [Theory]
    [MemberData(nameof(Emulators))]
    public async Task Names_versions_labels_arns_and_references_are_read_through_it(AwsEmulator emulator)
    {
        _server.Emulator = emulator;
        _server.SetParameter("/prod/p", "v1");
        _server.LabelParameter("/prod/p", "live");
        _server.SetParameter("/prod/p", "v2");
        _server.SetSecret("prod/token", "t");
        using SecretsStore secrets = await BuildAsync(new AwsParameterStoreOptions()
            .Parameter("/prod/p", at: "current").Parameter("/prod/p:1", at: "numbered").Parameter("/prod/p:live", at: "labelled")
            .Parameter(Arn, at: "arn").Parameter(Arn + ":1", at: "arn1")
            .Parameter("/prod/none", at: "none").Parameter("/aws/reference/secretsmanager/prod/token", at: "token"));
        Assert.Equal(("v2", "v1", "v1"), (secrets.GetString("current"), secrets.GetString("numbered"), secrets.GetString("labelled")));
        Assert.Equal(("v2", "v1"), (secrets.GetString("arn"), secrets.GetString("arn1")));
        Assert.Equal(emulator is AwsEmulator.MiniStack or AwsEmulator.Roto ? null : "t", secrets.GetString("token", null));
        Assert.False(secrets.ContainsKey("none"));
    }

    [Fact]
    public async Task One_that_it_may_not_read_leaves_the_others()
    {
        _server.SetParameter("/prod/a", "1");
        _server.SetParameter("/prod/b", "2");
        _server.Deny("/prod/b");
        using SecretsStore secrets = await BuildAsync(new AwsParameterStoreOptions().Parameter("/prod/a", at: "a").Parameter("/prod/b", at: "b"));
        Assert.Equal("1", secrets.GetString("a"));
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => secrets.GetString("b")).Code);
    }

    [Theory]
    [InlineData(FaultKind.AccessDenied, SecretsErrorCode.AccessDenied, "AccessDeniedException")]
    [InlineData(FaultKind.ExpiredToken, SecretsErrorCode.AccessDenied, "ExpiredTokenException")]
    [InlineData(FaultKind.ServerError, SecretsErrorCode.Unavailable, "InternalServerError")]
    [InlineData(FaultKind.Throttle, SecretsErrorCode.Unavailable, "ThrottlingException")]
    [InlineData(FaultKind.Reset, SecretsErrorCode.Unavailable, null)]
    public async Task Its_failures_have_codes_and_leak_nothing(FaultKind fault, SecretsErrorCode code, string? vendorCode)
    {
        _server.ErrorText = "C4n4ry";
        _server.Inject(fault);
        var clock = new ManualTimeProvider();
        AwsParameterStoreOptions options = new AwsParameterStoreOptions().Parameter("/prod/a", at: "a");
        SecretsBuilder builder = new SecretsBuilder { TimeProvider = clock }.AddAwsParameterStore(options, new SdkParameters(_client));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new ClockDriver(clock, options.LoadTimeLimit).CompleteAsync(builder.BuildAsync(Token)));
        Assert.Equal((code, vendorCode), (failure.Code, failure.VendorCode));
        Assert.DoesNotContain("C4n4ry", failure.ToString(), StringComparison.Ordinal);
    }

    private Task<SecretsStore> BuildAsync(AwsParameterStoreOptions options) => new SecretsBuilder().AddAwsParameterStore(options, new SdkParameters(_client)).BuildAsync(Token);
}
