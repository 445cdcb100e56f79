using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Secrets.Aws.Tests.Runtime;

/// <summary>
/// The models of both services ("secretsmanager-2017-10-17" and "ssm-2014-11-06", which all SDKs are generated from) require no member of an answer. What is needed is a
/// value; every other member may be left out.
/// </summary>
public sealed class RequiredMembersTests
{
    private const string Secret = """{"ARN":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/a-AbCdEf","Name":"prod/a","VersionId":"v1","VersionStages":["AWSCURRENT"],"CreatedDate":1,"SecretString":"x"}""";
    private const string Other = """{"ARN":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/b-AbCdEf","Name":"prod/b","VersionId":"v1","SecretString":"y"}""";
    private const string Parameter = """{"ARN":"arn:aws:ssm:eu-west-1:123456789012:parameter/prod/a","Name":"/prod/a","Type":"String","Version":1,"LastModifiedDate":1,"DataType":"text","Value":"x"}""";
    private const string Described = """{"ARN":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/a-AbCdEf","Name":"prod/a","LastChangedDate":1,"CreatedDate":1,"VersionIdsToStages":{"v1":["AWSCURRENT"]}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> SecretMembers => new(Members(Secret).Except(["SecretString"]));

    public static TheoryData<string> ParameterMembers => new(Members(Parameter).Except(["Value"]));

    public static TheoryData<string> DescribedMembers => new(Members(Described).Append("all"));

    [Theory]
    [MemberData(nameof(SecretMembers))]
    public async Task A_secret_is_read_without_any_other_member(string member)
    {
        using SecretsStore secrets = await BuildAsync(Manager((_, _) => Without(Secret, member)).Secret("prod/a", at: "a"));
        Assert.Equal("x", secrets.GetString("a"));
    }

    [Theory]
    [MemberData(nameof(SecretMembers))]
    public async Task A_secret_of_a_group_is_read_without_any_other_member(string member)
    {
        using SecretsStore secrets = await BuildAsync(Manager((operation, _) => operation == "BatchGetSecretValue"
            ? $$"""{"SecretValues":[{{Without(Secret, member)}},{{Other}}]}"""
            : Without(Secret, member)).Secret("prod/a", at: "a").Secret("prod/b", at: "b"));
        Assert.Equal(("x", "y"), (secrets.GetString("a"), secrets.GetString("b")));
    }

    [Theory]
    [InlineData("""{"Errors":[{"SecretId":"prod/a","Message":"m"}]}""")]
    [InlineData("""{"Errors":[{"ErrorCode":"ResourceNotFoundException","Message":"m"}]}""")]
    [InlineData("""{"Errors":[{}]}""")]
    [InlineData("""{"SecretValues":[]}""")]
    [InlineData("{}")]
    public async Task A_group_without_an_answer_for_a_secret_has_it_asked_for_alone(string batch)
    {
        using SecretsStore secrets = await BuildAsync(Manager((operation, input) =>
            operation == "BatchGetSecretValue" ? batch : (string?)input["SecretId"] == "prod/a" ? Secret : Other).Secret("prod/a", at: "a").Secret("prod/b", at: "b"));
        Assert.Equal(("x", "y"), (secrets.GetString("a"), secrets.GetString("b")));
    }

    [Theory]
    [InlineData("Name")]
    [InlineData("ARN")]
    public async Task A_secret_without_a_value_is_absent(string member)
    {
        using SecretsStore secrets = await BuildAsync(Manager((_, _) => new JsonObject { [member] = "prod/a" }.ToJsonString()).Secret("prod/a", at: "a"));
        Assert.Empty(secrets);
    }

    [Fact]
    public async Task An_answer_that_says_nothing_is_not_absence()
    {
        AwsSecretsManagerOptions options = Manager((_, _) => "{}").Secret("prod/a", at: "a");
        options.Optional = true;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
    }

    [Theory]
    [MemberData(nameof(DescribedMembers))]
    public async Task A_look_at_versions_needs_no_member(string member)
    {
        string value = Secret;
        using SecretsStore secrets = await BuildAsync(Manager((operation, _) => operation == "GetSecretValue" ? value : Without(Described, member)).Secret("prod/a", at: "a"));
        value = Secret.Replace("\"x\"", "\"new\"", StringComparison.Ordinal).Replace("v1", "v2", StringComparison.Ordinal);
        await secrets.RefreshAsync(Token);

        // As long as the versions are told, nothing has changed; where they are not, all is fetched.
        Assert.Equal(member is "VersionIdsToStages" or "all" ? "new" : "x", secrets.GetString("a"));
    }

    [Theory]
    [MemberData(nameof(DescribedMembers))]
    public async Task A_listing_needs_names_alone(string member)
    {
        string entry = Without(Described.Replace("VersionIdsToStages", "SecretVersionsToStages", StringComparison.Ordinal), member.Replace("VersionIdsToStages", "SecretVersionsToStages", StringComparison.Ordinal));
        using SecretsStore secrets = await BuildAsync(Manager((operation, _) => operation == "GetSecretValue" ? Secret : $$"""{"SecretList":[{{entry}}]}""").Prefix("prod/"));
        bool isNamed = member is not ("Name" or "all");
        Assert.Equal(isNamed ? ["a"] : [], secrets.Keys);
        Assert.Equal(isNamed ? [] : ["An entry below prod/ in AWS Secrets Manager in eu-west-1 has no name, and is left out."], secrets.Warnings.Select(w => w.Message));
    }

    [Fact]
    public async Task A_list_that_is_left_out_is_empty()
    {
        using SecretsStore secrets = await BuildAsync(Manager((_, _) => "{}").Prefix("prod/"));
        using SecretsStore parameters = await BuildAsync(Parameters((_, _) => "{}").Prefix("/prod/"));
        Assert.Empty(secrets);
        Assert.Empty(parameters);
    }

    [Theory]
    [MemberData(nameof(ParameterMembers))]
    public async Task A_parameter_is_read_without_any_other_member(string member)
    {
        using SecretsStore secrets = await BuildAsync(Parameters((_, _) => $$"""{"Parameters":[{{Without(Parameter, member)}}]}""").Parameter("/prod/a", at: "a"));
        Assert.Equal("x", secrets.GetString("a"));
    }

    [Theory]
    [MemberData(nameof(ParameterMembers))]
    public async Task A_parameter_below_a_path_is_read_without_any_other_member(string member)
    {
        const string Next = """{"Name":"/prod/b","Type":"String","Value":"y"}""";
        using SecretsStore secrets = await BuildAsync(Parameters((_, _) => $$"""{"Parameters":[{{Without(Parameter, member)}},{{Next}}]}""").Prefix("/prod/"));
        Assert.Equal(member == "Name" ? ["b"] : ["a", "b"], secrets.Keys);
        Assert.Equal(member == "Name" ? 1 : 0, secrets.Warnings.Count);
    }

    [Fact]
    public async Task A_parameter_below_a_path_without_a_value_is_asked_for_by_name()
    {
        using SecretsStore secrets = await BuildAsync(Parameters((operation, _) => operation == "GetParametersByPath"
            ? $$"""{"Parameters":[{{Without(Parameter, "Value")}}]}"""
            : $$"""{"Parameters":[{{Parameter}}]}""").Prefix("/prod/"));
        Assert.Equal("x", secrets.GetString("a"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Parameters":[]}""")]
    [InlineData("""{"Parameters":[{"Name":"/prod/a"}]}""")]
    [InlineData("""{"InvalidParameters":[]}""")]
    public async Task A_group_that_says_nothing_of_a_parameter_has_it_asked_for_alone(string group)
    {
        using SecretsStore secrets = await BuildAsync(Parameters((_, input) => ((JsonArray)input["Names"]!).Count > 1
            ? group
            : $$"""{"Parameters":[{{Parameter}}]}""").Parameter("/prod/a", at: "a").Parameter("/prod/b", at: "b"));
        Assert.Equal("x", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_parameter_of_which_nothing_is_said_is_not_absent()
    {
        AwsParameterStoreOptions options = Parameters((_, _) => """{"Parameters":[{"Name":"/prod/a"}]}""").Parameter("/prod/a", at: "a");
        options.Optional = true;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
    }

    private static IEnumerable<string> Members(string json) => ((JsonObject)JsonNode.Parse(json)!).Select(m => m.Key);

    private static string Without(string json, string member)
    {
        var members = (JsonObject)JsonNode.Parse(json)!;
        if (member == "all")
        {
            return "{}";
        }

        Assert.True(members.Remove(member));
        return members.ToJsonString();
    }

    private static AwsSecretsManagerOptions Manager(Func<string, JsonObject, string> answer) => Options<AwsSecretsManagerOptions>(answer);

    private static AwsParameterStoreOptions Parameters(Func<string, JsonObject, string> answer) => Options<AwsParameterStoreOptions>(answer);

    private static T Options<T>(Func<string, JsonObject, string> answer)
        where T : AwsSourceOptions, new() => new()
        {
            Region = "eu-west-1",
            Credentials = new BasicAWSCredentials("key", "secret"),
            MaxAttempts = 1,
            Handler = () => new ScriptedService((operation, input) => (200, answer(operation, input))),
        };

    private static Task<SecretsStore> BuildAsync(AwsSecretsManagerOptions options) => new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(Token);

    private static Task<SecretsStore> BuildAsync(AwsParameterStoreOptions options) => new SecretsBuilder().AddAwsParameterStore(options).BuildAsync(Token);
}
