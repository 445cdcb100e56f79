using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Secrets.Aws.Runtime;

/// <summary>Writes a call as the protocol "AWS JSON 1.1" has it.</summary>
internal sealed class AwsCallMarshaller(AwsService service) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (AwsCall)input;
        var request = new DefaultRequest(call, service.Id) { HttpMethod = "POST", ResourcePath = "/", Content = call.Body };
        request.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{call.Operation}";
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        return request;
    }
}
