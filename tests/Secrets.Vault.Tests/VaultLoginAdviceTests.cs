using System.Text.Json.Nodes;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>What a refused login says, method by method.</summary>
public sealed class VaultLoginAdviceTests : IAsyncDisposable
{
    private readonly VaultServer _server = VaultServers.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<VaultLogin, string> Refusals => new()
    {
        { VaultLogin.AppRole("shop", "used-up"), "the SecretID has expired, was used as often as it may be, or is bound to other addresses" },
        { VaultLogin.UserPass("ann", "wrong"), "the user or the password is wrong" },
        { VaultLogin.Ldap("ann", "wrong"), "the user or the password is wrong" },
        { VaultLogin.Jwt("shop", "a.b.c"), "does not have the issuer, the audience and the claims" },
        { VaultLogin.Certificate(), "set ClientCertificate" },
        { VaultLogin.Method("auth/other/login", _ => Task.FromResult(new JsonObject())), "the login with auth/other/login was refused" },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task A_method_says_what_is_likely(VaultLogin login, string likely)
    {
        foreach (string path in new[] { "approle/login", "userpass/login/ann", "ldap/login/ann", "jwt/login", "other/login" })
        {
            _server.SetLogin(path, new JsonObject { ["right"] = 1 }, TimeSpan.FromHours(1));
        }

        _server.SetLogin("cert/login", new VaultCertificateLogin("web", TimeSpan.FromHours(1), new HashSet<string>(StringComparer.Ordinal)));
        SecretsSourceException failure = await BuildAsync(login);
        Assert.Equal((SecretsErrorCode.AccessDenied, 400), (failure.Code, failure.Status));
        Assert.Contains(likely, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.ErrorText, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mount_without_a_method_is_likely_too()
    {
        using var folder = new TempDirectory();
        SecretsSourceException failure = await BuildAsync(VaultLogin.Kubernetes("shop", tokenFile: folder.Write("token", "a.b.c")));
        Assert.Equal(403, failure.Status);
        Assert.Contains("no method may be mounted at auth/kubernetes; otherwise the role is unknown", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_user_is_likely_where_a_right_password_is_refused()
    {
        _server.SetLogin("userpass/login/ann", new JsonObject { ["password"] = "right" }, TimeSpan.FromHours(1));
        _server.Lock("userpass/login/ann");
        SecretsSourceException failure = await BuildAsync(VaultLogin.UserPass("ann", "right"));
        Assert.Equal(403, failure.Status);
        Assert.Contains("the user may be locked after too many failures", failure.Message, StringComparison.Ordinal);
    }

    private Task<SecretsSourceException> BuildAsync(VaultLogin login) => Assert.ThrowsAsync<SecretsSourceException>(
        () => new SecretsBuilder().AddVault(new VaultOptions().At(_server, login).Secret("secret/shop")).BuildAsync(TestContext.Current.CancellationToken));
}
