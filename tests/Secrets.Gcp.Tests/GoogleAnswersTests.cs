using Secrets.TestServers.Faults;
using Secrets.TestServers.Gcp;

namespace Secrets.Gcp.Tests;

/// <summary>Answers that differ by server, by location, and by what is wrong with a project.</summary>
public sealed class GoogleAnswersTests : IAsyncDisposable
{
    // Versions were made a while ago, as most are.
    private readonly GcpServer _server = GcpServers.Start(new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1)));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Regional_secrets_are_read_of_their_location_alone()
    {
        _server.SetSecret("token", "global");
        _server.SetSecret("token", "regional", "europe-west3");
        _server.SetSecret("other", "elsewhere", "europe-west1");
        GoogleSecretManagerOptions options = Options();
        options.Location = "europe-west3";
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(["token"], secrets.Keys);
        Assert.Equal(("regional", "projects/shop-1/locations/europe-west3/secrets/token"), (secrets.GetString("token"), secrets["token"].Origin.Location));

        _server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["list", "get-version"], _server.Calls.Select(c => c.Operation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_ends_only_where_the_server_says_so(bool writesProtoNames)
    {
        _server.WritesProtoNames = writesProtoNames;
        for (int i = 0; i < 310; i++)
        {
            _server.SetSecret(FormattableString.Invariant($"key{i}"), FormattableString.Invariant($"value {i}"));
        }

        using SecretsStore secrets = await BuildAsync(Options());
        Assert.Equal((310, "value 309"), (secrets.Count, secrets.GetString("key309")));
        Assert.Equal(4, _server.Calls.Count(c => c.Operation == "list"));
    }

    [Fact]
    public async Task Another_spelling_of_answers_spares_no_check()
    {
        _server.WritesProtoNames = true;
        _server.SetSecret("a", "1");
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "a"));
        _server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["get-version"], _server.Calls.Select(c => c.Operation));

        _server.SetSecret("a", "2");
        _server.WrongChecksums = 1;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Contains("checksum", failure.Message, StringComparison.Ordinal);
    }

    // An emulator answers so for every name that it does not have.
    [Fact]
    public async Task A_spelling_that_fails_does_not_hide_the_next()
    {
        _server.SetSecret("trello--api-key", "1");
        _server.Inject(FaultKind.ServerError, when: c => c.Path.Contains("trello--api_key", StringComparison.Ordinal));
        using SecretsStore secrets = await new SecretsBuilder().Require("trello.api_key").AddGoogleSecretManager(Options()).BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1", secrets.GetString("trello.api_key"));
    }

    [Fact]
    public async Task A_path_of_the_endpoint_is_kept()
    {
        _server.SetSecret("a", "1");
        GoogleSecretManagerOptions options = Options().Secret("a", at: "a");
        options.EndpointUrl = new Uri(_server.Address, "gateway/");
        using SecretsStore secrets = await BuildAsync(options);
        Assert.StartsWith("/gateway/v1/projects/", Assert.Single(_server.Calls).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SERVICE_DISABLED", "turn it on (gcloud services enable secretmanager.googleapis.com).")]
    [InlineData("CONSUMER_INVALID", "there is no such project")]
    [InlineData("USER_PROJECT_DENIED", "roles/serviceusage.serviceUsageConsumer")]
    public async Task What_concerns_the_whole_project_ends_the_load_with_its_own_sentence(string reason, string sentence)
    {
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "1");
        _server.DenialReason = reason;
        GoogleSecretManagerOptions options = Options().Secret("a", at: "a").Secret("b", at: "b");
        options.MaxConcurrentCalls = 1;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options));
        Assert.Equal((SecretsErrorCode.AccessDenied, "PERMISSION_DENIED", 1), (failure.Code, failure.VendorCode, _server.CallCount));
        Assert.Contains($"status 403, PERMISSION_DENIED, {reason}; ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.ErrorText, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_is_mistyped_is_told()
    {
        GoogleSecretManagerOptions options = Options();
        options.Project = "shop-l";
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options));
        Assert.Contains("there is no such project, or this account may not see it: correct Project", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_list_is_told_the_role_that_lists()
    {
        _server.DenyOperation("list");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options()));
        Assert.Contains("the role roles/secretmanager.viewer", failure.Message, StringComparison.Ordinal);
        Assert.Contains("with Require or Secret, and nothing is listed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_and_a_pinned_version_are_told()
    {
        _server.Inject(FaultKind.Redirect);
        SecretsSourceException redirect = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options()));
        Assert.Contains("status 307; it is a redirect, which is not followed", redirect.Message, StringComparison.Ordinal);

        _server.Heal();
        _server.SetSecret("a", "1");
        _server.Deny("a");
        SecretsSourceException denied = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options().Secret("a", at: "a", version: "1")));
        Assert.Contains("a (version 1) in Google Secret Manager, project shop-1: status 403", denied.Message, StringComparison.Ordinal);
        Assert.Contains("The same is answered where it does not exist: look at its name too.", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quota_project_of_the_credentials_travels_with_the_call()
    {
        _server.SetSecret("a", "1");
        GoogleSecretManagerOptions options = Options().Secret("a", at: "a");
        options.Credential = Google.Apis.Auth.OAuth2.GoogleCredential.FromAccessToken(_server.AcceptedToken).CreateWithQuotaProject("quota-1");
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal("quota-1", Assert.Single(_server.Calls).Header("x-goog-user-project"));
    }

    private GoogleSecretManagerOptions Options() => new GoogleSecretManagerOptions().At(_server);

    private static Task<SecretsStore> BuildAsync(GoogleSecretManagerOptions options) =>
        new SecretsBuilder().AddGoogleSecretManager(options).BuildAsync(TestContext.Current.CancellationToken);
}
