using System.Text.Json.Nodes;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

public sealed class VaultLoginTests : IAsyncDisposable
{
    private const string Credential = "s3cret-credential";

    private readonly VaultServer _server = VaultServers.Start();
    private readonly TemporaryFolder _folder = new();

    public VaultLoginTests() => _server.SetSecret("secret/shop", """{"a":"1"}""");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _server.DisposeAsync();
    }

    public static TheoryData<string, string, string> Methods => new()
    {
        { "approle", "approle/login", $$"""{"role_id":"shop","secret_id":"{{Credential}}"}""" },
        { "approle at", "team/approle/login", $$"""{"role_id":"shop","secret_id":"{{Credential}}"}""" },
        { "kubernetes", "kubernetes/login", $$"""{"role":"shop","jwt":"{{Credential}}"}""" },
        { "jwt", "jwt/login", $$"""{"role":"shop","jwt":"{{Credential}}"}""" },
        { "jwt file", "gitlab/login", $$"""{"role":"shop","jwt":"{{Credential}}"}""" },
        { "userpass", "userpass/login/shop", $$"""{"password":"{{Credential}}"}""" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Each_method_logs_in_in_its_own_way(string method, string path, string body)
    {
        _server.SetLogin(path, JsonNode.Parse(body)!.AsObject(), TimeSpan.FromHours(1));
        await using SecretsStore secrets = await BuildAsync(Login(method, Credential));
        Assert.Equal(("1", "login mount read"), (secrets.GetString("a"), _server.Operations()));
        Assert.Equal("/v1/auth/" + path, _server.Calls[0].Target);
        Assert.Null(_server.Calls[0].Header("X-Vault-Token"));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_refused_login_names_its_method_and_not_its_credential(string method, string path, string body)
    {
        _server.SetLogin(path, JsonNode.Parse(body.Replace(Credential, "another", StringComparison.Ordinal))!.AsObject(), TimeSpan.FromHours(1));
        VaultLogin login = Login(method, Credential);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(login));
        Assert.Equal((SecretsErrorCode.AccessDenied, 400), (failure.Code, failure.Status));
        Assert.Contains("auth/" + path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Credential, failure + login.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("two\nlines", "is not one line")]
    [InlineData("tökén", "is not one line")]
    public async Task A_token_that_no_header_can_hold_is_refused_and_not_quoted(string token, string why)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.Token(token)));
        Assert.Equal((SecretsErrorCode.AccessDenied, 0), (failure.Code, _server.CallCount));
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.True(token.Length == 0 || !failure.ToString().Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        string file = Path.Combine(_folder.Path, "none");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.TokenFile(file)));
        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../sys")]
    [InlineData("/approle")]
    [InlineData("a b?c")]
    public void A_mount_is_a_path(string mount)
    {
        Assert.Throws<ArgumentException>(() => VaultLogin.AppRole("role", "id", mount));
        Assert.Throws<ArgumentException>(() => VaultLogin.Jwt("role", "jwt", mount));
        Assert.Throws<ArgumentException>(() => VaultLogin.UserPass("user", "password", mount));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../login")]
    [InlineData("a/b")]
    public void A_user_is_one_segment(string user) => Assert.Throws<ArgumentException>(() => VaultLogin.UserPass(user, "password"));

    [Fact]
    public void Two_logins_are_the_same_where_method_place_and_credential_are()
    {
        Assert.True(VaultLogin.AppRole("a", "b").IsSameAs(VaultLogin.AppRole("a", "b")));
        Assert.False(VaultLogin.AppRole("a", "b").IsSameAs(VaultLogin.AppRole("a", "c")));
        Assert.False(VaultLogin.AppRole("a", "b").IsSameAs(VaultLogin.AppRole("a", "b", "team")));
        Assert.False(VaultLogin.Jwt("a", "b").IsSameAs(VaultLogin.UserPass("a", "b", "jwt")));
        Assert.False(VaultLogin.AppRole("a b", "c").IsSameAs(VaultLogin.AppRole("a", "b c")));
    }

    private VaultLogin Login(string method, string credential) => method switch
    {
        "approle" => VaultLogin.AppRole("shop", credential),
        "approle at" => VaultLogin.AppRole("shop", credential, "team/approle"),
        "kubernetes" => VaultLogin.Kubernetes("shop", tokenFile: _folder.Write("token", credential)),
        "jwt" => VaultLogin.Jwt("shop", credential),
        "jwt file" => VaultLogin.JwtFile("shop", _folder.Write("token", credential + "\n"), "gitlab"),
        _ => VaultLogin.UserPass("shop", credential),
    };

    private Task<SecretsStore> BuildAsync(VaultLogin login) =>
        new SecretsBuilder().AddVault(new VaultOptions().At(_server, login).Secret("secret/shop")).BuildAsync(Token);
}
