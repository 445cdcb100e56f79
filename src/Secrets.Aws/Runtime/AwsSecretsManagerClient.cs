using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Aws.Runtime;

/// <summary>The read calls of Secrets Manager, as the "AWS Secrets Manager API Reference" has them.</summary>
internal sealed class AwsSecretsManagerClient(AwsSourceOptions options) : IAwsSecretsManagerApi
{
    private const int PageSize = 100;

    private readonly AwsConnection _connection = new(AwsService.SecretsManager, options);

    public Task<AwsSecretBatch> BatchGetSecretValueAsync(IReadOnlyList<string> secretIds, string? nextToken, CancellationToken cancellationToken) => CallAsync(
        "BatchGetSecretValue",
        new JsonObject { ["SecretIdList"] = AwsJson.Array(secretIds), ["NextToken"] = nextToken },
        json => new AwsSecretBatch
        {
            Secrets = AwsJson.List(json, "SecretValues", Secret),
            Errors = AwsJson.ListOrEmpty(json, "Errors", Error),
            NextToken = AwsJson.TextOrNull(json, "NextToken"),
        },
        cancellationToken);

    public Task<AwsSecret> GetSecretValueAsync(string secretId, string? versionId, string? versionStage, CancellationToken cancellationToken) => CallAsync(
        "GetSecretValue",
        new JsonObject { ["SecretId"] = secretId, ["VersionId"] = versionId, ["VersionStage"] = versionStage },
        Secret,
        cancellationToken);

    public Task<AwsSecretDescription> DescribeSecretAsync(string secretId, CancellationToken cancellationToken) => CallAsync(
        "DescribeSecret",
        new JsonObject { ["SecretId"] = secretId },
        json => Description(json, "VersionIdsToStages"),
        cancellationToken);

    public Task<AwsSecretList> ListSecretsAsync(string namePrefix, string? nextToken, CancellationToken cancellationToken) => CallAsync(
        "ListSecrets",
        new JsonObject
        {
            ["Filters"] = new JsonArray(new JsonObject { ["Key"] = "name", ["Values"] = new JsonArray(namePrefix) }),
            ["MaxResults"] = PageSize,
            ["NextToken"] = nextToken,
        },
        json => new AwsSecretList
        {
            Secrets = AwsJson.List(json, "SecretList", s => Description(s, "SecretVersionsToStages")),
            NextToken = AwsJson.TextOrNull(json, "NextToken"),
        },
        cancellationToken);

    private static AwsSecret Secret(JsonElement json)
    {
        var secret = new AwsSecret
        {
            Arn = AwsJson.Text(json, "ARN"),
            Name = AwsJson.Text(json, "Name"),
            VersionId = AwsJson.TextOrNull(json, "VersionId"),
            SecretString = AwsJson.TextOrNull(json, "SecretString"),
            SecretBinary = AwsJson.BytesOrNull(json, "SecretBinary"),
        };
        return secret.SecretString is null && secret.SecretBinary is null ? throw AwsJson.Malformed() : secret;
    }

    private static AwsSecretError Error(JsonElement json) => new()
    {
        SecretId = AwsJson.Text(json, "SecretId"),
        ErrorCode = AwsErrorCode.Clean(AwsJson.TextOrNull(json, "ErrorCode")) ?? "",
    };

    private static AwsSecretDescription Description(JsonElement json, string versions) => new()
    {
        Arn = AwsJson.Text(json, "ARN"),
        Name = AwsJson.Text(json, "Name"),
        VersionIdsToStages = AwsJson.Member(json, versions)?.EnumerateObject().ToDictionary(
            v => v.Name, v => (IReadOnlyList<string>)[.. v.Value.EnumerateArray().Select(s => s.GetString() ?? "")], StringComparer.Ordinal)
            ?? [],
        LastChangedDate = AwsJson.TimeOrNull(json, "LastChangedDate"),
        DeletedDate = AwsJson.TimeOrNull(json, "DeletedDate"),
    };

    private async Task<T> CallAsync<T>(string operation, JsonObject members, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        AwsJson.Read(await _connection.CallAsync(operation, AwsJson.Write(members), cancellationToken).ConfigureAwait(false), read);
}
