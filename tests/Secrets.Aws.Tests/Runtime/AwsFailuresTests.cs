using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Secrets.Aws.Runtime;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Aws.Tests.Runtime;

public sealed class AwsFailuresTests
{
    [Theory]
    [InlineData("ResourceNotFoundException", 400, SecretsErrorCode.NotFound)]
    [InlineData("ParameterNotFound", 400, SecretsErrorCode.NotFound)]
    [InlineData("ParameterVersionNotFound", 400, SecretsErrorCode.NotFound)]
    [InlineData("AccessDeniedException", 400, SecretsErrorCode.AccessDenied)]
    [InlineData("UnrecognizedClientException", 400, SecretsErrorCode.AccessDenied)]
    [InlineData("InvalidSignatureException", 400, SecretsErrorCode.AccessDenied)]
    [InlineData("ExpiredTokenException", 400, SecretsErrorCode.AccessDenied)]
    [InlineData("DecryptionFailure", 400, SecretsErrorCode.AccessDenied)]
    [InlineData("InvalidRequestException", 400, SecretsErrorCode.AccessDenied)]
    [InlineData("InternalServiceError", 500, SecretsErrorCode.Unavailable)]
    [InlineData("ThrottlingException", 400, SecretsErrorCode.Unavailable)]
    [InlineData("LimitExceededException", 400, SecretsErrorCode.Unavailable)]
    [InlineData("ProvisionedThroughputExceededException", 400, SecretsErrorCode.Unavailable)]
    [InlineData("PriorRequestNotComplete", 400, SecretsErrorCode.Unavailable)]
    [InlineData("RequestThrottled", 400, SecretsErrorCode.Unavailable)]
    [InlineData("RequestTimeTooSkewed", 403, SecretsErrorCode.AccessDenied)]
    [InlineData("InvalidNextToken", 400, SecretsErrorCode.InvalidFormat)]
    [InlineData("ValidationError", 400, SecretsErrorCode.InvalidConfiguration)]
    [InlineData("ValidationException", 400, SecretsErrorCode.InvalidConfiguration)]
    [InlineData("SomethingNew", 400, SecretsErrorCode.Unknown)]
    [InlineData("SomethingNew", 403, SecretsErrorCode.AccessDenied)]
    [InlineData("SomethingNew", 503, SecretsErrorCode.Unavailable)]
    [InlineData("", 429, SecretsErrorCode.Unavailable)]
    [InlineData("", 408, SecretsErrorCode.Unavailable)]
    [InlineData("", 307, SecretsErrorCode.InvalidFormat)]
    public void The_service_s_code_decides_then_the_status(string vendorCode, int status, SecretsErrorCode code)
    {
        var failure = new AmazonServiceException("quotes a secret", innerException: null, ErrorType.Sender, vendorCode, "request-1", (HttpStatusCode)status);
        SecretsSourceException reported = new AwsFailures().Find(failure)!.ToException("aws#2", "AWS Secrets Manager in eu-west-1", "prod/shop");
        Assert.Equal(
            (code, "aws#2", (int?)status, vendorCode.Length == 0 ? null : vendorCode, "request-1", "prod/shop"),
            (reported.Code, reported.SourceName, reported.Status, reported.VendorCode, reported.RequestId, reported.NativeName));
        Assert.StartsWith("prod/shop in AWS Secrets Manager in eu-west-1: ", reported.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("quotes", reported.ToString(), StringComparison.Ordinal);
        Assert.Null(reported.InnerException);
    }

    [Fact]
    public void Every_code_that_the_SDK_calls_throttling_is_throttling()
    {
        var policy = new StandardRetryPolicy(maxRetries: 2);
        Assert.NotEmpty(policy.ThrottlingErrorCodes);
        Assert.All(policy.ThrottlingErrorCodes, code => Assert.Equal(RemoteFailureKind.Throttled, new AwsFailures().Find(Failure(code))!.Kind));
    }

    [Fact]
    public void Every_code_that_the_SDK_tries_again_may_pass()
    {
        var policy = new StandardRetryPolicy(maxRetries: 2);
        Assert.All(policy.ThrottlingErrorCodes.Concat(policy.TimeoutErrorCodesToRetryOn), code =>
            Assert.Equal(SecretsErrorCode.Unavailable, new AwsFailures().Find(Failure(code))!.ToException("aws", "there", nativeName: null).Code));
    }

    [Theory]
    [InlineData("UnrecognizedClientException", "correct the credentials: the access key is not known here.")]
    [InlineData("InvalidSignatureException", "correct the credentials: the secret access key is wrong; or the machine's clock.")]
    [InlineData("ExpiredTokenException", "renew the credentials, and look at the machine's clock.")]
    [InlineData("AccessDeniedException", "let this program's role read it, and decrypt with its key.")]
    [InlineData("ThrottlingException", "try again later, and look at region, endpoint and network.")]
    public void It_says_what_to_do(string vendorCode, string todo) => Assert.EndsWith(
        "; " + todo,
        new AwsFailures().Find(new AmazonServiceException("x", innerException: null, ErrorType.Sender, vendorCode, "r", HttpStatusCode.BadRequest))!.ToException("aws", "there", nativeName: null).Message,
        StringComparison.Ordinal);

    private static AmazonServiceException Failure(string code) => new("x", innerException: null, ErrorType.Sender, code, "r", HttpStatusCode.BadRequest);

    [Fact]
    public void What_never_came_to_the_service_is_unavailable()
    {
        foreach (Exception failure in new Exception[] { new HttpRequestException("x"), new TimeoutException("x"), new AmazonClientException("x") })
        {
            Assert.NotNull(new AwsFailures().Find(failure));
            SecretsSourceException reported = new AwsFailures().Find(failure)!.ToException("aws", "there", nativeName: null);
            Assert.Equal(SecretsErrorCode.Unavailable, reported.Code);
            Assert.EndsWith("try again later, and look at region, endpoint and network.", reported.Message, StringComparison.Ordinal);
        }

        Assert.Equal(SecretsErrorCode.InvalidFormat, new AwsFailures().Find(new AnswerTooLargeException())!.ToException("aws", "there", nativeName: null).Code);
        Assert.Equal(SecretsErrorCode.InvalidFormat, new AwsFailures().Find(new MalformedAnswerException())!.ToException("aws", "there", nativeName: null).Code);
        Assert.Equal(RemoteFailureKind.NoAnswer, new AwsFailures().Find(new OperationCanceledException())!.Kind);
    }

    [Fact]
    public void A_status_of_what_stands_in_between_is_kept()
    {
        var failure = new HttpRequestException("quotes", inner: null, HttpStatusCode.ProxyAuthenticationRequired);
        SecretsSourceException reported = new AwsFailures().Find(failure)!.ToException("a", "the store", nativeName: null);
        Assert.Equal((SecretsErrorCode.AccessDenied, 407), (reported.Code, reported.Status));
        Assert.Contains("the proxy asks for a login", reported.Message, StringComparison.Ordinal);
    }
}
