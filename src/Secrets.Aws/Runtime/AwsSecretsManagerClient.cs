using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Remote.Http;

namespace Secrets.Aws.Runtime;

/// <summary>The read calls of Secrets Manager, as the "AWS Secrets Manager API Reference" has them. Its model requires no member of an answer, and neither does this.</summary>
internal sealed class AwsSecretsManagerClient(AwsSourceOptions options) : IAwsSecretsManagerApi
{
    private const int PageSize = 100;

    private readonly AwsConnection _connection = new(AwsService.SecretsManager, options);

    /// <summary>Gets the region that was found for the first call; <see langword="null"/> before.</summary>
    public string? Region => _connection.Region;

    public Task<AwsSecretBatch> BatchGetSecretValueAsync(IReadOnlyList<string> secretIds, string? nextToken, CancellationToken cancellationToken) => CallAsync(
        "BatchGetSecretValue",
        new JsonObject { ["SecretIdList"] = JsonAnswer.Array(secretIds), ["NextToken"] = nextToken },
        json => new AwsSecretBatch
        {
            Secrets = JsonAnswer.ListOrEmpty(json, "SecretValues", Secret),
            Errors = JsonAnswer.ListOrEmpty(json, "Errors", Error),
            NextToken = JsonAnswer.TextOrNull(json, "NextToken"),
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
            Secrets = JsonAnswer.ListOrEmpty(json, "SecretList", s => Description(s, "SecretVersionsToStages")),
            NextToken = JsonAnswer.TextOrNull(json, "NextToken"),
        },
        cancellationToken);

    private static AwsSecret Secret(JsonElement json) => new()
    {
        Arn = JsonAnswer.TextOrNull(json, "ARN"),
        Name = JsonAnswer.TextOrNull(json, "Name"),
        VersionId = JsonAnswer.TextOrNull(json, "VersionId"),
        SecretString = JsonAnswer.TextOrNull(json, "SecretString"),
        SecretBinary = JsonAnswer.BytesOrNull(json, "SecretBinary"),
    };

    private static AwsSecretError Error(JsonElement json) => new()
    {
        SecretId = JsonAnswer.TextOrNull(json, "SecretId"),
        ErrorCode = AwsErrorCode.Clean(JsonAnswer.TextOrNull(json, "ErrorCode")),
    };

    private static AwsSecretDescription Description(JsonElement json, string versions) => new()
    {
        Arn = JsonAnswer.TextOrNull(json, "ARN"),
        Name = JsonAnswer.TextOrNull(json, "Name"),
        VersionIdsToStages = JsonAnswer.Member(json, versions) is { } stages
            ? stages.EnumerateObject().ToDictionary(v => v.Name, v => (IReadOnlyList<string>)JsonAnswer.ListOrEmpty(stages, v.Name, s => s.GetString() ?? ""), StringComparer.Ordinal)
            : [],
        LastChangedDate = JsonAnswer.TimeOrNull(json, "LastChangedDate"),
        DeletedDate = JsonAnswer.TimeOrNull(json, "DeletedDate"),
    };

    private async Task<T> CallAsync<T>(string operation, JsonObject members, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        JsonAnswer.Read(await _connection.CallAsync(operation, JsonAnswer.Write(members), cancellationToken).ConfigureAwait(false), read);
}
