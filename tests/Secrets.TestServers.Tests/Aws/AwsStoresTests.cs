using System.Text.Json.Nodes;

namespace Secrets.TestServers.Aws;

/// <summary>The limits and answers that the services' API references name.</summary>
public sealed class AwsStoresTests : IAsyncDisposable
{
    private readonly AwsServer _server = new();

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "GetSecretValue", """{"SecretId":"none"}""", "ResourceNotFoundException" },
        { "GetSecretValue", "{}", "ValidationException" },
        { "GetSecretValue", """{"SecretId":"a","VersionStage":"NONE"}""", "ResourceNotFoundException" },
        { "GetSecretValue", """{"SecretId":"deleted"}""", "InvalidRequestException" },
        { "GetSecretValue", """{"SecretId":"denied"}""", "AccessDeniedException" },
        { "GetSecretValue", """{"SecretId":"undecryptable"}""", "DecryptionFailure" },
        { "BatchGetSecretValue", "{}", "InvalidParameterException" },
        { "BatchGetSecretValue", """{"SecretIdList":[]}""", "ValidationException" },
        { "BatchGetSecretValue", $$"""{"SecretIdList":[{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"id{i}\""))}}]}""", "ValidationException" },
        { "BatchGetSecretValue", """{"SecretIdList":["a"],"MaxResults":5}""", "InvalidParameterException" },
        { "BatchGetSecretValue", """{"SecretIdList":["a"],"NextToken":"nonsense"}""", "InvalidNextTokenException" },
        { "ListSecrets", """{"MaxResults":101}""", "ValidationException" },
        { "ListSecrets", """{"Filters":[{"Key":"bogus","Values":["x"]}]}""", "ValidationException" },
        { "CreateSecret", """{"Name":"a","SecretString":"x"}""", "ResourceExistsException" },
        { "CreateSecret", """{"Name":"with space","SecretString":"x"}""", "ValidationException" },
        { "CreateSecret", """{"Name":"new","SecretString":"x","SecretBinary":"AA=="}""", "InvalidParameterException" },
        { "PutSecretValue", """{"SecretId":"a"}""", "InvalidParameterException" },
        { "Nonsense", "{}", "UnknownOperationException" },
        { "GetParameter", """{"Name":"/none"}""", "ParameterNotFound" },
        { "GetParameters", $$"""{"Names":[{{string.Join(',', Enumerable.Range(0, 11).Select(i => $"\"/p{i}\""))}}]}""", "ValidationException" },
        { "GetParametersByPath", """{"Path":"/prod","MaxResults":11}""", "ValidationException" },
        { "GetParametersByPath", """{"Path":"prod"}""", "ValidationException" },
        { "PutParameter", """{"Name":"/prod/p","Value":"x"}""", "ParameterAlreadyExists" },
    };

    public AwsStoresTests()
    {
        foreach (string name in new[] { "a", "deleted", "denied", "undecryptable" })
        {
            _server.SetSecret(name, "text of " + name);
        }

        _server.MarkDeleted("deleted");
        _server.Deny("denied");
        _server.FailDecryption("undecryptable");
        _server.SetParameter("/prod/p", "value");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_has_the_service_s_code(string operation, string input, string code) =>
        Assert.Equal(code, Assert.Throws<AwsException>(() => Run(operation, input)).Code);

    [Fact]
    public void A_batch_has_an_error_for_each_that_failed()
    {
        JsonObject answer = Run("BatchGetSecretValue", """{"SecretIdList":["a","none","denied"]}""");
        Assert.Equal(["a"], answer["SecretValues"]!.AsArray().Select(s => (string?)s!["Name"]));
        Assert.Equal(["none ResourceNotFoundException", "denied AccessDeniedException"], answer["Errors"]!.AsArray().Select(e => $"{e!["SecretId"]} {e["ErrorCode"]}"));
    }

    [Fact]
    public void What_is_put_becomes_current_and_what_was_so_previous()
    {
        Run("PutSecretValue", """{"SecretId":"a","SecretString":"new"}""");
        Assert.Equal("new", (string?)Run("GetSecretValue", """{"SecretId":"a"}""")["SecretString"]);
        Assert.Equal("text of a", (string?)Run("GetSecretValue", """{"SecretId":"a","VersionStage":"AWSPREVIOUS"}""")["SecretString"]);
        Assert.Equal(2, Run("DescribeSecret", """{"SecretId":"a"}""")["VersionIdsToStages"]!.AsObject().Count);
    }

    [Fact]
    public void A_parameter_that_is_not_decrypted_is_not_shown() =>
        Assert.NotEqual("value", (string?)Run("GetParameter", """{"Name":"/prod/p"}""")["Parameter"]!["Value"]);

    private JsonObject Run(string operation, string input) => operation.Contains("Parameter", StringComparison.Ordinal)
        ? _server.Parameters.Run(operation, (JsonObject)JsonNode.Parse(input)!)
        : _server.Secrets.Run(operation, (JsonObject)JsonNode.Parse(input)!);
}
