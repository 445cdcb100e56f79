using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Vault;
using Secrets.Tests.Fakes;

namespace Secrets.Vault.Tests;

/// <summary>Client certificates, sockets and names of servers, over real connections.</summary>
public sealed class VaultConnectionsTests : IAsyncDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly X509Certificate2 _authority = TestCertificate.Create();
    private readonly VaultServer _server;

    public VaultConnectionsTests()
    {
        _server = VaultServers.Start(new VaultServer { Certificate = _authority, RequiresClientCertificate = true });
        _server.SetSecret("secret/shop", """{"a":"1"}""");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("web")]
    public async Task A_certificate_logs_in(string? role)
    {
        string thumbprint = WritePair();
        Accept(thumbprint);
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Certificate(role));
        Assert.Equal(("1", "login mount read"), (secrets.GetString("a"), _server.Operations()));
        Assert.Equal(("/v1/auth/cert/login", role is null ? "{}" : """{"name":"web"}"""), (_server.Calls[0].Target, _server.Calls[0].Text));
        Assert.All(_server.Calls, c => Assert.Equal(thumbprint, c.ClientThumbprint));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_certificate_gets_it_with_any_login()
    {
        WritePair();
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Token(_server.AcceptedToken));
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task One_file_may_hold_both()
    {
        WritePair();
        _folder.Write("both.pem", _folder.Read("client.pem") + "\n" + _folder.Read("client.key"));
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Token(_server.AcceptedToken), o => o.ClientCertificate = new VaultClientCertificate(_folder["both.pem"]));
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_certificate_that_was_replaced_is_shown_from_the_next_call_on()
    {
        Accept(WritePair());
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Certificate());
        string second = WritePair();
        Accept(second);
        _server.Revoke(_server.LiveTokens.Single());
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal("metadata lookup-self login metadata", _server.Operations());
        Assert.All(_server.Calls, c => Assert.Equal(second, c.ClientThumbprint));
    }

    [Fact]
    public async Task A_pair_of_which_one_file_was_replaced_leaves_the_one_of_before()
    {
        string first = WritePair();
        Accept(first);
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Certificate());
        string key = _folder.Read("client.key");
        string second = WritePair();
        string newKey = _folder.Read("client.key");
        _folder.Write("client.key", key);
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.All(_server.Calls, c => Assert.Equal(first, c.ClientThumbprint));
        Assert.Contains(_folder["client.key"], Assert.Single(secrets.Warnings).Message, StringComparison.Ordinal);

        _folder.Write("client.key", newKey);
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Empty(secrets.Warnings);
        Assert.All(_server.Calls, c => Assert.Equal(second, c.ClientThumbprint));
    }

    [Fact]
    public async Task A_file_that_was_away_and_is_back_as_it_was_is_no_warning()
    {
        Accept(WritePair());
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Certificate());
        File.Move(_folder["client.pem"], _folder["away.pem"]);
        await secrets.RefreshAsync(Token);
        Assert.Contains(_folder["client.pem"], Assert.Single(secrets.Warnings).Message, StringComparison.Ordinal);

        File.Move(_folder["away.pem"], _folder["client.pem"]);
        await secrets.RefreshAsync(Token);
        Assert.Empty(secrets.Warnings);
    }

    [Theory]
    [InlineData("missing.pem", "FileNotFoundException")]
    [InlineData("garbage.pem", "CryptographicException")]
    public async Task Files_that_are_no_pair_are_named(string file, string why)
    {
        _folder.Write("garbage.pem", "s3cret garbage");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => BuildAsync(VaultLogin.Certificate(), o => o.ClientCertificate = new VaultClientCertificate(_folder[file])));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, 0), (failure.Code, _server.CallCount));
        Assert.Contains(_folder[file], failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_there_is_no_connection()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.Token(_server.AcceptedToken), o => o.ClientCertificate = null));
        Assert.Equal((SecretsErrorCode.Unavailable, 0), (failure.Code, _server.CallCount));
        Assert.Contains("where the server requires a client certificate, set ClientCertificate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_has_answered_is_not_said_to_want_a_certificate()
    {
        WritePair();
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Token(_server.AcceptedToken));
        _server.Inject(TestServers.Faults.FaultKind.Reset);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(Token));
        Assert.DoesNotContain("ClientCertificate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificate_may_have_another_name_than_the_address()
    {
        await using VaultServer server = VaultServers.Start(new VaultServer { Certificate = TestCertificate.Create("vault.internal", isOfLoopback: false) });
        server.SetSecret("secret/shop", """{"a":"1"}""");
        VaultOptions options = new VaultOptions { TlsServerName = "vault.internal", CertificateAuthorities = { server.Certificate! } }.At(server).Secret("secret/shop");
        await using SecretsStore secrets = await new SecretsBuilder().AddVault(options).BuildAsync(Token);
        Assert.Equal("1", secrets.GetString("a"));

        options.TlsServerName = "other.internal";
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddVault(options).BuildAsync(Token));
        Assert.Contains("shows a certificate for another name", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("vällt.internal")]
    public async Task Each_spelling_of_a_name_is_checked(string name)
    {
        await using VaultServer server = VaultServers.Start(new VaultServer { Certificate = _authority });
        VaultOptions options = new VaultOptions { TlsServerName = name, CertificateAuthorities = { _authority } }.At(server).Secret("secret/shop");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddVault(options).BuildAsync(Token));
        Assert.Contains("shows a certificate for another name", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_of_this_machine_is_an_address()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsUnixDomainSockets, "This system has no Unix sockets.");
        await using VaultServer agent = VaultServers.Start(new VaultServer { SocketPath = _folder["agent 1.sock"] });
        agent.SetSecret("secret/shop", """{"a":"1"}""");
        VaultOptions options = new VaultOptions().At(agent).Secret("secret/shop");
        await using SecretsStore secrets = await new SecretsBuilder().AddVault(options).BuildAsync(Token);
        Assert.Equal(("1", "lookup-self mount read"), (secrets.GetString("a"), agent.Operations()));
        Assert.Equal("localhost", agent.Calls[0].Header("Host"));
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_named()
    {
        VaultOptions options = new VaultOptions { Address = new Uri("unix://" + _folder["none.sock"]), Login = VaultLogin.None, MaxAttempts = 1 }.Secret("secret/shop");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddVault(options).BuildAsync(Token));
        Assert.Equal(SecretsErrorCode.Unavailable, failure.Code);
        Assert.Contains("there is no connection to the socket " + _folder["none.sock"], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_leads_nowhere_else()
    {
        await using VaultServer standby = VaultServers.Start(new VaultServer { SocketPath = _folder["standby.sock"], ActiveNode = new Uri("https://localhost:1/") });
        VaultOptions options = new VaultOptions { RedirectHosts = { "localhost" } }.At(standby).Secret("secret/shop");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddVault(options).BuildAsync(Token));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, 1), (failure.Code, standby.CallCount));
    }

    private void Accept(string thumbprint) =>
        _server.SetLogin("cert/login", new VaultCertificateLogin("web", TimeSpan.FromHours(1), new HashSet<string>(StringComparer.Ordinal) { thumbprint }));

    private string WritePair()
    {
        using X509Certificate2 pair = TestCertificate.Create("client", isOfLoopback: false, usage: "1.3.6.1.5.5.7.3.2");
        using ECDsa key = pair.GetECDsaPrivateKey()!;
        _folder.Write("client.pem", pair.ExportCertificatePem());
        _folder.Write("client.key", key.ExportPkcs8PrivateKeyPem());
        return pair.Thumbprint;
    }

    private Task<SecretsStore> BuildAsync(VaultLogin login, Action<VaultOptions>? set = null)
    {
        VaultOptions options = new VaultOptions { ClientCertificate = new VaultClientCertificate(_folder["client.pem"], _folder["client.key"]) }.At(_server, login).Secret("secret/shop");
        options.CertificateAuthorities.Add(_authority);
        set?.Invoke(options);
        return new SecretsBuilder().AddVault(options).BuildAsync(Token);
    }
}
