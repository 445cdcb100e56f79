using Secrets.Aws.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>
/// AWS Secrets Manager. <b>Name</b> <c>aws</c>. <b>Keys</b> <c>/</c> nests below a prefix, the fields of a JSON object are keys. <b>Location</b> the ARN, and within
/// an object a JSON pointer: <c>arn:…#/password</c>. <b>Refresh</b> versions are looked at first, and what changed is fetched. <b>Errors</b> by the table of
/// <see cref="AwsFailures"/>. <b>Permissions</b> <c>GetSecretValue</c>; <c>BatchGetSecretValue</c> for several, <c>DescribeSecret</c> to spare
/// fetches, <c>ListSecrets</c> for prefixes without requirements.
/// </summary>
internal sealed class AwsSecretsManagerSource(AwsSecretsManagerOptions options, IAwsSecretsManagerApi api)
    : RemoteSource(KindName, new AwsSecretsManagerStore(api, () => options.Region ?? (api as AwsSecretsManagerClient)?.Region), options, new AwsFailures())
{
    public const string KindName = "aws";

    public AwsSecretsManagerSource(AwsSecretsManagerOptions options)
        : this(options, new AwsSecretsManagerClient(options))
    {
    }
}
