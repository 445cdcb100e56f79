using System.Diagnostics;
using Amazon.Runtime;

namespace Secrets.Aws.Runtime;

/// <summary>A whole answer, which nobody has parsed yet.</summary>
internal sealed class AwsAnswer : AmazonWebServiceResponse
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public byte[] Body { get; init; } = [];
}
