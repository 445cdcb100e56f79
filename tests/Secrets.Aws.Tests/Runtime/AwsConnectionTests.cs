using Amazon.Runtime;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Faults;

namespace Secrets.Aws.Tests.Runtime;

[Collection(nameof(ProcessEnvironment))]
public sealed class AwsConnectionTests : IAsyncDisposable
{
    private readonly AwsServer _server = AwsServers.Start();
    private readonly ProcessEnvironment _environment = new();

    public AwsConnectionTests() => _server.SetSecret("prod/shop", """{"a":"x"}""");

    public ValueTask DisposeAsync()
    {
        _environment.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Credentials_come_from_the_environment()
    {
        _environment.Set(_server.Environment);
        await ReadsAsync(new AwsSecretsManagerOptions());
    }

    [Fact]
    public async Task Credentials_of_a_session_come_from_the_environment()
    {
        _server.Know(new AwsKey("ASIAEXAMPLE", "session-secret", "session-token"));
        _environment.Set(_server.Environment);
        _environment.Set("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE");
        _environment.Set("AWS_SECRET_ACCESS_KEY", "session-secret");
        _environment.Set("AWS_SESSION_TOKEN", "session-token");
        await ReadsAsync(new AwsSecretsManagerOptions());
        Assert.Equal("session-token", _server.Calls[0].Header("X-Amz-Security-Token"));
    }

    [Theory]
    [InlineData("AWS_REGION", "x.evil.example/")]
    [InlineData("AWS_DEFAULT_REGION", "EU West")]
    public async Task A_variable_that_names_no_region_is_told_and_nothing_is_called(string variable, string region)
    {
        _environment.Set("AWS_ACCESS_KEY_ID", AwsKey.Example.Id);
        _environment.Set("AWS_SECRET_ACCESS_KEY", AwsKey.Example.Secret);
        _environment.Set(variable, region);
        var asked = new List<string>();
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions { MaxAttempts = 1, Handler = () => new Recorder(asked) }.Secret("prod/shop");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(TestContext.Current.CancellationToken));
        Assert.Empty(asked);
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
        Assert.Contains("the region from AWS_REGION, AWS_DEFAULT_REGION or the profile is not a region's name", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by option")]
    [InlineData("by variable")]
    [InlineData("default")]
    public async Task Credentials_come_from_a_profile_of_the_shared_file(string how)
    {
        ProcessEnvironment.WriteCredentials($"[{(how == "default" ? "default" : "shop")}]\naws_access_key_id = {AwsKey.Example.Id}\naws_secret_access_key = {AwsKey.Example.Secret}\n");
        if (how == "by variable")
        {
            _environment.Set("AWS_PROFILE", "shop");
        }

        await ReadsAsync(new AwsSecretsManagerOptions { Profile = how == "by option" ? "shop" : null, EndpointUrl = _server.Address, Region = "eu-west-1" });
    }

    [Fact]
    public async Task Credentials_come_from_a_container_s_endpoint()
    {
        await using var container = new AwsCredentialsServer();
        await container.ListenAsync();
        _environment.Set(container.Environment);
        await ReadsAsync(new AwsSecretsManagerOptions { EndpointUrl = _server.Address, Region = "eu-west-1" });
        Assert.Equal(1, container.CallCount);
    }

    [Fact]
    public async Task A_silent_endpoint_of_a_container_is_given_up()
    {
        await using var container = new AwsCredentialsServer();
        await container.ListenAsync();
        container.Inject(FaultKind.Silence);
        _environment.Set(container.Environment);
        SecretsSourceException failure = await FailsAsync(new AwsSecretsManagerOptions
        {
            EndpointUrl = _server.Address,
            Region = "eu-west-1",
            CallTimeLimit = TimeSpan.FromMilliseconds(300),
        });
        Assert.Equal(SecretsErrorCode.Unavailable, failure.Code);
        Assert.Contains("its credentials were not obtained within 0.3 s", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused connection", SecretsErrorCode.Unavailable)]
    [InlineData("503", SecretsErrorCode.Unavailable)]
    [InlineData("Throttling", SecretsErrorCode.Unavailable)]
    [InlineData("lost", SecretsErrorCode.Unavailable)]
    [InlineData("AccessDenied", SecretsErrorCode.AccessDenied)]
    [InlineData("ExpiredToken", SecretsErrorCode.AccessDenied)]
    [InlineData("no file", SecretsErrorCode.AccessDenied)]
    public async Task An_outage_of_what_gives_credentials_is_told_from_a_refusal(string what, SecretsErrorCode code)
    {
        SecretsSourceException failure = await FailsAsync(new AwsSecretsManagerOptions
        {
            EndpointUrl = _server.Address, Region = "eu-west-1", MaxAttempts = 1, Credentials = new FailingCredentials(FailureOf(what)),
        });
        Assert.Equal(code, failure.Code);
        Assert.Contains("its credentials could not be obtained", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("quotes", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _server.CallCount);
    }

    // The SDK's credentials throw these, as measured with version 4.1 against a server.
    private static Exception FailureOf(string what) => what switch
    {
        "lost" => new AmazonServiceException("quotes"),
        "refused connection" => new AmazonClientException("quotes", new HttpRequestException("quotes")),
        "503" => new AmazonClientException("quotes", new AmazonServiceException("quotes") { StatusCode = System.Net.HttpStatusCode.ServiceUnavailable }),
        "no file" => new InvalidOperationException("quotes", new FileNotFoundException("quotes")),
        _ => new AmazonClientException("quotes", new AmazonServiceException("quotes") { StatusCode = System.Net.HttpStatusCode.BadRequest, ErrorCode = what }),
    };

    [Theory]
    [InlineData(null)]
    [InlineData("nowhere")]
    public async Task No_credentials_are_a_clear_failure_and_no_call(string? profile)
    {
        SecretsSourceException failure = await FailsAsync(new AwsSecretsManagerOptions { EndpointUrl = _server.Address, Region = "eu-west-1", Profile = profile });
        Assert.Equal((SecretsErrorCode.AccessDenied, "aws"), (failure.Code, failure.SourceName));
        Assert.Contains(profile is null ? "no credentials were found" : "the profile nowhere is not in the shared files", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_ACCESS_KEY_ID", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.CallCount);
    }

    [Fact]
    public async Task Credentials_that_were_missing_are_looked_for_again()
    {
        var options = new AwsSecretsManagerOptions { EndpointUrl = _server.Address, Region = "eu-west-1" };
        var source = new AwsSecretsManagerSource(options.Secret("prod/shop"));
        await Assert.ThrowsAsync<SecretsSourceException>(() => source.LoadAsync(new SecretsRequest("aws"), TestContext.Current.CancellationToken).AsTask());
        _environment.Set(_server.Environment);
        Assert.Single((await source.LoadAsync(new SecretsRequest("aws"), TestContext.Current.CancellationToken)).Entries);
    }

    [Theory]
    [InlineData("AWS_REGION", "eu-north-1")]
    [InlineData("AWS_DEFAULT_REGION", "eu-south-1")]
    public async Task The_region_comes_from_a_variable(string variable, string region)
    {
        _environment.Set(_server.Environment);
        _environment.Set("AWS_REGION", null);
        _environment.Set(variable, region);
        await ReadsAsync(new AwsSecretsManagerOptions());
        Assert.Contains($"/{region}/secretsmanager/aws4_request", _server.Calls[0].Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_names_the_region_that_was_found()
    {
        _environment.Set(_server.Environment);
        _environment.Set("AWS_REGION", "eu-north-1");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddAwsSecretsManager("prod/shopp").BuildAsync(TestContext.Current.CancellationToken));
        Assert.Contains("prod/shopp does not exist in AWS Secrets Manager in eu-north-1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_region_comes_from_the_profile_before_the_variables()
    {
        _environment.Set("AWS_REGION", "eu-north-1");
        ProcessEnvironment.WriteCredentials($"[shop]\naws_access_key_id = {AwsKey.Example.Id}\naws_secret_access_key = {AwsKey.Example.Secret}\n");
        ProcessEnvironment.WriteConfig("[profile shop]\nregion = ap-south-1\n");
        await ReadsAsync(new AwsSecretsManagerOptions { Profile = "shop", EndpointUrl = _server.Address });
        Assert.Contains("/ap-south-1/", _server.Calls[0].Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_region_there_is_a_clear_failure()
    {
        SecretsSourceException failure = await FailsAsync(new AwsSecretsManagerOptions { Credentials = new BasicAWSCredentials("a", "b") });
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
        Assert.Contains("AWS_REGION", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_SECRETS_MANAGER")]
    public async Task The_address_comes_from_a_variable(string variable)
    {
        _environment.Set(_server.Environment);
        _environment.Set("AWS_ENDPOINT_URL", null);
        _environment.Set(variable, _server.Address.AbsoluteUri);
        await ReadsAsync(new AwsSecretsManagerOptions { Region = "eu-west-1" });
    }

    [Theory]
    [InlineData("http://store.example:8080", false, false)]
    [InlineData("http://store.example:8080", true, true)]
    [InlineData("https://user:password@store.example", true, false)]
    public async Task The_address_of_a_variable_is_https_or_this_machine_s(string address, bool allowInsecureHttp, bool isAsked)
    {
        _environment.Set(_server.Environment);
        _environment.Set("AWS_ENDPOINT_URL", address);
        var asked = new List<string>();
        SecretsSourceException failure = await FailsAsync(new AwsSecretsManagerOptions
        {
            Region = "eu-west-1", AllowInsecureHttp = allowInsecureHttp, MaxAttempts = 1, Handler = () => new Recorder(asked),
        });
        Assert.Equal((isAsked ? SecretsErrorCode.Unavailable : SecretsErrorCode.InvalidConfiguration, isAsked ? 1 : 0), (failure.Code, asked.Count));
        Assert.DoesNotContain("password", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway/aws")]
    [InlineData("gateway/aws/")]
    public async Task A_path_of_the_address_is_kept(string path)
    {
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().At(_server).Secret("prod/shop");
        options.EndpointUrl = new Uri(_server.Address, path);
        await Record.ExceptionAsync(() => new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal("/gateway/aws", _server.Calls[0].Path.TrimEnd('/'));
    }

    [Fact]
    public async Task The_address_of_the_options_goes_before_that_of_a_variable()
    {
        _environment.Set(_server.Environment);
        _environment.Set("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
        await ReadsAsync(new AwsSecretsManagerOptions { EndpointUrl = _server.Address });
    }

    private async Task ReadsAsync(AwsSecretsManagerOptions options)
    {
        options.MaxAttempts = 1;
        using SecretsStore secrets = await new SecretsBuilder().AddAwsSecretsManager(options.Secret("prod/shop")).BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal("x", secrets.GetString("a"));
        Assert.Equal(1, _server.CallCount);
    }

    private static Task<SecretsSourceException> FailsAsync(AwsSecretsManagerOptions options) => Assert.ThrowsAsync<SecretsSourceException>(
        () => new SecretsBuilder().AddAwsSecretsManager(options.Secret("prod/shop")).BuildAsync(TestContext.Current.CancellationToken));

    private sealed class FailingCredentials(Exception failure) : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw failure;
    }

    private sealed class Recorder(List<string> asked) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.RequestUri!.AbsoluteUri);
            throw new HttpRequestException("nobody is there");
        }
    }
}
