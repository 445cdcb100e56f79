using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Aws.Runtime;

/// <summary>The read calls of Parameter Store, as the "AWS Systems Manager API Reference" has them.</summary>
internal sealed class AwsParameterStoreClient(AwsSourceOptions options) : IAwsParameterStoreApi
{
    private const int PageSize = 10;

    private readonly AwsConnection _connection = new(AwsService.ParameterStore, options);

    public Task<AwsParameterBatch> GetParametersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => CallAsync(
        "GetParameters",
        new JsonObject { ["Names"] = AwsJson.Array(names), ["WithDecryption"] = true },
        json => new AwsParameterBatch
        {
            Parameters = AwsJson.List(json, "Parameters", Parameter),
            InvalidParameters = AwsJson.ListOrEmpty(json, "InvalidParameters", name => name.GetString() ?? ""),
        },
        cancellationToken);

    public Task<AwsParameterList> GetParametersByPathAsync(string path, string? nextToken, CancellationToken cancellationToken) => CallAsync(
        "GetParametersByPath",
        new JsonObject { ["Path"] = path, ["Recursive"] = true, ["WithDecryption"] = true, ["MaxResults"] = PageSize, ["NextToken"] = nextToken },
        json => new AwsParameterList
        {
            Parameters = AwsJson.List(json, "Parameters", Parameter),
            NextToken = AwsJson.TextOrNull(json, "NextToken"),
        },
        cancellationToken);

    private static AwsParameter Parameter(JsonElement json) => new()
    {
        Arn = AwsJson.Text(json, "ARN"),
        Name = AwsJson.Text(json, "Name"),
        Type = AwsJson.Text(json, "Type"),
        Version = AwsJson.Number(json, "Version"),
        Selector = AwsJson.TextOrNull(json, "Selector"),
        Value = AwsJson.Text(json, "Value"),
    };

    private async Task<T> CallAsync<T>(string operation, JsonObject members, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        AwsJson.Read(await _connection.CallAsync(operation, AwsJson.Write(members), cancellationToken).ConfigureAwait(false), read);
}
