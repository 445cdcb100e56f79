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
        { "PutSecretValue", """{"SecretId":"a","SecretString":"x","VersionStages":[]}""", "ValidationException" },
        { "GetSecretValue", """{"SecretId":"valueless"}""", "ResourceNotFoundException" },
        { "Nonsense", "{}", "UnknownOperationException" },
        { "GetParameter", """{"Name":"/none"}""", "ParameterNotFound" },
        { "GetParameter", """{"Name":"/prod/p:2","WithDecryption":true}""", "ParameterVersionNotFound" },
        { "GetParameter", """{"Name":"arn:aws:ssm:us-east-1:123456789012:parameter/prod/p"}""", "ParameterNotFound" },
        { "GetParameter", """{"Name":"/aws/reference/secretsmanager/a"}""", "ValidationException" },
        { "GetParameter", """{"Name":"/aws/reference/secretsmanager/none","WithDecryption":true}""", "ParameterNotFound" },
        { "LabelParameterVersion", """{"Name":"/none","Labels":["l"]}""", "ParameterNotFound" },
        { "LabelParameterVersion", """{"Name":"/prod/p","Labels":["l"],"ParameterVersion":9}""", "ParameterVersionNotFound" },
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
        _server.SetSecretWithoutValue("valueless");
        _server.SetParameter("/prod/p", "value");
        _server.SetParameter("plain", "plain value");
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
    public void What_is_put_with_other_labels_does_not_become_current()
    {
        Run("PutSecretValue", """{"SecretId":"a","SecretString":"pending","VersionStages":["AWSPENDING"]}""");
        Assert.Equal("text of a", (string?)Run("GetSecretValue", """{"SecretId":"a"}""")["SecretString"]);
        Assert.Equal("pending", (string?)Run("GetSecretValue", """{"SecretId":"a","VersionStage":"AWSPENDING"}""")["SecretString"]);

        // A label belongs to one version.
        Run("PutSecretValue", """{"SecretId":"a","SecretString":"other","VersionStages":["AWSPENDING","mine"]}""");
        Assert.Equal("other", (string?)Run("GetSecretValue", """{"SecretId":"a","VersionStage":"AWSPENDING"}""")["SecretString"]);
        Assert.Equal(["AWSCURRENT", "AWSPENDING,mine"], Run("DescribeSecret", """{"SecretId":"a"}""")["VersionIdsToStages"]!.AsObject()
            .Select(v => string.Join(',', v.Value!.AsArray().Select(s => (string?)s))).Order(StringComparer.Ordinal));

        Run("PutSecretValue", """{"SecretId":"a","SecretString":"current","VersionStages":["AWSCURRENT"]}""");
        Assert.Equal("text of a", (string?)Run("GetSecretValue", """{"SecretId":"a","VersionStage":"AWSPREVIOUS"}""")["SecretString"]);
    }

    [Fact]
    public void A_secret_without_a_value_is_described_and_fails_in_a_batch()
    {
        Assert.False(Run("DescribeSecret", """{"SecretId":"valueless"}""").ContainsKey("VersionIdsToStages"));
        JsonObject answer = Run("BatchGetSecretValue", """{"SecretIdList":["a","valueless"]}""");
        Assert.Equal(["valueless ResourceNotFoundException"], answer["Errors"]!.AsArray().Select(e => $"{e!["SecretId"]} {e["ErrorCode"]}"));
    }

    [Theory]
    [InlineData(AwsErrorNames.AsAsked, "denied")]
    [InlineData(AwsErrorNames.None, null)]
    public void An_error_of_a_batch_names_what_it_is_told_to(AwsErrorNames names, string? expected)
    {
        _server.ErrorNames = names;
        Assert.Equal(expected, (string?)Run("BatchGetSecretValue", """{"SecretIdList":["denied"]}""")["Errors"]![0]!["SecretId"]);
    }

    [Fact]
    public void An_error_of_a_batch_may_name_the_arn()
    {
        _server.ErrorNames = AwsErrorNames.Arn;
        Assert.Equal(_server.ArnOf("denied"), (string?)Run("BatchGetSecretValue", """{"SecretIdList":["denied"]}""")["Errors"]![0]!["SecretId"]);
    }

    [Theory]
    [InlineData("arn:aws:ssm:eu-west-1:123456789012:parameter/prod/p", "/prod/p", null)]
    [InlineData("arn:aws:ssm:eu-west-1:123456789012:parameter/prod/p:1", "/prod/p", ":1")]
    [InlineData("arn:aws:ssm:eu-west-1:123456789012:parameter/plain", "plain", null)]
    [InlineData("/prod/p:1", "/prod/p", ":1")]
    [InlineData("/prod/p:live", "/prod/p", ":live")]
    public void A_parameter_has_an_arn_versions_and_labels(string asked, string name, string? selector)
    {
        Run("LabelParameterVersion", """{"Name":"/prod/p","Labels":["live"]}""");
        JsonNode parameter = Run("GetParameter", $$"""{"Name":"{{asked}}","WithDecryption":true}""")["Parameter"]!;
        Assert.Equal((name, selector), ((string?)parameter["Name"], (string?)parameter["Selector"]));
    }

    [Fact]
    public void A_reference_has_the_secret_s_value_and_arn_and_no_version()
    {
        JsonNode parameter = Run("GetParameter", """{"Name":"/aws/reference/secretsmanager/a","WithDecryption":true}""")["Parameter"]!;
        Assert.Equal(
            ("/aws/reference/secretsmanager/a", "text of a", 0, _server.ArnOf("a")),
            ((string?)parameter["Name"], (string?)parameter["Value"], (int?)parameter["Version"], (string?)parameter["ARN"]));
    }

    [Fact]
    public void A_parameter_that_is_not_decrypted_is_not_shown() =>
        Assert.NotEqual("value", (string?)Run("GetParameter", """{"Name":"/prod/p"}""")["Parameter"]!["Value"]);

    private JsonObject Run(string operation, string input) => operation.Contains("Parameter", StringComparison.Ordinal)
        ? _server.Parameters.Run(operation, (JsonObject)JsonNode.Parse(input)!)
        : _server.Secrets.Run(operation, (JsonObject)JsonNode.Parse(input)!);
}
