using Secrets.Remote;

namespace Secrets.Aws.Tests;

public sealed class AwsArnTests
{
    [Theory]
    [InlineData("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/shop-a1b2c3", "eu-west-1")]
    [InlineData("arn:aws-cn:ssm:cn-north-1:123456789012:parameter/prod/token:3", "cn-north-1")]
    [InlineData("prod/shop", null)]
    [InlineData("arn:", null)]
    [InlineData("arn:aws:secretsmanager", null)]
    [InlineData("arn:aws:secretsmanager::123456789012:secret:a", null)]
    public void An_arn_names_its_region(string name, string? region) => Assert.Equal(region, AwsArn.RegionOf(name));

    [Theory]
    [InlineData("arn:aws:secretsmanager:us-east-1:1:secret:a", "eu-west-1", true)]
    [InlineData("arn:aws:secretsmanager:eu-west-1:1:secret:a", "eu-west-1", false)]
    [InlineData("arn:aws:secretsmanager:us-east-1:1:secret:a", null, false)]
    [InlineData("a", "eu-west-1", false)]
    public void What_another_region_has_is_not_absent_here(string name, string? asked, bool isExplained)
    {
        RemoteFailure? explained = AwsArn.ExplainRegion(new RemoteName(name), failure: null, asked);
        Assert.Equal(isExplained ? SecretsErrorCode.InvalidConfiguration : null, explained?.Code);
        Assert.Equal(!isExplained, AwsArn.Explain(new RemoteName(name), secret: null, asked) is null);
    }

    [Theory]
    [InlineData(SecretsErrorCode.AccessDenied, SecretsErrorCode.InvalidConfiguration)]
    [InlineData(SecretsErrorCode.InvalidConfiguration, SecretsErrorCode.InvalidConfiguration)]
    [InlineData(SecretsErrorCode.Unknown, SecretsErrorCode.InvalidConfiguration)]
    [InlineData(SecretsErrorCode.Unavailable, SecretsErrorCode.Unavailable)]
    [InlineData(SecretsErrorCode.InvalidFormat, SecretsErrorCode.InvalidFormat)]
    public void A_failure_that_the_region_does_not_explain_stays(SecretsErrorCode code, SecretsErrorCode expected)
    {
        var failure = new RemoteFailure(RemoteFailureKind.Secret, code, "failed") { VendorCode = "Word", RequestId = "id", Status = 400 };
        RemoteFailure told = AwsArn.ExplainRegion(new RemoteName("arn:aws:secretsmanager:us-east-1:1:secret:a"), failure, "eu-west-1") ?? failure;
        Assert.Equal((expected, "Word", "id"), (told.Code, told.VendorCode, told.RequestId));
    }
}
