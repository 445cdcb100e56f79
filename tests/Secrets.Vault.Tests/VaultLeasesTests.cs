using System.Text.Json.Nodes;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>The life of dynamic credentials, call by call.</summary>
public sealed class VaultLeasesTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly VaultServer _server;

    public VaultLeasesTests()
    {
        _server = VaultServers.Start(new VaultServer { Clock = _clock });
        _server.SetRole("app", new VaultDynamicRole(TimeSpan.FromHours(1), TimeSpan.FromHours(3)));
        _server.SetRole("once", new VaultDynamicRole(TimeSpan.FromHours(1), TimeSpan.FromHours(1), IsRenewable: false));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Credentials_are_made_once_and_a_refresh_leaves_them()
    {
        await using SecretsStore secrets = await BuildAsync("app");
        Assert.Equal(("v-app-1", "password-1"), (secrets.GetString("database.username"), secrets.GetString("database.password")));
        SecretsView before = secrets.Current;
        await secrets.RefreshAsync(Token);
        await secrets.RefreshAsync(Token);
        Assert.Equal("lookup-self mount creds lookup-lease lookup-lease", _server.Operations());
        Assert.Same(before, secrets.Current);
        Assert.DoesNotContain("lease", secrets["database"]["password"].Origin.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_is_renewed_at_two_thirds_of_its_life_and_its_credentials_stay()
    {
        await using SecretsStore secrets = await BuildAsync("app");
        _server.ForgetCalls();
        _clock.Advance(TimeSpan.FromMinutes(39));
        await secrets.Idle;
        Assert.Equal("", _server.Operations());
        _clock.Advance(TimeSpan.FromMinutes(2));
        await secrets.Idle;
        Assert.Equal(("renew-lease", "password-1"), (_server.Operations(), secrets.GetString("database.password")));
    }

    [Fact]
    public async Task Where_renewals_come_to_their_end_other_credentials_take_their_place_before_that()
    {
        await using SecretsStore secrets = await BuildAsync("app");
        _server.ForgetCalls();
        var changes = new List<string>();
        secrets.Changed += (_, e) => changes.Add(string.Join(' ', e.Updated));
        for (int i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(41));
            await secrets.Idle;
        }

        Assert.Equal("renew-lease renew-lease renew-lease renew-lease creds", _server.Operations());
        Assert.Equal("password-2", secrets.GetString("database.password"));
        await secrets.HandlersIdle;
        Assert.Equal(["database.password database.username"], changes.Select(c => string.Join(' ', c.Split(' ').Order(StringComparer.Ordinal))));
        Assert.True(_server.Leases[0].ExpiresAt > _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_lease_that_cannot_be_renewed_is_replaced_at_two_thirds_of_its_life()
    {
        await using SecretsStore secrets = await BuildAsync("once");
        _server.ForgetCalls();
        _clock.Advance(TimeSpan.FromMinutes(41));
        await secrets.Idle;
        Assert.Equal(("creds", "password-2"), (_server.Operations(), secrets.GetString("database.password")));
        Assert.True(_server.Leases[0].ExpiresAt > _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_lease_that_ran_out_while_the_server_was_away_is_replaced_without_asking_for_its_renewal()
    {
        await using SecretsStore secrets = await BuildAsync("app");
        _server.IsSealed = true;
        _clock.Advance(TimeSpan.FromHours(2));
        await secrets.Idle;
        Assert.Equal(SecretsSourceState.Degraded, secrets.Sources[0].State);
        _server.IsSealed = false;
        _server.ForgetCalls();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await secrets.RefreshAsync(Token);
        Assert.Equal(("creds", "password-2"), (_server.Operations(), secrets.GetString("database.password")));
    }

    [Fact]
    public async Task A_lease_that_the_server_no_longer_knows_is_replaced()
    {
        await using SecretsStore secrets = await BuildAsync("app");
        _server.Deny("sys/leases/renew");
        _server.ForgetCalls();
        _clock.Advance(TimeSpan.FromMinutes(41));
        await secrets.Idle;
        Assert.Equal("password-2", secrets.GetString("database.password"));
        Assert.Equal("renew-lease creds", _server.Operations());
    }

    [Fact]
    public async Task All_leases_that_are_good_are_revoked_with_the_store()
    {
        SecretsStore secrets = await BuildAsync("once");
        _clock.Advance(TimeSpan.FromMinutes(41));
        await secrets.Idle;
        _server.ForgetCalls();
        await secrets.DisposeAsync();
        Assert.Equal("revoke-lease revoke-lease", _server.Operations());
        Assert.All(_server.Leases, l => Assert.True(l.IsRevoked));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_holds_no_disposal_up()
    {
        VaultOptions options = Options("app");
        options.CallTimeLimit = 3 * options.RevokeTimeLimit;
        SecretsStore secrets = await Builder().AddVault(options).BuildAsync(Token);
        _server.Inject(FaultKind.Silence);
        _server.ForgetCalls();

        Task disposal = secrets.DisposeAsync().AsTask();
        while (_server.CallCount == 0)
        {
            await Task.Yield();
        }

        _clock.Advance(options.RevokeTimeLimit - TimeSpan.FromMilliseconds(1));
        Assert.False(disposal.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await disposal;
        Assert.False(_server.Leases[0].IsRevoked);
    }

    [Fact]
    public async Task Credentials_end_with_the_login_that_they_were_issued_to_and_are_replaced_with_it()
    {
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s" }, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30));
        VaultOptions options = Options("app");
        options.Login = VaultLogin.AppRole("shop", "s");
        await using SecretsStore secrets = await Builder().AddVault(options).BuildAsync(Token);
        _server.ForgetCalls();
        _clock.Advance(TimeSpan.FromMinutes(21));
        await secrets.Idle;

        // The login lasts half an hour, and so do they, though their lease says an hour.
        Assert.Equal("renew-self login creds", _server.Operations());
        Assert.Equal("password-4", secrets.GetString("database.password"));
    }

    [Fact]
    public async Task Leases_and_stored_secrets_are_refreshed_side_by_side()
    {
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        _server.Deny("secret/metadata/shop");
        await using SecretsStore secrets = await Builder().AddVault(Options("app").Secret("secret/shop")).BuildAsync(Token);
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal("metadata lookup-lease read", _server.Operations());
        Assert.Equal("password-1", secrets.GetString("database.password"));
    }

    [Fact]
    public async Task Credentials_of_a_login_that_was_ended_elsewhere_are_replaced_although_their_lease_is_not_due()
    {
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s1" }, TimeSpan.FromHours(5));
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        VaultOptions options = Options("app").Secret("secret/shop");
        options.Login = VaultLogin.AppRole("shop", "s1");
        await using SecretsStore secrets = await Builder().AddVault(options).BuildAsync(Token);
        string before = secrets.GetString("database.username");
        _server.Revoke(_server.LiveTokens.Single());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await secrets.RefreshAsync(Token);
        Assert.NotEqual(before, secrets.GetString("database.username"));
        Assert.Single(_server.Leases, l => !l.IsRevoked);
    }

    [Fact]
    public async Task A_lease_that_nobody_asks_for_any_more_causes_no_refresh()
    {
        using var folder = new TempDirectory();
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        string file = folder.Write("secrets.toml", "x = 1\n");
        await using SecretsStore secrets = await Builder().Require("a", "database.password")
            .AddToml(file, o => o.ExportToEnvironment = false)
            .AddVault(Options("app").Secret("secret/shop"))
            .BuildAsync(Token);
        folder.Write("secrets.toml", "x = 1\n[database]\npassword = \"local\"\n");
        await _clock.RefreshAsync(secrets, Token);
        Assert.Equal("local", secrets.GetString("database.password"));
        await _clock.AdvanceAsync(TimeSpan.FromHours(2), secrets);
        _server.ForgetCalls();
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(1), secrets);
        Assert.Equal("", _server.Operations());
    }

    private VaultOptions Options(string role) => new VaultOptions().At(_server).Secret("database/creds/" + role, at: "database");

    private SecretsBuilder Builder() => new() { TimeProvider = _clock, Random = () => 0.5 };

    private Task<SecretsStore> BuildAsync(string role) => Builder().AddVault(Options(role)).BuildAsync(Token);
}
