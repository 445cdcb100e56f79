using System.Text.Json.Nodes;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>The life of a token, call by call.</summary>
public sealed class VaultTokensTests : IAsyncDisposable
{
    private static readonly JsonObject _body = new() { ["role_id"] = "shop", ["secret_id"] = "s3cret" };

    private readonly ManualTimeProvider _clock = new();
    private readonly VaultServer _server;

    public VaultTokensTests()
    {
        _server = VaultServers.Start(new VaultServer { Clock = _clock, RetryAfterSeconds = 0 });
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        _server.SetLogin("approle/login", _body, TimeSpan.FromHours(1), TimeSpan.FromHours(3));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_login_is_made_once_and_given_up_with_the_store()
    {
        SecretsStore secrets = await BuildAsync(AppRole());
        await secrets.RefreshAsync(Token);
        Assert.Equal("login mount read metadata", _server.Operations());
        _server.ForgetCalls();
        await secrets.DisposeAsync();
        Assert.Equal("revoke-self", _server.Operations());
        Assert.Empty(_server.LiveTokens);
    }

    [Fact]
    public async Task A_login_is_given_up_where_the_build_fails()
    {
        await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(AppRole(), "secret/missing"));
        Assert.Equal("login mount read revoke-self", _server.Operations());
        Assert.Empty(_server.LiveTokens);
    }

    [Fact]
    public async Task A_token_is_renewed_at_two_thirds_of_its_life_by_itself()
    {
        await using SecretsStore secrets = await BuildAsync(AppRole());
        _server.ForgetCalls();
        _clock.Advance(TimeSpan.FromMinutes(39));
        await secrets.Idle;
        Assert.Equal("", _server.Operations());
        _clock.Advance(TimeSpan.FromMinutes(2));
        await secrets.Idle;
        Assert.Equal("renew-self metadata", _server.Operations());
        _clock.Advance(TimeSpan.FromMinutes(41));
        await secrets.Idle;
        Assert.Equal("renew-self metadata renew-self metadata", _server.Operations());
        Assert.Single(_server.LiveTokens);
    }

    [Fact]
    public async Task Where_renewals_come_to_their_end_there_is_another_login()
    {
        await using SecretsStore secrets = await BuildAsync(AppRole());
        _server.ForgetCalls();
        for (int i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(41));
            await secrets.Idle;
        }

        // Three hours are the end: at 164 minutes a renewal grants 16, less than half of an hour.
        Assert.Equal("renew-self metadata renew-self metadata renew-self metadata renew-self login metadata", _server.Operations());
        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
    }

    [Fact]
    public async Task A_token_that_expires_in_mid_run_is_replaced_by_one_login()
    {
        await using SecretsStore secrets = await BuildAsync(AppRole());
        _clock.Advance(TimeSpan.FromMinutes(1));
        _server.Revoke(_server.LiveTokens.Single());
        _server.SetSecret("secret/shop", """{"a":"2"}""");
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal("2", secrets.GetString("a"));
        Assert.Equal("metadata lookup-self login metadata read", _server.Operations());
    }

    [Fact]
    public async Task A_token_whose_time_is_over_is_replaced_without_a_call_that_would_be_refused()
    {
        await using SecretsStore secrets = await BuildAsync(AppRole());
        _server.IsSealed = true;
        _clock.Advance(TimeSpan.FromHours(2));
        await secrets.Idle;
        _server.IsSealed = false;
        _server.ForgetCalls();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await secrets.RefreshAsync(Token);
        Assert.Equal("login metadata", _server.Operations());
    }

    [Fact]
    public async Task Many_calls_that_are_refused_at_once_share_one_login()
    {
        for (int i = 0; i < 20; i++)
        {
            _server.SetSecret(FormattableString.Invariant($"kv/many/secret{i}"), """{"a":"1"}""");
        }

        VaultOptions options = new VaultOptions().At(_server, AppRole()).Prefix("kv/many/");
        await using SecretsStore secrets = await Builder().AddVault(options).BuildAsync(Token);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _server.Revoke(_server.LiveTokens.Single());
        _server.Latency = TimeSpan.FromMilliseconds(20);
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal((1, 1), (_server.Calls.Count(c => c.Operation == "login"), _server.Calls.Count(c => c.Operation == "lookup-self")));
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_take_is_said_to_be_in_doubt()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.Token("wrong")));
        Assert.Contains("the token is wrong or has ended", failure.Message, StringComparison.Ordinal);

        _server.Deny("secret/data/shop");
        failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(VaultLogin.Token(_server.AcceptedToken)));
        Assert.EndsWith("status 403; let this program's policy read it.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_denied_to_a_good_token_leads_to_no_login()
    {
        await using SecretsStore secrets = await BuildAsync(AppRole());
        _clock.Advance(TimeSpan.FromMinutes(1));
        _server.Deny("secret/metadata/shop");
        _server.Deny("secret/data/shop");
        _server.ForgetCalls();
        await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(Token));
        Assert.Equal("metadata lookup-self read lookup-self", _server.Operations());
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_login_that_fails_once_is_not_remembered()
    {
        _server.Inject(FaultKind.AccessDenied, times: 1);
        SecretsBuilder chain = Builder().AddVault(new VaultOptions().At(_server, AppRole()).Secret("secret/shop"));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => chain.BuildAsync(Token));
        Assert.Equal((SecretsErrorCode.AccessDenied, 403), (failure.Code, failure.Status));
        Assert.Equal("login", _server.Operations());

        await using SecretsStore secrets = await chain.BuildAsync(Token);
        Assert.Equal("login login mount read", _server.Operations());
    }

    [Fact]
    public async Task A_login_that_fails_in_a_way_that_may_pass_is_tried_again_at_once()
    {
        _server.Inject(FaultKind.Throttle, times: 1);
        VaultOptions options = new VaultOptions().At(_server, AppRole()).Secret("secret/shop");
        options.MaxAttempts = 2;
        await using SecretsStore secrets = await new SecretsBuilder().AddVault(options).BuildAsync(Token);
        Assert.Equal("login login mount read", _server.Operations());
    }

    [Fact]
    public async Task A_login_that_fails_while_the_store_runs_is_tried_again_by_the_next_refresh()
    {
        await using SecretsStore secrets = await BuildAsync(AppRole());
        _server.Revoke(_server.LiveTokens.Single());
        _clock.Advance(TimeSpan.FromMinutes(1));
        _server.Inject(FaultKind.ServerError, times: 1, c => c.Operation == "login");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(Token));
        Assert.Equal((SecretsErrorCode.Unavailable, "1"), (failure.Code, secrets.GetString("a")));
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
        Assert.Equal(1, _server.Calls.Count(c => c.Operation == "login"));
    }

    [Fact]
    public async Task A_token_that_was_given_is_renewed_and_left_when_the_store_ends()
    {
        VaultIssuedToken given = _server.Issue(TimeSpan.FromHours(1));
        SecretsStore secrets = await BuildAsync(VaultLogin.Token(given.Text));
        _clock.Advance(TimeSpan.FromMinutes(41));
        await secrets.Idle;
        await secrets.DisposeAsync();
        Assert.Equal("lookup-self mount read renew-self metadata", _server.Operations());
        Assert.Contains(given, _server.LiveTokens);
    }

    [Fact]
    public async Task A_token_that_was_given_and_cannot_be_renewed_is_used_until_it_ends()
    {
        VaultIssuedToken given = _server.Issue(TimeSpan.FromHours(1), isRenewable: false);
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Token(given.Text));
        Assert.Null(secrets.Sources[0].NextRefresh);
        _clock.Advance(TimeSpan.FromMinutes(61));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(Token));
        Assert.Equal((SecretsErrorCode.AccessDenied, "1"), (failure.Code, secrets.GetString("a")));
    }

    [Fact]
    public async Task A_token_that_may_not_look_at_itself_is_good_enough()
    {
        _server.Deny("auth/token/lookup-self");
        await using SecretsStore secrets = await BuildAsync(VaultLogin.Token(_server.AcceptedToken));
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_file_whose_token_is_refused_is_read_again()
    {
        using var folder = new TempDirectory();
        string file = folder.Write("token", _server.Issue(TimeSpan.FromHours(1)).Text + "\n");
        await using SecretsStore secrets = await BuildAsync(VaultLogin.TokenFile(file));
        _clock.Advance(TimeSpan.FromMinutes(1));
        _server.Revoke(_server.LiveTokens.Single());
        folder.Write("token", _server.Issue(TimeSpan.FromHours(1)).Text);
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal("metadata lookup-self metadata", _server.Operations());
    }

    private static VaultLogin AppRole() => VaultLogin.AppRole("shop", "s3cret");

    private SecretsBuilder Builder() => new() { TimeProvider = _clock, Random = () => 0.5 };

    private Task<SecretsStore> BuildAsync(VaultLogin login, string path = "secret/shop") =>
        Builder().AddVault(new VaultOptions().At(_server, login).Secret(path)).BuildAsync(Token);
}
