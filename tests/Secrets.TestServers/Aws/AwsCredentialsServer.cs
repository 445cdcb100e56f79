using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Aws;

/// <summary>The endpoint that gives a container its role's credentials ("Container credential provider" of the AWS SDKs and Tools reference guide).</summary>
public sealed class AwsCredentialsServer : TestServer
{
    public const string AuthorizationToken = "container-token";

    public AwsKey Key { get; init; } = AwsKey.Example;

    public override IEnumerable<(string Name, string Value)> DemoSecrets => [];

    public override IEnumerable<string> Environment =>
        [$"AWS_CONTAINER_CREDENTIALS_FULL_URI={Address.AbsoluteUri}credentials", $"AWS_CONTAINER_AUTHORIZATION_TOKEN={AuthorizationToken}"];

    public override void Seed(string name, string value) => throw new NotSupportedException("It gives one key.");

    protected override string OperationOf(ServerCall call) => call.Path;

    protected override ServerAnswer Answer(ServerCall call) => call.Path == "/credentials" && call.Header("Authorization") == AuthorizationToken
        ? ServerAnswer.Json(200, new JsonObject
        {
            ["AccessKeyId"] = Key.Id,
            ["SecretAccessKey"] = Key.Secret,
            ["Token"] = Key.SessionToken,
            ["Expiration"] = DateTimeOffset.UtcNow.AddHours(6).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        })
        : Fail(FaultKind.AccessDenied, call);

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) =>
        ServerAnswer.Json(kind == FaultKind.ServerError ? 500 : 403, new JsonObject { ["code"] = kind.ToString(), ["message"] = ErrorText });
}
