using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using Moq;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Gcp;

namespace Secrets.Gcp.Tests;

public sealed class GoogleSecretManagerSourceTests : IAsyncDisposable
{
    // Versions were made a while ago, as most are.
    private readonly GcpServer _server = GcpServers.Start(new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1)));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("token", "token")]
    [InlineData("database--password", "database.password")]
    [InlineData("API_KEY", "api_key")]
    public async Task Two_dashes_nest(string id, string path)
    {
        _server.SetSecret(id, "x");
        using SecretsStore secrets = await BuildAsync(Options());
        Assert.Equal("x", secrets.GetString(path));
    }

    [Fact]
    public async Task On_demand_nothing_is_listed_and_spellings_are_tried_in_their_order()
    {
        _server.DenyOperation("list");
        _server.SetSecret("database--password", "x");
        _server.SetSecret("trello--api-key", "y");
        SecretsBuilder chain = new SecretsBuilder().Require("database.password", "trello.api_key").AddGoogleSecretManager(Options());
        SecretsSourcePlan plan = (await chain.PlanAsync(TestContext.Current.CancellationToken)).Single(p => p.IsRemote);
        Assert.Equal(["database--password", "trello--api_key"], plan.NativeNames);
        Assert.Equal((2, 0), (plan.Calls, _server.CallCount));

        using SecretsStore secrets = await chain.BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("x", "y"), (secrets.GetString("database.password"), secrets.GetString("trello.api_key")));
        Assert.Equal(["access", "access", "access"], _server.Calls.Select(c => c.Operation));

        _server.ForgetCalls();
        SecretsView before = secrets.Current;
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["get-version", "get-version"], _server.Calls.Select(c => c.Operation));
        Assert.Same(before, secrets.Current);
    }

    [Fact]
    public async Task The_name_of_a_member_is_the_last_spelling_and_each_is_a_round()
    {
        _server.SetSecret("OpenAIApiKey", "x");
        using SecretsStore secrets = await new SecretsBuilder().Require<WithMember>().AddGoogleSecretManager(Options()).BuildAsync(TestContext.Current.CancellationToken);

        Assert.Equal("x", secrets.Get<WithMember>().OpenAIApiKey);
        string[] rounds = ["open_ai_api_key", "open-ai-api-key", "OPEN_AI_API_KEY", "OpenAiApiKey", "openAiApiKey", "OpenAIApiKey"];
        Assert.Equal(rounds.Length, _server.CallCount);
        Assert.All(rounds.Zip(_server.Calls), pair => Assert.Contains($"/secrets/{pair.First}/", pair.Second.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_miss_says_that_other_spellings_are_not_looked_for()
    {
        _server.SetSecret("OPENAI_API_KEY", "x");

        SecretNotFoundException miss = await Assert.ThrowsAsync<SecretNotFoundException>(
            () => new SecretsBuilder().Require<WithMember>().AddGoogleSecretManager(Options()).BuildAsync(TestContext.Current.CancellationToken));

        Assert.Contains("cannot look for other spellings: [SecretName(", miss.Message, StringComparison.Ordinal);
        Assert.Contains("OpenAIApiKey", miss.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_share_a_connection()
    {
        _server.SetSecret("token", "x");
        using SecretsStore secrets = await BuildAsync(Options());
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.True(_server.CallCount > 1);
        Assert.Single(_server.Calls.Select(c => c.Connection).Distinct());
    }

    [Fact]
    public async Task An_unchanged_refresh_fetches_no_value()
    {
        _server.PageSize = 7;
        for (int i = 0; i < 20; i++)
        {
            _server.SetSecret(FormattableString.Invariant($"shop-key{i}"), "value");
        }

        _server.SetSecret("other", "never read");
        using SecretsStore secrets = await BuildAsync(Options().Prefix("shop-"));
        Assert.Equal((20, 3), (secrets.Count, _server.Calls.Count(c => c.Operation == "list")));

        _server.SetSecret("shop-key3", "changed");
        _server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("changed", secrets.GetString("key3"));
        Assert.Equal(1, _server.Calls.Count(c => c.Operation == "access"));
    }

    [Fact]
    public async Task Where_versions_may_not_be_looked_at_a_refresh_fetches()
    {
        _server.SetSecret("a", "1");
        _server.DenyOperation("get-version");
        using SecretsStore secrets = await BuildAsync(Options());
        _server.SetSecret("a", "2");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", secrets.GetString("a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_secret_that_is_deleted_and_made_anew_is_fetched_though_its_version_has_the_same_name(bool mayLookAtVersions)
    {
        await using GcpServer server = GcpServers.Start(TimeProvider.System);
        if (!mayLookAtVersions)
        {
            server.DenyOperation("get-version");
        }

        server.SetSecret("a", "old");
        using SecretsStore secrets = await BuildAsync(new GoogleSecretManagerOptions().At(server).Secret("a", at: "a"));
        server.DeleteSecret("a");
        server.SetSecret("a", "new");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("new", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_version_that_is_disabled_fails_the_next_refresh()
    {
        _server.SetSecret("a", "1");
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "a"));
        _server.Disable("a");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal((SecretsErrorCode.AccessDenied, "FAILED_PRECONDITION"), (failure.Code, failure.VendorCode));
    }

    [Fact]
    public async Task A_page_of_something_else_is_no_absence()
    {
        _server.Inject(FaultKind.PageNotFound);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddGoogleSecretManager(Options().Secret("a", at: "a")).AddInMemory([new("a", "of a lower source")]).BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
    }

    [Fact]
    public async Task A_version_is_chosen()
    {
        _server.SetSecret("a", "first");
        _server.SetSecret("a", "second");
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "latest").Secret("a", at: "pinned", version: "1"));
        Assert.Equal(("second", "first"), (secrets.GetString("latest"), secrets.GetString("pinned")));
        Assert.Equal(("2", "1"), (secrets["latest"].Origin.Version, secrets["pinned"].Origin.Version));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_content_with_a_wrong_checksum_is_read_once_more(int wrong, bool isRead)
    {
        _server.SetSecret("a", "1");
        _server.WrongChecksums = wrong;

        // One secret is missing, so that a build succeeds although the other cannot be read.
        GoogleSecretManagerOptions options = Options().Secret("a", at: "a").Secret("missing", at: "missing");
        options.MaxAttempts = 2;
        options.MaxConcurrentCalls = 1;
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(2, _server.Calls.Count(c => c.Path.Contains("/secrets/a/", StringComparison.Ordinal)));
        if (isRead)
        {
            Assert.Equal("1", secrets.GetString("a"));
        }
        else
        {
            SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => secrets.GetString("a"));
            Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
            Assert.Contains("checksum", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("denied", "PERMISSION_DENIED")]
    [InlineData("disabled", "FAILED_PRECONDITION")]
    public async Task One_secret_that_cannot_be_read_leaves_the_others(string how, string vendorCode)
    {
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "2");
        if (how == "denied")
        {
            _server.Deny("a");
        }
        else
        {
            _server.Disable("a");
        }

        using SecretsStore secrets = await BuildAsync(Options());
        Assert.Equal("2", secrets.GetString("b"));
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => secrets.GetString("a", "fallback"));
        Assert.Equal((SecretsErrorCode.AccessDenied, vendorCode), (failure.Code, failure.VendorCode));
    }

    [Fact]
    public async Task The_fields_of_an_object_may_be_keys_of_the_root()
    {
        _server.SetSecret("shop", """{"database":{"password":"x"}}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("shop"));
        Assert.Equal("x", secrets.GetString("database.password"));
        Assert.Equal("projects/shop-1/secrets/shop#/database/password", secrets["database"]["password"].Origin.Location);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Throttle)]
    [InlineData(FaultKind.Reset)]
    public async Task What_may_pass_is_tried_again(FaultKind fault)
    {
        _server.SetSecret("a", "1");
        _server.Inject(fault, times: 1);
        GoogleSecretManagerOptions options = Options().Secret("a", at: "a");
        options.MaxAttempts = 2;
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(2, _server.CallCount);
    }

    [Fact]
    public async Task A_token_comes_from_a_service_account_s_key()
    {
        _server.SetSecret("a", "1");
        GoogleSecretManagerOptions options = Options().Secret("a", at: "a");
        options.Credential = Google.Apis.Auth.OAuth2.CredentialFactory.FromJson<Google.Apis.Auth.OAuth2.ServiceAccountCredential>(_server.ServiceAccountFile()).ToGoogleCredential()
            .CreateScoped("https://www.googleapis.com/auth/cloud-platform");
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(["token", "access"], _server.Calls.Select(c => c.Operation));
    }

    [Theory]
    [InlineData("refused connection", SecretsErrorCode.Unavailable)]
    [InlineData("503", SecretsErrorCode.Unavailable)]
    [InlineData("an empty answer", SecretsErrorCode.Unavailable)]
    [InlineData("silence", SecretsErrorCode.Unavailable)]
    [InlineData("invalid_grant", SecretsErrorCode.AccessDenied)]
    [InlineData("no key", SecretsErrorCode.AccessDenied)]
    public async Task An_outage_of_what_gives_tokens_is_told_from_a_refusal(string what, SecretsErrorCode code)
    {
        GoogleSecretManagerOptions options = Options().Secret("a", at: "a");
        options.CallTimeLimit = TimeSpan.FromMilliseconds(what == "silence" ? 200 : 9000);
        var credential = new Mock<ICredential>();
        credential.Setup(c => c.GetAccessTokenForRequestAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(TokenOf(what));
        options.Credential = credential.Object;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options));
        Assert.Equal(code, failure.Code);
        Assert.Contains("no token could be had for the credentials", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("quotes", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _server.CallCount);
    }

    // The vendor's library throws these, as measured with version 1.78.
    private static Task<string> TokenOf(string what) => what switch
    {
        "silence" => new TaskCompletionSource<string>().Task,
        "refused connection" => Task.FromException<string>(new HttpRequestException(HttpRequestError.ConnectionError, "quotes")),
        "503" => Task.FromException<string>(new TokenResponseException(new TokenErrorResponse { Error = "quotes" }, HttpStatusCode.ServiceUnavailable)),
        "an empty answer" => Task.Run(string () => throw new TokenResponseException(null!, HttpStatusCode.ServiceUnavailable)),
        "no key" => Task.FromException<string>(new InvalidOperationException("quotes")),
        _ => Task.FromException<string>(new TokenResponseException(new TokenErrorResponse { Error = "quotes" }, HttpStatusCode.BadRequest)),
    };

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_although_its_time_is_not_over()
    {
        _server.SetSecret("a", "1");
        GoogleSecretManagerOptions options = Options().Secret("a", at: "a");
        options.Credential = Google.Apis.Auth.OAuth2.CredentialFactory.FromJson<Google.Apis.Auth.OAuth2.ServiceAccountCredential>(_server.ServiceAccountFile()).ToGoogleCredential()
            .CreateScoped("https://www.googleapis.com/auth/cloud-platform");
        using SecretsStore secrets = await BuildAsync(options);
        _server.AcceptedToken = "another";
        _server.SetSecret("a", "2");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", secrets.GetString("a"));
    }

    private GoogleSecretManagerOptions Options() => new GoogleSecretManagerOptions().At(_server);

    private static Task<SecretsStore> BuildAsync(GoogleSecretManagerOptions options) =>
        new SecretsBuilder().AddGoogleSecretManager(options).BuildAsync(TestContext.Current.CancellationToken);

    private sealed record WithMember(string OpenAIApiKey);
}
