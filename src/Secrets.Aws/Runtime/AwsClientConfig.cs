using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Secrets.Remote;

namespace Secrets.Aws.Runtime;

/// <summary>The SDK's configuration of one client. What the SDK would wait for without a limit, or would print, is turned off.</summary>
internal sealed class AwsClientConfig : ClientConfig
{
    private readonly AwsService _service;
    private readonly bool _allowInsecureHttp;

    public AwsClientConfig(AwsService service, AwsSourceOptions options)
        : base(new Defaults())
    {
        _service = service;
        _allowInsecureHttp = options.AllowInsecureHttp;
        ServiceId = service.Id;
        AuthenticationServiceName = service.EndpointPrefix;
        Profile = options.Profile is null ? null : new Amazon.Profile(options.Profile);

        RetryMode = RequestRetryMode.Standard;
        MaxErrorRetry = options.MaxAttempts - 1;

        // Ten more attempts after a broken connection would not count as attempts, and a quota of attempts shared by the whole process would let one client's
        // trouble take another's.
        MaxStaleConnectionRetries = 0;
        ThrottleRetries = false;

        // It prints answers.
        DisableLogging = true;
        LogResponse = false;

        AllowAutoRedirect = false;
        Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        HttpClientFactory = new ClientFactory(options);
        HttpClientCacheSize = 1;
    }

    public override string ServiceVersion => _service.Version;

    public override string UserAgent => "secrets-dotnet";

    public override string RegionEndpointServiceName => _service.EndpointPrefix;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        // Where one is configured, by option, variable or profile, the SDK gives it here.
        if (ServiceURL is { Length: > 0 } configured)
        {
            return Uri.TryCreate(configured, UriKind.Absolute, out Uri? address) && RemoteHttpClient.IsSafe(address, _allowInsecureHttp)
                ? new Endpoint(configured)
                : throw new AwsSetupException(
                    SecretsErrorCode.InvalidConfiguration,
                    "it was not called, since the address from AWS_ENDPOINT_URL, its variants or the profile is not https, or has user info",
                    "correct the address. http is for this machine alone, unless AllowInsecureHttp is set.");
        }

        string region = RegionEndpoint.SystemName;
        Partition partition = Fn.Partition(region);
        string suffix = UseDualstackEndpoint ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://{_service.EndpointPrefix}{(UseFIPSEndpoint ? "-fips" : "")}.{region}.{suffix}");
    }

    private sealed class Defaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(Amazon.RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
            new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard };
    }

    private sealed class ClientFactory(AwsSourceOptions options) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(RemoteHttpClient.CreateHandler(options, options.Handler?.Invoke(), options.Clock)) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

        // The SDK keeps it for the next call, and no one else's requests go through it.
        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;

        public override string? GetConfigUniqueString(IClientConfig clientConfig) => null;
    }
}
