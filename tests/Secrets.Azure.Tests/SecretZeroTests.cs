using Secrets.TestServers.Azure;

namespace Secrets.Azure.Tests;

/// <summary>A credential that is itself a secret of the sources above.</summary>
public sealed class SecretZeroTests : IAsyncDisposable
{
    private readonly AzureServer _server = AzureServers.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_credential_comes_from_a_source_above()
    {
        _server.SetSecret("a", "1");
        using SecretsStore secrets = await BuildAsync(AzureServer.Token, view => new AzureServers.FixedCredential(view.GetString("azure.token")));
        Assert.Equal(("1", "azure"), (secrets.GetString("a"), secrets["a"].Origin.SourceName));
    }

    [Fact]
    public async Task A_wrong_one_is_refused() => Assert.Equal(
        SecretsErrorCode.AccessDenied,
        (await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync("wrong", view => new AzureServers.FixedCredential(view.GetString("azure.token"))))).Code);

    [Theory]
    [InlineData("two\nlines-of-a-token")]
    [InlineData("tökén")]
    public async Task A_token_that_no_header_can_hold_is_refused_and_not_quoted(string token)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => BuildAsync(token, view => new AzureServers.FixedCredential(view.GetString("azure.token"))));
        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.Contains("is not one line of letters, digits and signs; correct the credential.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Calls, c => c.Header("Authorization") is not null);
        Assert.DoesNotContain(token.Split('\n')[^1], failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_at_all_is_not_replaced_by_the_machine_s()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync("x", _ => null!));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, 0), (failure.Code, _server.CallCount));
    }

    private Task<SecretsStore> BuildAsync(string token, Func<SecretsView, AzureServers.FixedCredential> credential)
    {
        AzureKeyVaultOptions options = new AzureKeyVaultOptions().At(_server);
        options.Credential = null;
        return new SecretsBuilder().AddInMemory(new Dictionary<string, object?> { ["azure.token"] = token }).AddAzureKeyVault(options, credential)
            .BuildAsync(TestContext.Current.CancellationToken);
    }
}
