using System.Diagnostics;
using System.Net;
using Amazon.Runtime;

namespace Secrets.Aws.Runtime;

/// <summary>A whole answer, which nobody has parsed yet.</summary>
internal sealed class AwsAnswer : AmazonWebServiceResponse
{
    public HttpStatusCode Status { get; init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public byte[] Body { get; init; } = [];
}
