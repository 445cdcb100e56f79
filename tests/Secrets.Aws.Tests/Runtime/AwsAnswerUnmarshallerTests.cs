using Amazon.Runtime;
using Secrets.Aws.Runtime;

namespace Secrets.Aws.Tests.Runtime;

public sealed class AwsAnswerUnmarshallerTests
{
    [Theory]
    [InlineData("""{"__type":"ResourceNotFoundException"}""", "ResourceNotFoundException")]
    [InlineData("""{"__type":"com.amazonaws#ResourceNotFoundException:http://x/"}""", "ResourceNotFoundException")]
    [InlineData("""{"code":"ResourceNotFoundException"}""", "ResourceNotFoundException")]
    [InlineData("""{"code":"Other","__type":"ResourceNotFoundException"}""", "ResourceNotFoundException")]
    [InlineData("""{"code":"C4n4ry is a text"}""", "")]
    [InlineData("""{"code":7}""", "")]
    [InlineData("[]", "")]
    [InlineData("C4n4ry", "")]
    public async Task The_code_of_an_error_is_in_one_of_two_members(string body, string code)
    {
        var options = new AwsSecretsManagerOptions
        {
            Region = "eu-west-1", Credentials = new BasicAWSCredentials("key", "secret"), MaxAttempts = 1, Handler = () => new ScriptedService((_, _) => (400, body)),
        };
        AmazonServiceException failure = await Assert.ThrowsAsync<AmazonServiceException>(
            () => new AwsSecretsManagerClient(options).GetSecretValueAsync("a", versionId: null, versionStage: null, TestContext.Current.CancellationToken));
        Assert.Equal(code, failure.ErrorCode);
        Assert.DoesNotContain("C4n4ry", failure.ToString(), StringComparison.Ordinal);
    }
}
