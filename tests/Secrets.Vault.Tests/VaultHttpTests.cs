using System.Security.Cryptography.X509Certificates;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>What travels along with a call, and where to.</summary>
public sealed class VaultHttpTests : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create();
    private readonly VaultServer _active;
    private readonly VaultServer _standby;

    public VaultHttpTests()
    {
        _active = VaultServers.Start(new VaultServer { Certificate = _certificate });
        _active.SetSecret("secret/shop", """{"a":"1"}""");
        _standby = VaultServers.Start(new VaultServer { Certificate = TestCertificate.Create("standby"), ActiveNode = _active.Address });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _active.DisposeAsync();
        await _standby.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_stands_by_leads_to_the_active_one()
    {
        await using SecretsStore secrets = await BuildAsync(_standby);
        Assert.Equal("1", secrets.GetString("a"));
        Assert.Equal(("lookup-self mount read", "lookup-self mount read"), (_standby.Operations(), _active.Operations()));
    }

    [Fact]
    public async Task A_proxy_that_asks_for_a_login_is_told_as_that()
    {
        await using var vault = new MemoryVault();
        VaultOptions options = vault.Options().Secret("secret/shop");
        options.Handler = () => new ScriptedAnswers(vault.Server.CreateMemoryHandler(), _ => (407, "<html>Proxy Authentication Required</html>"));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => vault.BuildAsync(options));
        Assert.Equal((SecretsErrorCode.AccessDenied, 407), (failure.Code, failure.Status));
        Assert.Contains("status 407; the proxy asks for a login", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_follows_too_with_its_body()
    {
        _active.SetLogin("userpass/login/shop", new System.Text.Json.Nodes.JsonObject { ["password"] = "p" }, TimeSpan.FromHours(1));
        await using SecretsStore secrets = await BuildAsync(_standby, o => o.Login = VaultLogin.UserPass("shop", "p"));
        Assert.Equal("login mount read", _active.Operations());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("another-name-of-this-machine.localhost")]
    public async Task The_token_reaches_no_other_host(string host)
    {
        _standby.ActiveNode = new UriBuilder(_active.Address) { Host = host }.Uri;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_standby));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
        Assert.Contains("RedirectHosts", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _active.CallCount);
    }

    [Fact]
    public async Task A_host_may_be_allowed()
    {
        _standby.ActiveNode = new UriBuilder(_active.Address) { Host = "localhost" }.Uri;
        await using SecretsStore secrets = await BuildAsync(_standby, o => o.RedirectHosts.Add("LOCALHOST"));
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task There_is_no_way_from_https_to_http()
    {
        await using VaultServer plain = VaultServers.Start();
        _standby.ActiveNode = plain.Address;
        await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_standby, o => o.RedirectHosts.Add("127.0.0.1")));
        Assert.Equal(0, plain.CallCount);
    }

    [Fact]
    public async Task One_step_is_followed_and_no_more()
    {
        _active.ActiveNode = _active.Address;
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, (await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_standby))).Code);
        Assert.Equal((1, 1), (_standby.CallCount, _active.CallCount));
    }

    [Fact]
    public async Task A_certificate_that_no_authority_vouches_for_is_refused()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_active, o => o.CertificateAuthorities.Clear()));
        Assert.Equal((SecretsErrorCode.Unavailable, 0), (failure.Code, _active.CallCount));
    }

    [Fact]
    public async Task A_path_is_encoded_segment_by_segment()
    {
        _active.SetSecret("secret/a b/c@d+e&f", """{"a":"2"}""");
        VaultOptions options = Options(_active).Secret("secret/a b/c@d+e&f", at: "odd");
        await using SecretsStore secrets = await new SecretsBuilder().AddVault(options).BuildAsync(Token);
        Assert.Equal("2", secrets.GetString("odd.a"));
        Assert.Equal("/v1/secret/data/a%20b/c%40d%2Be%26f", _active.Calls[^1].Target);
    }

    [Fact]
    public async Task An_address_may_have_a_path_before_the_api()
    {
        VaultOptions options = Options(_active).Secret("secret/shop");
        options.Address = new Uri(_active.Address, "proxied/");
        await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddVault(options).BuildAsync(Token));
        Assert.Equal("/proxied/v1/auth/token/lookup-self", _active.Calls[0].Target);
    }

    [Fact]
    public async Task A_fault_of_the_server_shows_no_token_and_no_text_of_its()
    {
        _active.ErrorText = "a text of the server";
        _active.Inject(FaultKind.ServerError);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_active));
        Assert.DoesNotContain(_active.ErrorText, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_active.AcceptedToken, failure.ToString(), StringComparison.Ordinal);
    }

    private VaultOptions Options(VaultServer server)
    {
        VaultOptions options = new VaultOptions().At(server);
        options.CertificateAuthorities.Add(_certificate);
        options.CertificateAuthorities.Add(_standby.Certificate!);
        return options;
    }

    private Task<SecretsStore> BuildAsync(VaultServer server, Action<VaultOptions>? set = null)
    {
        VaultOptions options = Options(server).Secret("secret/shop");
        set?.Invoke(options);
        return new SecretsBuilder().AddVault(options).BuildAsync(Token);
    }
}
