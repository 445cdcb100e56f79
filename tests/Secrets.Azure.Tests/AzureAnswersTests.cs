using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Secrets.TestServers.Azure;
using Secrets.TestServers.Faults;

namespace Secrets.Azure.Tests;

/// <summary>Answers that differ by server: challenges, refusals with their reasons, and what the reference does not require.</summary>
public sealed class AzureAnswersTests : IAsyncDisposable
{
    private readonly AzureServer _server = AzureServers.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_challenge_for_another_domain_is_told_and_gets_no_token()
    {
        _server.SetSecret("a", "1");
        AzureKeyVaultOptions options = Options();
        options.VaultUri = Elsewhere();
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
        Assert.Contains("it asks for a token for vault.test, which its address is not below; correct VaultUri.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a SecretClient of your own with DisableChallengeResourceVerification", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Calls, c => c.Header("Authorization") is not null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_of_one_s_own_may_let_it_count(bool isDisabled)
    {
        _server.SetSecret("a", "1");
        using var http = new HttpClient(_server.CreateHandler());
        var client = new SecretClient(
            Elsewhere(),
            new AzureServers.FixedCredential(AzureServer.Token),
            new SecretClientOptions { Transport = new HttpClientTransport(http), DisableChallengeResourceVerification = isDisabled });
        Task<SecretsStore> build = new SecretsBuilder().AddAzureKeyVault(new AzureKeyVaultOptions(), client).BuildAsync(Token);
        if (isDisabled)
        {
            using SecretsStore secrets = await build;
            Assert.Equal("1", secrets.GetString("a"));
        }
        else
        {
            SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => build);
            Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
            Assert.Contains("it asks for a token for another domain, which its address is not below", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ForbiddenByPolicy", true, "the permission List of the vault's access policy; or name what is needed with Require")]
    [InlineData("ForbiddenByRbac", true, "the role Key Vault Secrets User on the whole vault; or name what is needed with Require")]
    [InlineData("ForbiddenByPolicy", false, "the permission Get of the vault's access policy")]
    [InlineData("ForbiddenByRbac", false, "let this program's identity read it: the role Key Vault Secrets User.")]
    [InlineData("ForbiddenByFirewall", false, "the vault's network rules keep this machine out")]
    [InlineData("ForbiddenByConnection", true, "the vault's network rules keep this machine out")]
    public async Task A_refusal_has_the_sentence_of_its_reason(string reason, bool isList, string sentence)
    {
        _server.SetSecret("a", "1");
        _server.DenialReason = reason;
        _server.MayList = false;
        _server.Deny("a");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(isList ? Options() : Options().Secret("a", at: "a")));
        Assert.Equal((SecretsErrorCode.AccessDenied, "Forbidden"), (failure.Code, failure.VendorCode));
        Assert.Contains($"status 403, Forbidden, {reason}; ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.ErrorText, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_disabled_is_told_so_with_its_version()
    {
        _server.SetSecret("a", "1", enabled: false);
        const string version = "00000000000000000000000000000001";
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options().Secret("a", at: "a", version: version)));
        Assert.Contains($"a (version {version}) in Azure Key Vault {_server.Host}: status 403, Forbidden, SecretDisabled; enable it, or leave it out.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_has_a_location_of_its_own()
    {
        _server.SetSecret("a", "1");
        const string version = "00000000000000000000000000000001";
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "a", version: version));
        Assert.Equal($"{_server.VaultUri}secrets/a/{version}", secrets["a"].Origin.Location);
    }

    [Fact]
    public async Task A_redirect_says_so()
    {
        _server.Inject(FaultKind.Redirect);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options()));
        Assert.Contains("status 307; it is a redirect, which is not followed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_names_the_host()
    {
        _server.Inject(FaultKind.Truncated);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options()));
        Assert.Contains($": {_server.VaultUri.Authority} ", failure.Message, StringComparison.Ordinal);
    }

    // "SecretListResult" and "SecretBundle" of the REST reference require no member.
    [Theory]
    [InlineData("""{"value":null}""", 0)]
    [InlineData("""{"nextLink":null}""", 0)]
    [InlineData("""{"nextLink":""}""", 0)]
    [InlineData("""{"nextLink":"https://shop.vault.azure.net/secrets?page=2"}""", 1)]
    [InlineData("""{"value":[{"id":"https://shop.vault.azure.net/secrets/a"}]}""", 1)]
    public async Task Nothing_is_demanded_that_the_reference_does_not_require(string page, int count)
    {
        using var answers = new Answers(page);
        SecretClient client = answers.CreateClient();
        SecretsBuilder chain = new SecretsBuilder().AddAzureKeyVault(new AzureKeyVaultOptions(), client);
        using SecretsStore secrets = await chain.BuildAsync(Token);
        Assert.Equal(count, secrets.Count);
        if (count > 0)
        {
            Assert.Equal("1", secrets.GetString("a"));
            await secrets.RefreshAsync(Token);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"value":1}""")]
    [InlineData("""{"value":[{}]}""")]
    [InlineData("""{"error":{"code":"Unknown"}}""")]
    public async Task What_is_no_page_is_no_empty_vault(string page)
    {
        using var answers = new Answers(page);
        SecretClient client = answers.CreateClient();
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddAzureKeyVault(new AzureKeyVaultOptions(), client).BuildAsync(Token));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
    }

    [Fact]
    public async Task Versions_without_a_time_do_not_hide_a_change()
    {
        using var answers = new Answers("""{"value":[]}""");
        SecretClient client = answers.CreateClient();
        using SecretsStore secrets = await new SecretsBuilder().Require("a").AddAzureKeyVault(new AzureKeyVaultOptions(), client).BuildAsync(Token);
        answers.Value = "2";
        await secrets.RefreshAsync(Token);
        Assert.Equal("2", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_value_that_a_server_gives_of_a_disabled_secret_is_not_served()
    {
        using var answers = new Answers("""{"value":[]}""") { Attributes = """{"enabled":false}""" };
        SecretClient client = answers.CreateClient();
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddAzureKeyVault(new AzureKeyVaultOptions().Secret("a", at: "a"), client).BuildAsync(Token));
        Assert.Equal((SecretsErrorCode.AccessDenied, "SecretDisabled"), (failure.Code, failure.VendorCode));
    }

    private Uri Elsewhere() => new($"https://{Guid.NewGuid():n}.example:{_server.Address.Port}/");

    private AzureKeyVaultOptions Options() => new AzureKeyVaultOptions().At(_server);

    private static Task<SecretsStore> BuildAsync(AzureKeyVaultOptions options) => new SecretsBuilder().AddAzureKeyVault(options).BuildAsync(Token);

    /// <summary>A vault that answers with as few members as may be: one secret, and two versions of it, of which one has no attributes.</summary>
    private sealed class Answers(string page) : HttpMessageHandler
    {
        private const string Secret = "https://shop.vault.azure.net/secrets/a";

        public string Value { get; set; } = "1";

        public string? Attributes { get; init; }

        public SecretClient CreateClient() => new(
            new Uri("https://shop.vault.azure.net"),
            new AzureServers.FixedCredential("token"),
            new SecretClientOptions { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)) });

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Authorization is null)
            {
                var challenge = new HttpResponseMessage(HttpStatusCode.Unauthorized);
                challenge.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/t\", resource=\"https://vault.azure.net\"");
                return Task.FromResult(challenge);
            }

            string body = request.RequestUri!.PathAndQuery switch
            {
                var target when target.Contains("page=2", StringComparison.Ordinal) => $$"""{"value":[{"id":"{{Secret}}"}]}""",
                var target when target.StartsWith("/secrets?", StringComparison.Ordinal) => page,
                var target when target.StartsWith("/secrets/a/versions", StringComparison.Ordinal) =>
                    $$"""{"value":[{"id":"{{Secret}}/1","attributes":{"created":100,"updated":100} },{"id":"{{Secret}}/2"}]}""",
                _ => Attributes is null ? $$"""{"value":"{{Value}}"}""" : $$"""{"value":"{{Value}}","attributes":{{Attributes}}}""",
            };
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
