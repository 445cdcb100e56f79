using Secrets.Aws.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>
/// AWS Systems Manager Parameter Store. <b>Name</b> <c>aws-parameters</c>. <b>Keys</b> <c>/</c> nests below a prefix, the fields of a JSON object are keys, a
/// <c>StringList</c> is an array. <b>Location</b> the ARN, and within an object a JSON pointer. <b>Refresh</b> everything is fetched and
/// compared by content: the service tells versions with the values only, and a parameter that is deleted and created again has its old version. <b>Errors</b> by the table of <see cref="AwsFailures"/>.
/// <b>Permissions</b> <c>ssm:GetParameters</c>; <c>ssm:GetParametersByPath</c> for prefixes without requirements; <c>kms:Decrypt</c> for keys of one's own.
/// </summary>
internal sealed class AwsParameterStoreSource(AwsParameterStoreOptions options, IAwsParameterStoreApi api)
    : RemoteSource(KindName, new AwsParameterStore(api, () => options.Region ?? (api as AwsParameterStoreClient)?.Region), options, new AwsFailures())
{
    public const string KindName = "aws-parameters";

    public AwsParameterStoreSource(AwsParameterStoreOptions options)
        : this(options, new AwsParameterStoreClient(options))
    {
    }
}
