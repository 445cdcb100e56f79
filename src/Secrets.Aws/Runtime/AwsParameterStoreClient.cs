using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Remote.Http;

namespace Secrets.Aws.Runtime;

/// <summary>The read calls of Parameter Store, as the "AWS Systems Manager API Reference" has them. Its model requires no member of an answer, and neither does this.</summary>
internal sealed class AwsParameterStoreClient(AwsSourceOptions options) : IAwsParameterStoreApi
{
    private const int PageSize = 10;

    private readonly AwsConnection _connection = new(AwsService.ParameterStore, options);

    /// <summary>Gets the region that was found for the first call; <see langword="null"/> before.</summary>
    public string? Region => _connection.Region;

    public Task<AwsParameterBatch> GetParametersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => CallAsync(
        "GetParameters",
        new JsonObject { ["Names"] = JsonAnswer.Array(names), ["WithDecryption"] = true },
        json => new AwsParameterBatch
        {
            Parameters = JsonAnswer.ListOrEmpty(json, "Parameters", Parameter),
            InvalidParameters = JsonAnswer.ListOrEmpty(json, "InvalidParameters", name => name.GetString() ?? ""),
        },
        cancellationToken);

    public Task<AwsParameterList> GetParametersByPathAsync(string path, string? nextToken, bool withDecryption, CancellationToken cancellationToken) => CallAsync(
        "GetParametersByPath",
        new JsonObject { ["Path"] = path, ["Recursive"] = true, ["WithDecryption"] = withDecryption, ["MaxResults"] = PageSize, ["NextToken"] = nextToken },
        json => new AwsParameterList
        {
            Parameters = JsonAnswer.ListOrEmpty(json, "Parameters", Parameter),
            NextToken = JsonAnswer.TextOrNull(json, "NextToken"),
        },
        cancellationToken);

    private static AwsParameter Parameter(JsonElement json) => new()
    {
        Arn = JsonAnswer.TextOrNull(json, "ARN"),
        Name = JsonAnswer.TextOrNull(json, "Name"),
        Type = JsonAnswer.TextOrNull(json, "Type"),
        Version = JsonAnswer.Member(json, "Version")?.GetInt64(),
        Selector = JsonAnswer.TextOrNull(json, "Selector"),
        Value = JsonAnswer.TextOrNull(json, "Value"),
    };

    private async Task<T> CallAsync<T>(string operation, JsonObject members, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        JsonAnswer.Read(await _connection.CallAsync(operation, JsonAnswer.Write(members), cancellationToken).ConfigureAwait(false), read);
}
