using System.Globalization;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Faults;
using Secrets.Toml;

namespace Secrets.Aws.Tests;

public sealed class AwsSecretsManagerSourceTests : IAsyncDisposable
{
    private readonly AwsServer _server = AwsServers.Start();

    /// <summary>The table of docs/aws.md: a secret below the prefix <c>prod/shop/</c>, its value, and the paths that it gives.</summary>
    public static TheoryData<string, string, string> Mapping => new()
    {
        { "prod/shop/token", "x", "token" },
        { "prod/shop/database/password", "x", "database.password" },
        { "prod/shop/database", """{"password":"x","user":"y"}""", "database.password database.user" },
        { "prod/shop/database", """{"primary":{"password":"x"}}""", "database.primary.password" },
        { "prod/shop/database", """{"password":null}""", "" },
        { "prod/shop/numbers", "42", "numbers" },
        { "prod/shop/list", "[1,2]", "list" },
        { "prod/shop/api.key", "x", "\"api.key\"" },
        { "prod/shop/api-key", "x", "api-key" },
        { "prod/shop/a+b=c@d", "x", "\"a+b=c@d\"" },
        { "prod/shop/rds!db-1", "x", "\"rds!db-1\"" },
        { "prod/shop/", "x", "" },
        { "prod/shop//token", "x", "" },
        { "prod/shop/../token", "x", "" },
        { "PROD/SHOP/token", "x", "" },
        { "prod/shopping/token", "x", "" },
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Mapping))]
    public async Task A_name_below_a_prefix_is_a_path(string name, string value, string paths)
    {
        _server.SetSecret(name, value);
        SecretsBatch batch = await LoadAsync(Options().Prefix("prod/shop/"));
        Assert.Equal(paths, string.Join(' ', batch.Entries.Select(e => e.Path)));
    }

    [Fact]
    public async Task What_cannot_be_a_path_is_left_out_with_a_warning()
    {
        _server.SetSecret("prod/shop//token", "x");
        SecretsBatch batch = await LoadAsync(Options().Prefix("prod/shop/"));
        Assert.StartsWith("prod/shop//token is left out", Assert.Single(batch.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prod/shop")]
    [InlineData("arn")]
    [InlineData("arn without its end")]
    public async Task One_secret_is_asked_for_alone_by_name_or_arn(string how)
    {
        _server.SetSecret("prod/shop", """{"database":{"password":"x"}}""");
        string arn = _server.ArnOf("prod/shop");
        using SecretsStore secrets = await BuildAsync(Options().Secret(how switch { "arn" => arn, "prod/shop" => how, _ => arn[..^7] }));

        Assert.Equal("x", secrets.GetString("database.password"));
        Assert.Equal(arn + "#/database/password", secrets["database"]["password"].Origin.Location);
        Assert.Equal(["GetSecretValue"], _server.Calls.Select(c => c.Operation));
    }

    [Fact]
    public async Task A_version_is_chosen_by_label_or_identifier()
    {
        _server.SetSecret("token", "first");
        using SecretsStore first = await BuildAsync(Options().Secret("token", at: "token"));
        string id = first["token"].Origin.Version!;
        _server.SetSecret("token", "second");
        _server.ForgetCalls();
        using SecretsStore secrets = await BuildAsync(Options()
            .Secret("token", at: "current").Secret("token", at: "previous", versionStage: "AWSPREVIOUS").Secret("token", at: "pinned", versionId: id));

        Assert.Equal(("second", "first", "first"), (secrets.GetString("current"), secrets.GetString("previous"), secrets.GetString("pinned")));
        Assert.Equal(3, _server.CallCount);

        _server.SetSecret("token", "third");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("third", "second", "first"), (secrets.GetString("current"), secrets.GetString("previous"), secrets.GetString("pinned")));
    }

    [Theory]
    [InlineData("Auto", """{"a":1}""", "s.a")]
    [InlineData("Text", """{"a":1}""", "s")]
    [InlineData("Json", """{"a":1}""", "s.a")]
    [InlineData("Toml", "[t]\na = 1", "s.t.a")]
    public async Task A_format_reads_a_text(string format, string text, string path)
    {
        _server.SetSecret("secret", text);
        SecretsBatch batch = await LoadAsync(Options().Secret("secret", at: "s", format: format switch
        {
            "Auto" => SecretFormat.Auto,
            "Text" => SecretFormat.Text,
            "Json" => SecretFormat.Json,
            _ => TomlFormat.Default,
        }));
        Assert.Equal(path, Assert.Single(batch.Entries).Path.ToString());
    }

    [Theory]
    [InlineData("plain text", SecretsErrorCode.InvalidFormat)]
    [InlineData("""{"a":1,"a":2}""", SecretsErrorCode.InvalidFormat)]
    [InlineData(null, SecretsErrorCode.NotFound)]
    public async Task A_secret_whose_fields_are_the_root_s_must_be_an_object(string? value, SecretsErrorCode code)
    {
        if (value is not null)
        {
            _server.SetSecret("prod/shop", value);
        }

        SecretsSourceException failure = await FailsAsync(Options().Secret("prod/shop"), code);
        Assert.Equal(("aws", "prod/shop"), (failure.SourceName, failure.NativeName));
    }

    // Uploads of files that PowerShell wrote begin with a byte order mark.
    [Fact]
    public async Task An_object_may_begin_with_a_byte_order_mark()
    {
        _server.SetSecret("prod/shop", "\uFEFF{\"a\":\"x\"}");
        using SecretsStore secrets = await BuildAsync(Options().Secret("prod/shop"));
        Assert.Equal("x", secrets.GetString("a"));
    }

    [Theory]
    [InlineData("{\"password\":\"C4n4ry\",}", "(1,22): expected a JSON object; there is a comma before the end of the object or array. The fields")]
    [InlineData("\uFEFF {\n'password':'C4n4ry'}", "(2,1): expected a JSON object; keys and text are written in plain double quotes. The fields")]
    [InlineData("C4n4ry", " is not an object with fields. The fields")]
    [InlineData("[\"C4n4ry\"]", " is not an object with fields. The fields")]
    public async Task A_mistake_in_an_object_is_told_from_other_text_and_is_not_quoted(string text, string message)
    {
        _server.SetSecret("prod/shop", text);
        SecretsSourceException failure = await FailsAsync(Options().Secret("prod/shop"), SecretsErrorCode.InvalidFormat);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("C4n4ry", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_secret_is_absent_where_it_is_one_of_several_or_optional()
    {
        _server.SetSecret("a", "1");
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "a").Secret("b", at: "b"));
        Assert.Equal(["a"], secrets.Keys);
        Assert.Contains("b in AWS Secrets Manager in eu-west-1", Assert.Throws<SecretNotFoundException>(() => secrets.GetString("b")).Message, StringComparison.Ordinal);

        AwsSecretsManagerOptions optional = Options().Secret("prod/shop");
        optional.Optional = true;
        using SecretsStore none = await BuildAsync(optional);
        Assert.Empty(none);
    }

    [Fact]
    public async Task A_secret_without_a_value_is_absent_until_it_has_one()
    {
        _server.SetSecret("a", "1");
        _server.SetSecretWithoutValue("b");
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "a").Secret("b", at: "b"));
        Assert.Equal(["a"], secrets.Keys);
        _server.SetSecret("b", "2");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", secrets.GetString("b"));
    }

    [Fact]
    public async Task Where_the_one_secret_has_no_value_the_message_says_that_this_counts_as_missing()
    {
        _server.SetSecretWithoutValue("prod/shop");
        SecretsSourceException failure = await FailsAsync(Options().Secret("prod/shop"), SecretsErrorCode.NotFound);
        Assert.EndsWith("A secret that has no value yet, or no version with that label, counts as missing too.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("denied", SecretsErrorCode.AccessDenied, "AccessDeniedException")]
    [InlineData("key", SecretsErrorCode.AccessDenied, "DecryptionFailure")]
    [InlineData("deleted", SecretsErrorCode.AccessDenied, "InvalidRequestException")]
    [InlineData("malformed", SecretsErrorCode.InvalidFormat, null)]
    public async Task One_secret_that_cannot_be_read_leaves_the_others(string how, SecretsErrorCode code, string? vendorCode)
    {
        _server.SetSecret("a", how == "malformed" ? """{"x":1,"x":2}""" : "1");
        _server.SetSecret("b", "2");
        Action spoil = how switch
        {
            "denied" => () => _server.Deny("a"),
            "key" => () => _server.FailDecryption("a"),
            "deleted" => () => _server.MarkDeleted("a"),
            _ => () => { },
        };
        spoil();
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "a").Secret("b", at: "b"));

        Assert.Equal("2", secrets.GetString("b"));
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => secrets.GetString("a", "fallback"));
        Assert.Equal((code, vendorCode, "a"), (failure.Code, failure.VendorCode, failure.NativeName));
    }

    [Fact]
    public async Task Where_all_are_denied_the_load_fails()
    {
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "2");
        _server.Deny("a");
        _server.Deny("b");
        await FailsAsync(Options().Secret("a", at: "a").Secret("b", at: "b"), SecretsErrorCode.AccessDenied);
    }

    [Fact]
    public async Task What_was_required_is_asked_for_by_name_under_its_spellings()
    {
        _server.SetSecret("prod/shop/database", """{"password":"x","unasked":"y"}""");
        _server.SetSecret("prod/shop/api-key", "z");
        _server.SetSecret("prod/shop/other", "never asked for");
        SecretsBuilder chain = new SecretsBuilder().Require("database.password", "api_key").AddAwsSecretsManager(Options().Prefix("prod/shop/"));
        SecretsSourcePlan plan = Assert.Single((await chain.PlanAsync(TestContext.Current.CancellationToken)), p => p.IsRemote);
        Assert.Equal(["prod/shop/database/password", "prod/shop/database", "prod/shop/api_key"], plan.NativeNames);
        Assert.Equal((1, 0), (plan.Calls, _server.CallCount));

        using SecretsStore secrets = await chain.BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("x", "z"), (secrets.GetString("database.password"), secrets.GetString("api_key")));
        Assert.False(secrets.Section("database").ContainsKey("unasked"));
        Assert.Equal(["BatchGetSecretValue", "GetSecretValue"], _server.Calls.Select(c => c.Operation));
        Assert.Contains("prod/shop/api-key", _server.Calls[1].Text, StringComparison.Ordinal);

        // What was found is looked at, and the names that had nothing are not asked for again.
        _server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["DescribeSecret", "DescribeSecret"], _server.Calls.Select(c => c.Operation));
        _server.SetSecret("prod/shop/database", """{"password":"new"}""");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("new", secrets.GetString("database.password"));
    }

    [Fact]
    public async Task A_required_path_that_is_denied_is_denied_and_not_missing()
    {
        _server.SetSecret("prod/shop/a", "x");
        _server.Deny("prod/shop/b");
        SecretsBuilder chain = new SecretsBuilder().Require("a", "b").AddAwsSecretsManager(Options().Prefix("prod/shop/"));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => chain.BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
    }

    [Fact]
    public async Task A_denied_name_does_not_stand_in_the_way_of_one_that_answers()
    {
        _server.SetSecret("prod/shop/database/password", "x");
        _server.Deny("prod/shop/database");
        using SecretsStore secrets = await new SecretsBuilder().Require("database.password").AddAwsSecretsManager(Options().Prefix("prod/shop/"))
            .BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal("x", secrets.GetString("database.password"));
    }

    [Theory]
    [InlineData("\"with space\".x")]
    [InlineData("\"..\"")]
    [InlineData("\"a/b\"")]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("ключ")]
    public async Task A_required_path_that_can_be_no_name_is_refused_without_a_call(string path)
    {
        SecretsBuilder chain = new SecretsBuilder().Require(path).AddAwsSecretsManager(Options().Prefix("prod/shop/"));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => chain.BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, 0), (failure.Code, _server.CallCount));
    }

    [Fact]
    public async Task A_host_that_no_name_server_knows_is_unavailable()
    {
        AwsSecretsManagerOptions options = Options().Secret("prod/shop");
        options.Handler = () => new Unresolved();
        SecretsSourceException failure = await FailsAsync(options, SecretsErrorCode.Unavailable);
        Assert.DoesNotContain("quoted", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_reaches_nobody()
    {
        await using AwsServer target = AwsServers.Start();
        _server.RedirectTarget = target.Address;
        _server.Inject(FaultKind.Redirect);
        SecretsSourceException failure = await FailsAsync(Options().Secret("prod/shop"), SecretsErrorCode.InvalidFormat);
        Assert.Equal((307, 0), (failure.Status, target.CallCount));
    }

    private AwsSecretsManagerOptions Options() => new AwsSecretsManagerOptions().At(_server);

    private static Task<SecretsStore> BuildAsync(AwsSecretsManagerOptions options) =>
        new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(TestContext.Current.CancellationToken);

    private static async Task<SecretsBatch> LoadAsync(AwsSecretsManagerOptions options) =>
        await new AwsSecretsManagerSource(options).LoadAsync(new SecretsRequest("aws"), TestContext.Current.CancellationToken);

    private static async Task<SecretsSourceException> FailsAsync(AwsSecretsManagerOptions options, SecretsErrorCode code)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options));
        Assert.Equal(code, failure.Code);
        return failure;
    }

    private sealed class Unresolved : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "quoted");
    }
}
