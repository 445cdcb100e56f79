using Amazon;
using Amazon.Runtime.Endpoints;
using Secrets.Aws.Runtime;

namespace Secrets.Aws.Tests.Runtime;

[Collection(nameof(ProcessEnvironment))]
public sealed class AwsClientConfigTests : IDisposable
{
    private readonly ProcessEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData("secretsmanager", "eu-west-1", "", "https://secretsmanager.eu-west-1.amazonaws.com")]
    [InlineData("ssm", "eu-west-1", "", "https://ssm.eu-west-1.amazonaws.com")]
    [InlineData("secretsmanager", "cn-north-1", "", "https://secretsmanager.cn-north-1.amazonaws.com.cn")]
    [InlineData("secretsmanager", "us-gov-west-1", "fips", "https://secretsmanager-fips.us-gov-west-1.amazonaws.com")]
    [InlineData("secretsmanager", "eu-west-1", "dualstack", "https://secretsmanager.eu-west-1.api.aws")]
    [InlineData("secretsmanager", "cn-north-1", "dualstack", "https://secretsmanager.cn-north-1.api.amazonwebservices.com.cn")]
    [InlineData("secretsmanager", "eu-nowhere-9", "", "https://secretsmanager.eu-nowhere-9.amazonaws.com")]
    public void The_address_is_that_of_region_and_partition(string service, string region, string kind, string expected)
    {
        var config = new AwsClientConfig(service == "ssm" ? AwsService.ParameterStore : AwsService.SecretsManager, new AwsSecretsManagerOptions())
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = kind == "fips",
            UseDualstackEndpoint = kind == "dualstack",
        };
        Assert.Equal(expected, config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new AwsCall("GetSecretValue", []))).URL);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    public void Attempts_are_the_options_and_no_more(int attempts, int retries)
    {
        var config = new AwsClientConfig(AwsService.SecretsManager, new AwsSecretsManagerOptions { MaxAttempts = attempts });
        Assert.Equal((retries, 0, false), (config.MaxErrorRetry, config.MaxStaleConnectionRetries, config.ThrottleRetries));
    }

    [Fact]
    public void Nothing_is_printed_and_no_redirect_followed()
    {
        var config = new AwsClientConfig(AwsService.SecretsManager, new AwsSecretsManagerOptions());
        Assert.Equal((true, false, false), (config.DisableLogging, config.LogResponse, config.AllowAutoRedirect));
    }
}
