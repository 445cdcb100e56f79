using Google.Apis.Auth.OAuth2;
using Secrets.TestServers.Gcp;

namespace Secrets.Gcp.Tests;

/// <summary>A credential that is itself a secret of the sources above.</summary>
public sealed class SecretZeroTests : IAsyncDisposable
{
    private readonly GcpServer _server = GcpServers.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_service_account_s_key_comes_from_a_source_above()
    {
        _server.SetSecret("a", "1");
        using SecretsStore secrets = await BuildAsync(view => CredentialFactory.FromJson<ServiceAccountCredential>(view.GetString("google.service_account"))
            .ToGoogleCredential().CreateScoped("https://www.googleapis.com/auth/cloud-platform"));
        Assert.Equal(("1", "gcp"), (secrets.GetString("a"), secrets["a"].Origin.SourceName));
        Assert.Equal("token", _server.Calls[0].Operation);
    }

    [Fact]
    public async Task A_wrong_one_is_refused() => Assert.Equal(
        SecretsErrorCode.AccessDenied, (await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_ => GoogleCredential.FromAccessToken("wrong")))).Code);

    [Theory]
    [InlineData("two\nlines-of-a-token")]
    [InlineData("tökén")]
    public async Task A_token_that_no_header_can_hold_is_refused_and_not_quoted(string token)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_ => GoogleCredential.FromAccessToken(token)));
        Assert.Equal((SecretsErrorCode.AccessDenied, 0), (failure.Code, _server.CallCount));
        Assert.Contains("is not one line of letters, digits and signs", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('\n')[^1], failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_at_all_is_not_replaced_by_the_machine_s()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_ => null!));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, 0), (failure.Code, _server.CallCount));
    }

    private Task<SecretsStore> BuildAsync(Func<SecretsView, ICredential> credential)
    {
        GoogleSecretManagerOptions options = new GoogleSecretManagerOptions().At(_server);
        options.Credential = null;
        return new SecretsBuilder().AddInMemory(new Dictionary<string, object?> { ["google.service_account"] = _server.ServiceAccountFile() })
            .AddGoogleSecretManager(options, credential).BuildAsync(TestContext.Current.CancellationToken);
    }
}
