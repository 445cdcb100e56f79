using Amazon.Runtime;

namespace Secrets.Aws.Runtime;

/// <summary>A call of a JSON 1.1 service, before it is signed.</summary>
internal sealed class AwsCall(string operation, byte[] body) : AmazonWebServiceRequest
{
    public string Operation { get; } = operation;

    public byte[] Body { get; } = body;
}
