using System.Text.Json.Nodes;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>A login that is itself a secret of the sources above.</summary>
public sealed class SecretZeroTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly TempDirectory _folder = new();
    private readonly VaultServer _server;

    public SecretZeroTests()
    {
        _server = VaultServers.Start(new VaultServer { Clock = _clock });
        _server.SetSecret("secret/shop", """{"a":"1"}""");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_identifier_comes_from_a_toml_file()
    {
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "from-toml" }, TimeSpan.FromHours(1));
        WriteToml("secret_id", "from-toml");
        await using SecretsStore secrets = await BuildAsync(view => VaultLogin.AppRole("shop", view.GetString("vault.secret_id")));
        Assert.Equal(("1", "login mount read"), (secrets.GetString("a"), _server.Operations()));
        Assert.Equal("vault", secrets["a"].Origin.SourceName);
    }

    [Fact]
    public async Task A_token_comes_from_a_variable()
    {
        await using SecretsStore secrets = await new SecretsBuilder()
            .AddEnvironment(configure: o => o.Variables = new Dictionary<string, string> { ["VAULT_TOKEN"] = _server.AcceptedToken })
            .AddVault(_server.Address.AbsoluteUri, "secret/shop", view => VaultLogin.Token(view.GetString("vault.token")))
            .BuildAsync(Token);
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_rotated_login_takes_the_place_of_the_old_one_and_anything_else_leaves_it()
    {
        VaultIssuedToken first = _server.Issue(TimeSpan.FromHours(1)), second = _server.Issue(TimeSpan.FromHours(1));
        WriteToml("token", first.Text);
        await using SecretsStore secrets = await BuildAsync(view => VaultLogin.Token(view.GetString("vault.token")));
        WriteToml("token", first.Text, "other = 1");
        _server.ForgetCalls();
        await _clock.RefreshAsync(secrets, Token);
        Assert.Equal("metadata", _server.Operations());

        WriteToml("token", second.Text, "other = 1");
        _server.Revoke(first);
        _server.SetSecret("secret/shop", """{"a":"2"}""");
        _server.ForgetCalls();
        await _clock.RefreshAsync(secrets, Token);
        Assert.Equal(("2", "lookup-self mount metadata read"), (secrets.GetString("a"), _server.Operations()));
        Assert.All(_server.Calls, c => Assert.Equal(second.Text, c.Header("X-Vault-Token")));
    }

    [Fact]
    public async Task Dynamic_credentials_are_made_anew_by_a_rotated_login()
    {
        _server.SetRole("app", new VaultDynamicRole(TimeSpan.FromHours(1), TimeSpan.FromHours(300)));
        VaultIssuedToken first = _server.Issue(TimeSpan.FromHours(5)), second = _server.Issue(TimeSpan.FromHours(5));
        WriteToml("token", first.Text);
        await using SecretsStore secrets = await BuildAsync(view => VaultLogin.Token(view.GetString("vault.token")), DynamicCredentials());
        string before = secrets.GetString("database.password");
        WriteToml("token", second.Text);
        _server.Revoke(first);
        await _clock.RefreshAsync(secrets, Token);
        Assert.NotEqual(before, secrets.GetString("database.password"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_login_whose_place_was_taken_is_given_up_by_the_next_load_or_with_the_store(bool isLoadedAgain)
    {
        _server.SetRole("app", new VaultDynamicRole(TimeSpan.FromHours(1), TimeSpan.FromHours(300)));
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s1" }, TimeSpan.FromHours(5));
        WriteToml("secret_id", "s1");
        SecretsStore secrets = await BuildAsync(view => VaultLogin.AppRole("shop", view.GetString("vault.secret_id")), DynamicCredentials());
        WriteToml("secret_id", "s2");
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s2" }, TimeSpan.FromHours(5));
        await _clock.RefreshAsync(secrets, Token);
        Assert.Equal((2, 2), (_server.LiveTokens.Count, _server.Leases.Count(l => !l.IsRevoked)));
        if (isLoadedAgain)
        {
            await _clock.RefreshAsync(secrets, Token);
            Assert.Equal((1, 1), (_server.LiveTokens.Count, _server.Leases.Count(l => !l.IsRevoked)));
        }

        await secrets.DisposeAsync();
        Assert.Equal((0, 0), (_server.LiveTokens.Count, _server.Leases.Count(l => !l.IsRevoked)));
    }

    // Nobody knows when the token ends, so that nothing but the session tells one load from the other.
    [Fact]
    public async Task A_rotated_login_begins_one_session()
    {
        _server.Deny("auth/token/lookup-self");
        VaultIssuedToken first = _server.Issue(TimeSpan.FromHours(5)), second = _server.Issue(TimeSpan.FromHours(5));
        WriteToml("token", first.Text);
        await using SecretsStore secrets = await BuildAsync(view => VaultLogin.Token(view.GetString("vault.token")));
        WriteToml("token", second.Text);
        await _clock.RefreshAsync(secrets, Token);
        _server.ForgetCalls();
        await _clock.RefreshAsync(secrets, Token);
        await _clock.RefreshAsync(secrets, Token);
        Assert.Equal("metadata metadata", _server.Operations());
        Assert.Single(_server.Calls.Select(c => c.Connection).Distinct());
    }

    [Fact]
    public async Task A_wrong_login_leaves_the_last_good_values_until_it_is_mended()
    {
        WriteToml("token", _server.AcceptedToken);
        await using SecretsStore secrets = await BuildAsync(view => VaultLogin.Token(view.GetString("vault.token")));
        WriteToml("token", "wrong");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => _clock.RefreshAsync(secrets, Token));
        Assert.Equal((SecretsErrorCode.AccessDenied, "1"), (failure.Code, secrets.GetString("a")));
        WriteToml("token", _server.AcceptedToken);
        await _clock.RefreshAsync(secrets, Token);
        Assert.All(secrets.Sources, s => Assert.Equal(SecretsSourceState.Loaded, s.State));
    }

    [Fact]
    public async Task A_login_that_is_missing_says_where_it_was_looked_for()
    {
        WriteToml("other", "1");
        SecretNotFoundException miss = await Assert.ThrowsAsync<SecretNotFoundException>(() => BuildAsync(view => VaultLogin.Token(view.GetString("vault.token"))));
        Assert.Equal(["vault.token"], miss.Paths);
        Assert.Equal(0, _server.CallCount);
    }

    [Fact]
    public async Task None_at_all_is_not_replaced_by_the_environment_s()
    {
        WriteToml("other", "1");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(_ => null!));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, 0), (failure.Code, _server.CallCount));
    }

    private void WriteToml(string key, string value, string first = "") => _folder.Write("secrets.toml", $"{first}\n[vault]\n{key} = \"{value}\"\n");

    private VaultOptions DynamicCredentials() => new VaultOptions().At(_server).Secret("database/creds/app", at: "database");

    private Task<SecretsStore> BuildAsync(Func<SecretsView, VaultLogin> login, VaultOptions? options = null) => new SecretsBuilder { TimeProvider = _clock, Random = () => 0.5 }
        .AddToml(_folder["secrets.toml"], o => o.ExportToEnvironment = false)
        .AddVault(options ?? new VaultOptions().At(_server).Secret("secret/shop"), login)
        .BuildAsync(Token);
}
