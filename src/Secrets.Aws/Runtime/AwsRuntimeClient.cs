using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Secrets.Aws.Runtime;

/// <summary>A client on the SDK's own runtime, which signs, tries again and finds the endpoint.</summary>
internal sealed class AwsRuntimeClient(AwsService service, AWSCredentials credentials, AwsClientConfig config) : AmazonServiceClient(credentials, config)
{
    private readonly InvokeOptions _options = new()
    {
        RequestMarshaller = new AwsCallMarshaller(service),
        ResponseUnmarshaller = new AwsAnswerUnmarshaller(),
    };

    protected override bool SupportResponseLogging => false;

    public async Task<byte[]> CallAsync(string operation, byte[] body, CancellationToken cancellationToken)
    {
        AwsAnswer answer = await InvokeAsync<AwsAnswer>(new AwsCall(operation, body), _options, cancellationToken).ConfigureAwait(false);

        // The SDK takes everything below 400 for an answer, a redirect included.
        return answer.Status == HttpStatusCode.OK
            ? answer.Body
            : throw new AmazonServiceException("The answer is none.", innerException: null, ErrorType.Receiver, errorCode: null, requestId: null, answer.Status);
    }

    // Without one, signing fails.
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => pipeline.AddHandlerAfter<Marshaller>(new AuthResolver());

    private sealed class AuthResolver : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }
}
