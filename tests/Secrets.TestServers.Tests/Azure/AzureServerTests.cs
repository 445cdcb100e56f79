using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;

namespace Secrets.TestServers.Azure;

/// <summary>The answers that the Key Vault REST reference names, as far as the captured ones do not contradict it.</summary>
public sealed class AzureServerTests : IAsyncDisposable
{
    private readonly AzureServer _server = new() { Clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(100)) };

    public static TheoryData<string, string> Rows => new()
    {
        { "GET /secrets/a?api-version=7.6", "200 {\"id\":\"https://" },
        { "GET /secrets/A?api-version=7.6", "200 {\"id\":\"https://" },
        { "GET /secrets/a", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "GET /secrets/none?api-version=7.6", "404 {\"error\":{\"code\":\"SecretNotFound\"" },
        { "GET /secrets/a/00000000000000000000000000000000?api-version=7.6", "404 {\"error\":{\"code\":\"SecretNotFound\"" },
        { "GET /secrets/off?api-version=7.6", "403 {\"error\":{\"code\":\"Forbidden\",\"message\":\"Forbidden: as the test says\",\"innererror\":{\"code\":\"SecretDisabled\"}}}" },
        { "GET /secrets/denied?api-version=7.6", "403 {\"error\":{\"code\":\"Forbidden\",\"message\":\"Forbidden: as the test says\",\"innererror\":{\"code\":\"ForbiddenByPolicy\"}}}" },
        { "GET /secrets?api-version=7.6&maxresults=26", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "PUT /secrets/new?api-version=7.6 {\"value\":\"x\"}", "200 {\"id\":\"https://" },
        { "PUT /secrets/bad_name?api-version=7.6 {\"value\":\"x\"}", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "PUT /secrets/new?api-version=7.6 {}", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "PUT /secrets/new?api-version=7.6 {", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "GET /secrets?api-version=7.6&maxresults=x", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "GET /secrets?api-version=7.6&maxresults=0", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "GET /secrets?api-version=7.6&$skiptoken=x", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "GET /secrets/a/versions?api-version=7.6&maxresults=x", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "PUT /secrets/new?api-version=7.6 {\"value\":1}", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "PUT /secrets/new?api-version=7.6 {\"value\":\"x\",\"attributes\":{\"enabled\":\"yes\"}}", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "PUT /secrets/new?api-version=7.6 [1]", "400 {\"error\":{\"code\":\"BadParameter\"" },
        { "PATCH /secrets/none/1?api-version=7.6 {}", "404 {\"error\":{\"code\":\"SecretNotFound\"" },
        { "DELETE /secrets/a?api-version=7.6", "200 {\"id\":\"https://" },
        { "DELETE /secrets/none?api-version=7.6", "404 {\"error\":{\"code\":\"SecretNotFound\"" },
        { "GET /keys?api-version=7.6", "404 {\"error\":{\"code\":\"NotFound\"" },
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_call_has_its_answer(string call, string answer)
    {
        _server.SetSecret("a", "1");
        _server.SetSecret("off", "2", enabled: false);
        _server.SetSecret("denied", "3");
        _server.Deny("denied");
        Assert.StartsWith(answer, await AskAsync(call), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_token_is_told_where_tokens_are()
    {
        await _server.ListenAsync();
        string answer = await _server.AskAsync(_server.CreateHandler(), _server.VaultUri, "GET /secrets/a?api-version=7.6");
        Assert.StartsWith("401 Bearer authorization=\"https://login.microsoftonline.com/", answer, StringComparison.Ordinal);
        Assert.Contains("resource=\"https://vault.test\"", answer, StringComparison.Ordinal);
        Assert.Equal(["challenge"], _server.Calls.Select(c => c.Operation));
    }

    [Fact]
    public async Task A_list_has_pages_of_twenty_five_without_values_or_versions()
    {
        for (int i = 0; i < 30; i++)
        {
            _server.SetSecret(FormattableString.Invariant($"s{i:D2}"), "the value");
        }

        string first = await AskAsync("GET /secrets?api-version=7.6");
        Assert.Equal(25, first.Split("\"id\":").Length - 1);
        Assert.Contains("\"nextLink\":\"https://", first, StringComparison.Ordinal);
        string last = await AskAsync("GET /secrets?api-version=7.6&$skiptoken=25");
        Assert.Equal(5, last.Split("\"id\":").Length - 1);
        Assert.EndsWith("\"nextLink\":null}", last, StringComparison.Ordinal);
        Assert.DoesNotContain("the value", first + last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_lead_where_the_vault_was_asked()
    {
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "1");
        await _server.ListenAsync();
        using SocketsHttpHandler handler = _server.CreateHandler();
        string answer = await _server.AskAsync(handler, _server.Address, "GET /secrets?api-version=7.6&maxresults=1", ("Authorization", "Bearer " + AzureServer.Token));
        Assert.Contains($"\"nextLink\":\"{_server.Address}secrets?", answer, StringComparison.Ordinal);
        Assert.Contains($"\"id\":\"{_server.Address}secrets/a\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_version_is_listed_and_can_be_had()
    {
        _server.SetSecret("a", "1");
        _server.SetSecret("a", "2", expires: DateTimeOffset.FromUnixTimeSeconds(200), notBefore: DateTimeOffset.FromUnixTimeSeconds(50));
        string id = $"{_server.VaultUri}secrets/a/";
        await _server.ListenAsync();
        id = id.Replace(":0/", $":{_server.Address.Port}/", StringComparison.Ordinal);
        Assert.Equal(
            "200 {\"value\":["
            + $"{{\"id\":\"{id}00000000000000000000000000000001\",\"attributes\":{{\"enabled\":true,\"created\":100,\"updated\":100,\"recoveryLevel\":\"Recoverable\"}}}},"
            + $"{{\"id\":\"{id}00000000000000000000000000000002\",\"attributes\":{{\"enabled\":true,\"created\":100,\"updated\":100,\"recoveryLevel\":\"Recoverable\",\"exp\":200,\"nbf\":50}}}}],\"nextLink\":null}}",
            await AskAsync("GET /secrets/a/versions?api-version=7.6"));
        Assert.EndsWith("\"value\":\"1\"}", await AskAsync("GET /secrets/a/00000000000000000000000000000001?api-version=7.6"), StringComparison.Ordinal);
        Assert.EndsWith("\"value\":\"2\"}", await AskAsync("GET /secrets/a/?api-version=7.6"), StringComparison.Ordinal);
    }

    // Over the vendor's own client.
    [Fact]
    public async Task What_is_set_with_a_secret_is_kept_with_its_version()
    {
        await _server.ListenAsync();
        using var http = new HttpClient(_server.CreateHandler());
        var client = new SecretClient(
            _server.VaultUri,
            DelegatedTokenCredential.Create((_, _) => new AccessToken(AzureServer.Token, DateTimeOffset.UtcNow.AddHours(1))),
            new SecretClientOptions { Transport = new HttpClientTransport(http) });
        var secret = new KeyVaultSecret("a", "1")
        {
            Properties = { Enabled = false, ContentType = "text/plain", ExpiresOn = DateTimeOffset.FromUnixTimeSeconds(300), NotBefore = DateTimeOffset.FromUnixTimeSeconds(50), Tags = { ["env"] = "prod" } },
        };
        SecretProperties set = (await client.SetSecretAsync(secret, Token)).Value.Properties;
        Assert.Equal((false, "text/plain", 300L, 50L, "prod"), Told(set));
        SecretProperties listed = await client.GetPropertiesOfSecretsAsync(Token).FirstAsync(Token);
        Assert.Equal((false, "text/plain", 300L, 50L, "prod"), Told(listed));

        set.Enabled = true;
        Assert.Equal((true, "text/plain", 300L, 50L, "prod"), Told((await client.UpdateSecretPropertiesAsync(set, Token)).Value));
        Assert.Equal("1", (await client.GetSecretAsync("a", cancellationToken: Token)).Value.Value);
        await client.SetSecretAsync("a", "1", Token);
        Assert.Equal(2, await client.GetPropertiesOfSecretVersionsAsync("a", Token).CountAsync(Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (bool?, string?, long?, long?, string?) Told(SecretProperties secret) =>
        (secret.Enabled, secret.ContentType, secret.ExpiresOn?.ToUnixTimeSeconds(), secret.NotBefore?.ToUnixTimeSeconds(), secret.Tags["env"]);

    private async Task<string> AskAsync(string call)
    {
        await _server.ListenAsync();
        return await _server.AskAsync(_server.CreateHandler(), _server.VaultUri, call, ("Authorization", "Bearer " + AzureServer.Token));
    }
}
