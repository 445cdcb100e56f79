using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace Secrets.Aws.Tests;

sealed class SdkParameters(IAmazonSimpleSystemsManagement client) : IAwsParameterStoreApi
{
    public async Task<AwsParameterBatch> GetParametersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var answer = await client.GetParametersAsync(new GetParametersRequest { Names = [.. names], WithDecryption = true }, cancellationToken);
        return new AwsParameterBatch { Parameters = [.. (answer.Parameters ?? []).Select(ToParameter)], InvalidParameters = answer.InvalidParameters ?? [] };
    }

    public async Task<AwsParameterList> GetParametersByPathAsync(string path, string? nextToken, bool withDecryption, CancellationToken cancellationToken)
    {
        var request = new GetParametersByPathRequest { Path = path, Recursive = true, WithDecryption = withDecryption, NextToken = nextToken };
        var answer = await client.GetParametersByPathAsync(request, cancellationToken);
        return new AwsParameterList { Parameters = [.. (answer.Parameters ?? []).Select(ToParameter)], NextToken = answer.NextToken };
    }

    private static AwsParameter ToParameter(Parameter p) =>
        new() { Arn = p.ARN, Name = p.Name, Type = p.Type, Version = p.Version, Selector = p.Selector, Value = p.Value };
}
