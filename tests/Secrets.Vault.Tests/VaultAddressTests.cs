using Secrets.TestServers.Hosting;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

public sealed class VaultAddressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://vault.example:8200/v1", "leave out /v1")]
    [InlineData("https://vault.example:8200/v1/", "leave out /v1")]
    [InlineData("https://proxy.example/vault/v1/", "leave out /v1")]
    [InlineData("http://127.0.0.1:8200/v1", "leave out /v1")]
    [InlineData("https://vault.example:8200/ui", "leave out /ui")]
    [InlineData("https://vault.example:8200/ui/", "leave out /ui")]
    [InlineData("https://vault.example:8200/ui/vault/secrets?namespace=a", "leave out /ui")]
    [InlineData("unix://run/vault/agent.sock", "unix:// and an absolute path")]
    [InlineData("unix:///", "unix:// and an absolute path")]
    [InlineData("unix:///run/agent.sock?a=b", "unix:// and an absolute path")]
    [InlineData("vault.example:8200", "must use https")]
    [InlineData("/run/vault/agent.sock", "must use https")]
    [InlineData("no address", "must use https")]
    public void An_address_that_is_none_says_why(string address, string why)
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddVault(address, "secret/shop"));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
        Assert.Contains("Address must ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_has_a_path_that_its_system_takes()
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddVault("unix:///" + new string('a', 200), "secret/shop"));
        Assert.Contains("short enough for a socket", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://vault.example:8200")]
    [InlineData("https://proxy.example/vault/")]
    [InlineData("https://proxy.example/v1/vault")]
    [InlineData("https://proxy.example/guide")]
    [InlineData("unix:///run/vault/agent.sock")]
    public void Another_path_is_a_proxy_s(string address) => new SecretsBuilder().AddVault(address, "secret/shop");

    [Fact]
    public async Task A_path_that_no_proxy_has_is_told()
    {
        await using VaultServer server = VaultServers.Start();
        VaultOptions options = new VaultOptions().At(server).Secret("secret/shop");
        options.Address = new Uri(server.Address, "v1/secret/data/shop");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddVault(options).BuildAsync(Token));
        Assert.Contains("the path at the end of Address is none of a proxy's", failure.Message, StringComparison.Ordinal);
    }

    // net/http of Go, which both servers are built on, answers so.
    [Fact]
    public async Task A_port_that_expects_TLS_is_told()
    {
        await using var vault = new MemoryVault();
        VaultOptions options = vault.Options().Secret("secret/shop");
        options.Handler = () => new ScriptedAnswers(vault.Server.CreateMemoryHandler(), _ => (400, "Client sent an HTTP request to an HTTPS server.\n"));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => vault.BuildAsync(options));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
        Assert.Contains("begin Address with https://", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Client sent", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_a_certificate_that_is_called_in_the_clear_is_told()
    {
        await using VaultServer server = VaultServers.Start(new VaultServer { Certificate = TestCertificate.Create() });
        VaultOptions options = new VaultOptions().At(server).Secret("secret/shop");
        options.Address = new UriBuilder(server.Address) { Scheme = "http" }.Uri;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddVault(options).BuildAsync(Token));
        Assert.Contains("begin Address with https://", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.CallCount);
    }

    [Fact]
    public async Task A_server_in_the_clear_that_has_answered_is_not_said_to_speak_TLS()
    {
        await using VaultServer server = VaultServers.Start();
        server.SetSecret("secret/shop", """{"a":"1"}""");
        await using SecretsStore secrets = await new SecretsBuilder().AddVault(new VaultOptions().At(server).Secret("secret/shop")).BuildAsync(Token);
        server.Inject(TestServers.Faults.FaultKind.Reset);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(Token));
        Assert.Equal(SecretsErrorCode.Unavailable, failure.Code);
        Assert.DoesNotContain("https://", failure.Message, StringComparison.Ordinal);
    }
}
