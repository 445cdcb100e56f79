using System.Text.Json.Nodes;

namespace Secrets.TestServers.Vault;

/// <summary>The answers that Vault's HTTP API reference names.</summary>
public sealed class VaultServerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch);
    private readonly VaultServer _server;

    public VaultServerTests()
    {
        _server = new VaultServer { Clock = _clock };
        _server.SetSecret("secret/shop/a", """{"k":"1"}""");
        _server.SetSecret("secret/shop/a", """{"k":"2"}""");
        _server.SetSecret("secret/shop/deep/b", """{"k":"1"}""");
        _server.SetSecret("secret/gone", """{"k":"1"}""");
        _server.DeleteLatest("secret/gone");
        _server.SetSecret("secret/destroyed", """{"k":"1"}""");
        _server.DestroyLatest("secret/destroyed");
        _server.SetSecret("kv/plain", """{"k":"1"}""");
        _server.SetRole("app", new VaultDynamicRole(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15)));
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "r", ["secret_id"] = "s" }, TimeSpan.FromMinutes(5));
        _server.SetLogin("ldap/login/ann", new JsonObject { ["password"] = "right" }, TimeSpan.FromMinutes(5));
        _server.SetLogin("ldap/login/bob", new JsonObject { ["password"] = "right" }, TimeSpan.FromMinutes(5));
        _server.Lock("ldap/login/bob");
        _server.SetLogin("cert/login", new VaultCertificateLogin("web", TimeSpan.FromMinutes(5), new HashSet<string>(StringComparer.Ordinal)));
        _server.Deny("secret/data/denied");
    }

    public static TheoryData<string, string> Rows => new()
    {
        { "GET /v1/secret/data/shop/a", "200 *\"data\":{\"data\":{\"k\":\"2\"},\"metadata\":{\"created_time\":\"1970-01-01T00:00:00.000000000Z\",\"deletion_time\":\"\",\"destroyed\":false,\"version\":2" },
        { "GET /v1/secret/data/shop/a?version=1", "200 *\"data\":{\"data\":{\"k\":\"1\"}" },
        { "GET /v1/secret/data/shop/a?version=3", "404 {\"errors\":[]}" },
        { "GET /v1/secret/data/shop/a?foo=1&version=1", "200 *\"data\":{\"data\":{\"k\":\"1\"}" },
        { "GET /v1/secret/data/shop/a?version=x", "400 {\"errors\":[\"Field validation failed" },
        { "GET /v1/secret/data/destroyed", "404 *\"data\":{\"data\":null,*\"destroyed\":true" },
        { "GET /v1/secret/detailed-metadata/shop/?scan=true", "404 *\"data\":null,*Invalid path for a versioned K/V secrets engine" },
        { "GET /v1/secret/metadata/shop/?list=true&limit=1", "200 *\"data\":{\"keys\":[\"a\",\"deep/\"]}" },
        { "SCAN /v1/secret/metadata/shop/", "405 {\"errors\":[\"unsupported operation" },
        { "GET /v1/secret/data/none", "404 {\"errors\":[]}" },
        { "GET /v1/secret/data/gone", "404 *\"data\":{\"data\":null,\"metadata\":{" },
        { "GET /v1/secret/data/denied", "403 {\"errors\":[\"1 error occurred:" },
        { "GET /v1/secret/metadata/shop/a", "200 *\"current_version\":2" },
        { "GET /v1/secret/metadata/shop?list=true", "200 *\"data\":{\"keys\":[\"a\",\"deep/\"]}" },
        { "LIST /v1/secret/metadata/shop", "200 *\"data\":{\"keys\":[\"a\",\"deep/\"]}" },
        { "GET /v1/secret/metadata/none?list=true", "404 {\"errors\":[]}" },
        { "GET /v1/kv/plain", "200 *\"lease_duration\":2764800,\"data\":{\"k\":\"1\"}" },
        { "GET /v1/database/creds/app", "200 *\"lease_id\":\"database/creds/app/lease-1\",\"renewable\":true,\"lease_duration\":600" },
        { "GET /v1/database/creds/none", "400 {\"errors\":[\"unknown role: none" },
        { "GET /v1/sys/internal/ui/mounts/secret/shop", "200 *\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}" },
        { "GET /v1/sys/internal/ui/mounts/other", "403 {\"errors\":[\"preflight capability check" },
        { "POST /v1/sys/leases/renew {\"lease_id\":\"none\"}", "400 {\"errors\":[\"lease not found" },
        { "POST /v1/sys/leases/renew x", "400 {\"errors\":[\"error parsing JSON" },
        { "POST /v1/auth/approle/login {x", "400 {\"errors\":[\"error parsing JSON" },
        { "POST /v1/sys/leases/renew [1]", "400 {\"errors\":[\"error parsing JSON" },
        { "POST /v1/sys/leases/revoke {\"lease_id\":\"none\"}", "204 " },
        { "POST /v1/sys/wrapping/lookup {\"token\":\"none\"}", "400 {\"errors\":[\"wrapping token is not valid or does not exist" },
        { "POST /v1/auth/ldap/login/ann {\"password\":\"wrong\"}", "400 {\"errors\":[\"ldap operation failed" },
        { "POST /v1/auth/ldap/login/ann {\"password\":\"right\"}", "200 *\"username\":\"ann\"" },
        { "POST /v1/auth/ldap/login/bob {\"password\":\"right\"}", "403 {\"errors\":[\"permission denied" },
        { "POST /v1/auth/cert/login {}", "400 {\"errors\":[\"client certificate must be supplied" },
        { "GET /v1/other/x", "404 {\"errors\":[\"no handler for route" },
    };

    public static TheoryData<string, string> OpenBaoRows => new()
    {
        { "SCAN /v1/secret/metadata/shop/", "200 *\"data\":{\"keys\":[\"a\",\"deep/b\"]}" },
        { "SCAN /v1/secret/detailed-metadata/shop/", "200 *\"keys\":[\"a\",\"deep/b\"]*\"deep/b\":{\"cas_required\"" },
        { "GET /v1/secret/detailed-metadata/shop/?scan=true&limit=1&after=a", "200 *\"keys\":[\"a\",\"deep/b\"]" },
        { "GET /v1/secret/detailed-metadata/none/?scan=true", "200 *\"data\":{}," },
        { "GET /v1/kv/detailed-metadata/?scan=true", "200 *\"data\":{}," },
        { "SCAN /v1/kv/", "200 *\"data\":{\"keys\":[\"plain\"]}" },
        { "GET /v1/secret/detailed-metadata/shop/?list=true", "200 *\"keys\":[\"a\",\"deep/\"],\"key_info\":{\"a\":{*\"current_version\":2" },
        { "GET /v1/secret/detailed-metadata/none/?list=true", "404 {\"errors\":[]}" },
        { "GET /v1/secret/detailed-metadata/shop/", "405 {\"errors\":[\"unsupported operation" },
        { "GET /v1/secret/metadata/shop/?list=true&limit=1", "200 *\"data\":{\"keys\":[\"a\"]}" },
        { "GET /v1/secret/metadata/shop/?list=true&limit=1&after=a", "200 *\"data\":{\"keys\":[\"deep/\"]}" },
        { "GET /v1/secret/metadata/shop/?list=true&limit=x", "400 {\"errors\":[\"Field validation failed" },
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_call_has_its_answer(string call, string answer)
    {
        string[] parts = answer.Split('*');
        string seen = await AskAsync(call, _server.AcceptedToken);
        Assert.StartsWith(parts[0], seen, StringComparison.Ordinal);
        Assert.All(parts.Skip(1), part => Assert.Contains(part, seen, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OpenBaoRows))]
    public Task A_call_has_the_answer_of_OpenBao(string call, string answer)
    {
        _server.IsOpenBao = true;
        return A_call_has_its_answer(call, answer);
    }

    [Fact]
    public async Task A_bearer_token_is_as_good_as_the_header_of_Vault()
    {
        await _server.ListenAsync();
        Assert.StartsWith("200 ", await _server.AskAsync(new SocketsHttpHandler(), _server.Address, "GET /v1/kv/plain", ("Authorization", "Bearer " + _server.AcceptedToken)), StringComparison.Ordinal);
        Assert.StartsWith("403 ", await _server.AskAsync(new SocketsHttpHandler(), _server.Address, "GET /v1/kv/plain", ("Authorization", "Bearer another")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_lives_as_long_as_it_was_given_and_is_renewed_within_its_limit()
    {
        VaultIssuedToken token = _server.Issue(TimeSpan.FromMinutes(10), maxTimeToLive: TimeSpan.FromMinutes(15));
        Assert.Contains("\"ttl\":600,", await AskAsync("GET /v1/auth/token/lookup-self", token.Text), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Contains("\"lease_duration\":360,", await AskAsync("POST /v1/auth/token/renew-self {}", token.Text), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.StartsWith("403 ", await AskAsync("GET /v1/auth/token/lookup-self", token.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_ends_with_its_token()
    {
        VaultIssuedToken token = _server.Issue(TimeSpan.FromHours(1));
        await AskAsync("GET /v1/database/creds/app", token.Text);
        VaultIssuedLease lease = Assert.Single(_server.Leases);
        _clock.Advance(TimeSpan.FromMinutes(9));
        string renew = $"POST /v1/sys/leases/renew {{\"lease_id\":\"{lease.Id}\"}}";
        Assert.Contains("\"lease_duration\":360,", await AskAsync(renew, _server.AcceptedToken), StringComparison.Ordinal);
        Assert.StartsWith("204 ", await AskAsync("POST /v1/auth/token/revoke-self {}", token.Text), StringComparison.Ordinal);
        Assert.True(lease.IsRevoked);
        Assert.StartsWith("400 ", await AskAsync(renew, _server.AcceptedToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /v1/auth/approle/login {\"role_id\":\"r\",\"secret_id\":\"s\"}", "200 *\"client_token\":\"hvs.issued-1\"")]
    [InlineData("POST /v1/auth/approle/login {\"role_id\":\"r\",\"secret_id\":\"x\"}", "400 *invalid role or secret ID")]
    [InlineData("POST /v1/auth/other/login {}", "403 *permission denied")]
    public async Task A_login_needs_what_it_was_given(string call, string answer)
    {
        string seen = await AskAsync(call, token: null);
        Assert.StartsWith(answer.Split('*')[0], seen, StringComparison.Ordinal);
        Assert.Contains(answer.Split('*')[1], seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "403 ")]
    [InlineData("sealed", "503 {\"errors\":[\"Vault is sealed")]
    [InlineData("another namespace", "404 {\"errors\":[\"namespace not found")]
    [InlineData("standing by", "307 http://127.0.0.1:1/v1/kv/plain")]
    public async Task A_node_may_refuse(string how, string answer)
    {
        _server.IsSealed = how == "sealed";
        _server.Namespace = how == "another namespace" ? "team" : "";
        _server.ActiveNode = how == "standing by" ? new Uri("http://127.0.0.1:1/") : null;
        Assert.StartsWith(answer, await AskAsync("GET /v1/kv/plain", how == "nobody" ? null : _server.AcceptedToken), StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string call, string? token)
    {
        await _server.ListenAsync();
        return await _server.AskAsync(new SocketsHttpHandler { AllowAutoRedirect = false }, _server.Address, call, token is null ? [] : [("X-Vault-Token", token)]);
    }
}
