using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Secrets.Remote.Credentials;

namespace Secrets.Aws.Runtime;

/// <summary>
/// Finds region and credentials when the first call is made, and makes the client. The SDK's search blocks the thread it is called on, for up to a quarter of a
/// minute and longer, and knows no cancellation: it runs on another thread, and nobody waits for it longer than a call may take.
/// </summary>
internal sealed class AwsConnection
{
    private readonly AwsService _service;
    private readonly AwsSourceOptions _options;
    private readonly TimeSpan _timeLimit;
    private readonly TimeProvider _clock;
    private readonly SharedSearch<Connected> _connection;

    public AwsConnection(AwsService service, AwsSourceOptions options)
    {
        _service = service;
        _options = options;
        _timeLimit = options.CallTimeLimit;
        _clock = options.Clock;
        _connection = new SharedSearch<Connected>(() => Task.FromResult(Connect()));
    }

    /// <summary>Gets the region that was found for the first call; <see langword="null"/> before.</summary>
    public string? Region { get; private set; }

    /// <exception cref="AwsSetupException">There is no region, or there are no credentials, or what gives them is out.</exception>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<byte[]> CallAsync(string operation, byte[] body, CancellationToken cancellationToken)
    {
        Connected connected = await FindAsync(cancellationToken).ConfigureAwait(false);

        // They expire, and are renewed here under a limit of time rather than without one in the middle of the call.
        await ObtainAsync(connected.Credentials, cancellationToken).ConfigureAwait(false);
        return await connected.Client.CallAsync(operation, body, cancellationToken).ConfigureAwait(false);
    }

    // The search ends at the instance's metadata, whose silence does not tell an outage from a machine that has none: nothing found is an absence.
    private async Task<Connected> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedWait.WaitAsync(_connection.FindAsync(), _timeLimit, _clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw NoCredentials(FormattableString.Invariant($"no credentials were found within {_timeLimit.TotalSeconds} s (CallTimeLimit)"));
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or ProcessAWSCredentialException or HttpRequestException or IOException)
        {
            throw NoCredentials("no credentials were found");
        }
    }

    // What gives the credentials is known by now: the container's endpoint, STS, single sign-on, a process.
    private async Task ObtainAsync(AWSCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            await BoundedWait.WaitAsync(Task.Run(credentials.GetCredentialsAsync, CancellationToken.None), _timeLimit, _clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw Outage(FormattableString.Invariant($"its credentials were not obtained within {_timeLimit.TotalSeconds} s (CallTimeLimit)"));
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or ProcessAWSCredentialException or HttpRequestException or IOException or InvalidOperationException { InnerException: IOException })
        {
            throw CredentialOutage.Is(failure, c => c is AmazonServiceException answer ? AwsFailures.IsOutage(answer) : null)
                ? Outage("its credentials could not be obtained, since what gives them could not be reached or failed")
                : new AwsSetupException(SecretsErrorCode.AccessDenied, "its credentials could not be obtained", "correct the role, the profile or the token that they come from.");
        }
    }

    private Connected Connect()
    {
        var config = new AwsClientConfig(_service, _options);

        // The order matters: reading or setting the address before the region, or the region after it, silently drops one that a variable gives.
        string? region = FindRegion(mayAskInstance: false);
        if (region is null && _options.EndpointUrl is null)
        {
            region = FindRegion(mayAskInstance: true) ?? throw new AwsSetupException(
                SecretsErrorCode.InvalidConfiguration, "it has no region", "set the option Region or the variable AWS_REGION, or a region in the profile.");
        }

        if (region is not null && !AwsSourceOptions.IsRegion(region))
        {
            throw new AwsSetupException(
                SecretsErrorCode.InvalidConfiguration,
                "it was not called, since the region from AWS_REGION, AWS_DEFAULT_REGION or the profile is not a region's name",
                "correct it: a region is named as in eu-west-1.");
        }

        Region = region;

        // A server of one's own takes any region; the signature needs one.
        region ??= "us-east-1";
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.AuthenticationRegion = region;
        if (_options.EndpointUrl is { } address)
        {
            config.ServiceURL = address.AbsoluteUri;
        }

        AWSCredentials credentials = _options.Credentials ?? FindCredentials(config);
        return new Connected(new AwsRuntimeClient(_service, credentials, config), credentials);
    }

    private string? FindRegion(bool mayAskInstance)
    {
        if (_options.Region is { } region)
        {
            return region;
        }

        if (_options.Profile is { } name && new CredentialProfileStoreChain().TryGetProfile(name, out CredentialProfile profile) && profile.Region is { } ofProfile)
        {
            return ofProfile.SystemName;
        }

        // The SDK does not know the second one, which AWS's other tools set.
        return Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? FallbackRegionFactory.GetRegionEndpoint(mayAskInstance)?.SystemName;

        static string? Variable(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
    }

    private AWSCredentials FindCredentials(AwsClientConfig config)
    {
        if (_options.Profile is { } profile)
        {
            return new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out AWSCredentials credentials)
                ? credentials
                : throw NoCredentials($"the profile {profile} is not in the shared files, or names no credentials");
        }

        using var resolver = new DefaultAWSCredentialsIdentityResolver();
        return resolver.ResolveIdentity(config);
    }

    private static AwsSetupException NoCredentials(string what) => new(
        SecretsErrorCode.AccessDenied,
        what,
        "set the option Credentials or Profile, or the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role. "
            + "Looked at: environment variables, web identity, shared files and single sign-on, the container's endpoint, the instance's metadata.");

    private static AwsSetupException Outage(string what) => new(
        SecretsErrorCode.Unavailable, what, "try again later, and look at the network and at what gives them: the container's endpoint, the instance's metadata, STS, single sign-on.");

    private sealed class Connected(AwsRuntimeClient client, AWSCredentials credentials)
    {
        public AwsRuntimeClient Client { get; } = client;

        public AWSCredentials Credentials { get; } = credentials;
    }
}
