using System.Text.Json.Nodes;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

public sealed class VaultLoginTests : IAsyncDisposable
{
    private const string Credential = "s3cret-credential";

    private readonly VaultServer _server = VaultServers.Start();
    private readonly TempDirectory _folder = new();

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
        { "ldap", "ldap/login/ann", $$"""{"password":"{{Credential}}"}""" },
        { "general", "radius/login/ann", $$"""{"password":"{{Credential}}","nas":7}""" },
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
    [MemberData(nameof(Methods))]
    public void No_login_shows_its_credential(string method, string path, string body)
    {
        Assert.Contains(Credential, body, StringComparison.Ordinal);
        VaultLogin login = Login(method, Credential);
        var options = new VaultOptions { Address = new Uri("https://vault.example"), Login = login };
        Assert.DoesNotContain(Credential, $"{login} {options} {path} {System.Text.Json.JsonSerializer.Serialize(login)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EXAMPLE\\ann", "EXAMPLE%5Cann")]
    [InlineData("ann@example.com", "ann%40example.com")]
    [InlineData("Änn Smith", "%C3%84nn%20Smith")]
    [InlineData("50%?#", "50%25%3F%23")]
    public async Task A_user_of_a_directory_has_any_name(string user, string target)
    {
        _server.SetLogin("ldap/login/" + user, new JsonObject { ["password"] = Credential }, TimeSpan.FromHours(1));
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Ldap(user, Credential));
        Assert.Equal("/v1/auth/ldap/login/" + target, _server.Calls[0].Target);
    }

    [Fact]
    public async Task The_general_login_asks_its_function_at_each_login()
    {
        int logins = 0;
        _server.SetLogin("oci/login/shop", new JsonObject { ["n"] = 1 }, TimeSpan.FromHours(1));
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Method("auth/oci/login/shop", _ => Task.FromResult(new JsonObject { ["n"] = ++logins, ["left out"] = null })));
        _server.Revoke(_server.LiveTokens.Single());
        _server.SetLogin("oci/login/shop", new JsonObject { ["n"] = 2 }, TimeSpan.FromHours(1));
        await secrets.RefreshAsync(Token);
        Assert.Equal((2, SecretsSourceState.Loaded), (logins, secrets.Sources[0].State));
    }

    [Fact]
    public async Task The_function_of_a_general_login_keeps_what_it_gave()
    {
        var given = new JsonObject { ["n"] = 1, ["absent"] = null };
        _server.SetLogin("oci/login/shop", new JsonObject { ["n"] = 1 }, TimeSpan.FromHours(1));
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Method("auth/oci/login/shop", _ => Task.FromResult(given)));
        Assert.Equal(2, given.Count);
    }

    public static TheoryData<Func<Exception>, SecretsErrorCode> OwnFailures => new()
    {
        { () => new HttpRequestException(Credential), SecretsErrorCode.Unavailable },
        { () => new TaskCanceledException(Credential), SecretsErrorCode.Unavailable },
        { () => new InvalidOperationException(Credential), SecretsErrorCode.AccessDenied },
    };

    [Theory]
    [MemberData(nameof(OwnFailures), DisableDiscoveryEnumeration = true)]
    public async Task A_function_that_fails_is_named_without_its_words(Func<Exception> failure, SecretsErrorCode code)
    {
        SecretsSourceException thrown = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.Method("auth/oci/login/shop", _ => throw failure())));
        Assert.Equal((code, 0), (thrown.Code, _server.CallCount));
        Assert.Contains($"the function that creates the login at auth/oci/login/shop failed ({failure().GetType().Name})", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Credential, thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_gives_nothing_is_named()
    {
        SecretsSourceException thrown = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.Method("auth/oci/login/shop", _ => Task.FromResult<JsonObject>(null!))));
        Assert.Contains("gave nothing", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ldap/login/ann")]
    [InlineData("/auth/ldap/login/ann")]
    [InlineData("auth")]
    [InlineData("auth/")]
    [InlineData("auth/ldap")]
    [InlineData("auth//login")]
    [InlineData("auth/ldap/../login")]
    [InlineData("auth/ldap/login/")]
    public void The_path_of_a_general_login_is_below_auth(string path) =>
        Assert.Throws<ArgumentException>(() => VaultLogin.Method(path, _ => Task.FromResult(new JsonObject())));

    [Fact]
    public async Task Without_a_login_no_token_is_sent_and_nothing_is_asked_about_one()
    {
        await using var vault = new MemoryVault();
        vault.Server.SetSecret("secret/shop", """{"a":"1"}""");
        VaultOptions options = vault.Options(VaultLogin.None).Secret("secret/shop");
        options.Handler = () => new AddedToken(vault.Server.CreateMemoryHandler(), vault.Server.AcceptedToken);
        SecretsStore secrets = await vault.BuildAsync(options);
        await vault.CompleteAsync(secrets.RefreshAsync(Token));
        await secrets.DisposeAsync();
        Assert.Equal("mount read metadata", vault.Server.Operations());
    }

    [Fact]
    public async Task Without_a_login_a_refusal_says_who_should_have_added_one()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.None));
        Assert.Equal((SecretsErrorCode.AccessDenied, 403, "mount"), (failure.Code, failure.Status, _server.Operations()));
        Assert.Contains("this program sends no token: let the agent or proxy", failure.Message, StringComparison.Ordinal);
        Assert.All(_server.Calls, c => Assert.Null(c.Header("X-Vault-Token")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_relative_file_counts_from_the_builder_or_from_where_it_was_added(bool isOfBuilder)
    {
        _folder.Write("token", _server.AcceptedToken);
        string now = _folder.Path;
        VaultOptions options = new VaultOptions().At(_server, VaultLogin.TokenFile("token")).Secret("secret/shop");
        options.Surroundings = new VaultSurroundings(_ => null, "", () => isOfBuilder ? "/nowhere" : now);
        var builder = new SecretsBuilder();
        builder.AddVault(options);
        now = "/elsewhere";
        builder.ProjectDirectory = isOfBuilder ? _folder.Path : null;
        await using SecretsStore secrets = await builder.BuildAsync(Token);
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_relative_file_without_a_directory_is_named()
    {
        VaultOptions options = new VaultOptions().At(_server, VaultLogin.JwtFile("shop", "jwt")).Secret("secret/shop");
        options.Surroundings = new VaultSurroundings(_ => null, "", () => null);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => new SecretsBuilder().AddVault(options).BuildAsync(Token));
        Assert.Contains("the file jwt cannot be read", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(472)]
    [InlineData(473)]
    [InlineData(503)]
    public async Task A_server_that_cannot_log_in_now_refuses_nobody(int status)
    {
        VaultOptions options = new VaultOptions().At(_server, VaultLogin.UserPass("ann", "p")).Secret("secret/shop");
        options.CallTimeLimit = 2 * options.LoadTimeLimit;
        options.Handler = () => new ScriptedAnswers(new SocketsHttpHandler(), _ => (status, "{}"));
        var clock = new ManualTimeProvider();
        SecretsBuilder builder = new SecretsBuilder { TimeProvider = clock }.AddVault(options);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new ClockDriver(clock, options.LoadTimeLimit).CompleteAsync(builder.BuildAsync(Token)));
        Assert.Equal((SecretsErrorCode.Unavailable, status), (failure.Code, failure.Status));
    }

    [Theory]
    [InlineData("hvs.CAESIJnotARealTokenButLongEnough0123456789")]
    [InlineData("s.notARealLegacyToken123456")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJub3QtcmVhbCJ9.c2lnbmF0dXJl")]
    public async Task A_token_in_the_place_of_its_file_is_not_quoted(string token)
    {
        foreach (VaultLogin login in new[] { VaultLogin.TokenFile(token), VaultLogin.JwtFile("shop", token), VaultLogin.Kubernetes("shop", tokenFile: token) })
        {
            SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(login));
            Assert.DoesNotContain(token, failure.ToString(), StringComparison.Ordinal);
            Assert.Contains("give the name of a file, and not what stands in it.", failure.Message, StringComparison.Ordinal);
        }
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
        string file = _folder["none"];
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.TokenFile(file)));
        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_for_a_token_is_refused_and_not_sent()
    {
        string file = _folder.Write("token", new string('t', (64 * 1024) + 1));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.TokenFile(file)));
        Assert.Equal((SecretsErrorCode.AccessDenied, 0), (failure.Code, _server.CallCount));
        Assert.Contains(file + " is larger than 65536 bytes", failure.Message, StringComparison.Ordinal);
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
    public void A_user_is_one_segment(string user)
    {
        Assert.Throws<ArgumentException>(() => VaultLogin.UserPass(user, "password"));
        Assert.Throws<ArgumentException>(() => VaultLogin.Ldap(user, "password"));
    }

    [Fact]
    public void Two_logins_are_the_same_where_method_place_and_credential_are()
    {
        Assert.True(VaultLogin.AppRole("a", "b").IsSameAs(VaultLogin.AppRole("a", "b")));
        Assert.False(VaultLogin.AppRole("a", "b").IsSameAs(VaultLogin.AppRole("a", "c")));
        Assert.False(VaultLogin.AppRole("a", "b").IsSameAs(VaultLogin.AppRole("a", "b", "team")));
        Assert.False(VaultLogin.Jwt("a", "b").IsSameAs(VaultLogin.UserPass("a", "b", "jwt")));
        Assert.False(VaultLogin.AppRole("a b", "c").IsSameAs(VaultLogin.AppRole("a", "b c")));
    }

    [Fact]
    public void Two_general_logins_are_the_same_where_path_and_function_are()
    {
        Func<CancellationToken, Task<JsonObject>> body = _ => Task.FromResult(new JsonObject());
        Assert.True(VaultLogin.Method("auth/a/login", body).IsSameAs(VaultLogin.Method("auth/a/login", body)));
        Assert.False(VaultLogin.Method("auth/a/login", body).IsSameAs(VaultLogin.Method("auth/b/login", body)));
        Assert.False(VaultLogin.Method("auth/a/login", body).IsSameAs(VaultLogin.Method("auth/a/login", _ => body(default))));
        Assert.True(VaultLogin.Certificate("web").IsSameAs(VaultLogin.Certificate("web")));
        Assert.False(VaultLogin.Certificate("web").IsSameAs(VaultLogin.Certificate()));
        Assert.False(VaultLogin.Ldap("a", "b").IsSameAs(VaultLogin.UserPass("a", "b", "ldap")));
        Assert.True(VaultLogin.None.IsSameAs(VaultLogin.None));
    }

    private VaultLogin Login(string method, string credential) => method switch
    {
        "ldap" => VaultLogin.Ldap("ann", credential),
        "general" => VaultLogin.Method("auth/radius/login/ann", _ => Task.FromResult(new JsonObject { ["password"] = credential, ["nas"] = 7 })),
        "approle" => VaultLogin.AppRole("shop", credential),
        "approle at" => VaultLogin.AppRole("shop", credential, "team/approle"),
        "kubernetes" => VaultLogin.Kubernetes("shop", tokenFile: _folder.Write("token", credential)),
        "jwt" => VaultLogin.Jwt("shop", credential),
        "jwt file" => VaultLogin.JwtFile("shop", _folder.Write("token", credential + "\n"), "gitlab"),
        _ => VaultLogin.UserPass("shop", credential),
    };

    private Task<SecretsStore> BuildAsync(VaultLogin login) =>
        new SecretsBuilder().AddVault(new VaultOptions().At(_server, login).Secret("secret/shop")).BuildAsync(Token);

    /// <summary>An agent that adds a token to calls that have none.</summary>
    private sealed class AddedToken(HttpMessageHandler server, string token) : DelegatingHandler(server)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.False(request.Headers.Contains("X-Vault-Token"));
            request.Headers.Add("X-Vault-Token", token);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
