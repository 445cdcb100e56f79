using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>No credential is served dead while the server would give a live one.</summary>
public sealed class VaultLivesTests : IAsyncDisposable
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(500);

    private readonly MemoryVault _vault = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VaultServer Server => _vault.Server;

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData(FaultKind.AccessDenied)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.Oversize)]
    public async Task A_secret_that_fails_leaves_the_leases_of_its_neighbours(FaultKind kind)
    {
        Server.SetSecret("secret/shop", """{"a":"1"}""");
        SetRole("app", 6);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("secret/shop").Secret("database/creds/app", at: "app"));
        Server.Inject(kind, when: c => c.Path.StartsWith("/v1/secret/", StringComparison.Ordinal));
        Assert.Equal(0, await DeadLooksAsync(secrets, "app", TimeSpan.FromSeconds(120)));
        Assert.Equal("1", secrets.GetString("a"));
        Assert.Equal(SecretsSourceState.Degraded, secrets.Sources[0].State);
    }

    [Fact]
    public async Task A_broken_engine_leaves_the_leases_of_its_neighbours_and_nothing_is_created_and_thrown_away()
    {
        SetRole("a", 6, maxSeconds: 20);
        SetRole("b", 6);
        VaultOptions options = _vault.Options().Secret("database/creds/a", at: "a").Secret("database/creds/b", at: "b");
        await using SecretsStore secrets = await _vault.BuildAsync(options);
        Server.Inject(FaultKind.ServerError, when: IsRead("b"));
        Server.Deny("sys/leases/renew-of-b");
        Assert.Equal(0, await DeadLooksAsync(secrets, "a", TimeSpan.FromSeconds(50)));
        Assert.InRange(Server.Leases.Count(l => l.User.StartsWith("v-a-", StringComparison.Ordinal)), 2, 4);
    }

    [Fact]
    public async Task A_broken_engine_does_not_fail_a_build_without_requirements()
    {
        SetRole("a", 6);
        Server.SetSecret("secret/shop", """{"a":"1"}""");
        Server.Inject(FaultKind.ServerError, when: IsRead("b"));
        VaultOptions options = _vault.Options().Secret("secret/shop", at: "kv").Secret("database/creds/a", at: "a").Secret("database/creds/b", at: "b");
        await using SecretsStore secrets = await _vault.BuildAsync(options);
        Assert.Equal("1", secrets.GetString("kv.a"));
        Assert.True(IsLive(secrets, "a"));
        Assert.Equal(SecretsErrorCode.Unavailable, Assert.Throws<SecretsSourceException>(() => secrets.GetString("b.username")).Code);
    }

    [Fact]
    public async Task Credentials_that_a_failing_load_obtained_are_served_by_the_next()
    {
        SetRole("a", 60, maxSeconds: 60);
        SetRole("b", 60, maxSeconds: 60);
        VaultOptions options = _vault.Options().Secret("database/creds/a", at: "a").Secret("database/creds/b", at: "b");
        options.MaxConcurrentCalls = 1;
        await using SecretsStore secrets = await _vault.BuildAsync(options);

        // The store goes between the two reads, and comes back.
        Server.Inject(FaultKind.Reset, times: 4, when: IsRead("b"));
        Assert.Equal(0, await DeadLooksAsync(secrets, "a", TimeSpan.FromSeconds(59)));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(1), secrets);
        Assert.Equal(2, Server.Leases.Count(l => l.User.StartsWith("v-a-", StringComparison.Ordinal)));
        Assert.True(IsLive(secrets, "a") && IsLive(secrets, "b"));
    }

    [Fact]
    public async Task A_static_role_is_read_again_when_its_password_was_rotated_and_its_countdown_is_no_change()
    {
        Server.SetStaticRole("app", TimeSpan.FromSeconds(4));
        VaultOptions options = _vault.Options().Secret("database/static-creds/app", at: "app");
        options.RefreshInterval = TimeSpan.FromSeconds(1);
        await using SecretsStore secrets = await _vault.BuildAsync(options);
        var changes = new List<string>();
        secrets.Changed += (_, e) => changes.AddRange(e.Updated.Select(p => p.ToString()!));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(3), secrets);
        Assert.Empty(changes);
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(2), secrets);
        Assert.Equal("static-2", secrets.GetString("app.password"));
    }

    [Fact]
    public async Task A_static_role_without_an_interval_is_read_again_a_second_after_its_rotation()
    {
        Server.SetStaticRole("app", TimeSpan.FromSeconds(10));
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("database/static-creds/app", at: "app"));
        Server.ForgetCalls();
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(9), secrets);
        Assert.Equal(0, Server.CallCount);
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(3.5), secrets);
        Assert.Equal("static-2", secrets.GetString("app.password"));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(10), secrets);
        Assert.Equal("static-3", secrets.GetString("app.password"));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task A_wall_clock_that_is_set_makes_no_credential_dead(int hours)
    {
        SetRole("app", 4);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options(MemoryVault.AppRole).Secret("database/creds/app", at: "app"));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(1), secrets);
        _vault.Clock.WallClockOffset = TimeSpan.FromHours(hours);
        Assert.Equal(0, await DeadLooksAsync(secrets, "app", TimeSpan.FromSeconds(100)));
    }

    [Fact]
    public async Task After_an_outage_credentials_are_live_within_half_a_minute_and_the_store_was_asked_once_a_second_at_most()
    {
        SetRole("app", 6);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("database/creds/app", at: "app"));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(5), secrets);
        Server.ForgetCalls();
        Server.IsDown = true;
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(45), secrets);
        Assert.InRange(Server.CallCount, 1, 45);
        Server.IsDown = false;
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(30), secrets);
        Assert.True(IsLive(secrets, "app"));
        Assert.Equal(0, await DeadLooksAsync(secrets, "app", TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Where_only_renewals_fail_other_credentials_are_obtained_before_the_end()
    {
        SetRole("app", 6);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("database/creds/app", at: "app"));
        Server.Inject(FaultKind.ServerError, when: c => c.Operation == "renew-lease");
        Assert.Equal(0, await DeadLooksAsync(secrets, "app", TimeSpan.FromSeconds(100)));
    }

    [Fact]
    public async Task A_renewal_that_fails_once_is_tried_again_before_credentials_are_replaced()
    {
        SetRole("app", 60);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("database/creds/app", at: "app"));
        string user = secrets.GetString("app.username");
        Server.Inject(FaultKind.ServerError, times: 3, when: c => c.Operation == "renew-lease");
        Assert.Equal(0, await DeadLooksAsync(secrets, "app", TimeSpan.FromSeconds(100)));
        Assert.Equal(user, secrets.GetString("app.username"));
    }

    [Fact]
    public async Task A_read_that_creates_credentials_is_not_repeated_where_it_may_have_arrived()
    {
        SetRole("app", 60);
        Server.Inject(FaultKind.Silence, when: IsRead("app"));
        VaultOptions options = _vault.Options().Secret("database/creds/app", at: "app");
        Task<SecretsStore> build = _vault.BuildAsync(options);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => build);
        Assert.Equal(SecretsErrorCode.Unavailable, failure.Code);
        Assert.Single(Server.Calls, c => IsRead("app")(c));
    }

    [Fact]
    public async Task A_lease_that_hangs_on_the_login_waits_for_it()
    {
        // The login cannot be renewed beyond its minute, so a lease of an hour ends with it.
        Server.SetLogin("approle/login", new() { ["role_id"] = "shop", ["secret_id"] = "s" }, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60));
        SetRole("app", 38);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options(MemoryVault.AppRole).Secret("database/creds/app", at: "app"));
        Assert.Equal(0, await DeadLooksAsync(secrets, "app", TimeSpan.FromSeconds(56)));
        Assert.Equal(2, Server.Leases.Count);
    }

    [Fact]
    public async Task Credentials_whose_login_was_ended_elsewhere_are_replaced_when_the_program_asks()
    {
        SetRole("app", 3600);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options(MemoryVault.AppRole).Secret("database/creds/app", at: "app"));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(1), secrets);
        Server.Revoke(Server.LiveTokens.Single());
        VaultSource source = Source(secrets, out SecretsBatch batch);
        SecretsBatch fresh = await source.LoadAsync(Asked(batch), Token);
        Assert.True(IsLive(fresh));
    }

    [Fact]
    public async Task Credentials_that_were_revoked_elsewhere_are_replaced_when_the_program_asks_and_others_are_proven_by_one_call()
    {
        SetRole("app", 3600);
        VaultOptions options = _vault.Options().Secret("database/creds/app", at: "app");
        var source = new VaultSource(options, options.Login);
        SecretsBatch first = await source.LoadAsync(Asked(null), Token);
        Server.ForgetCalls();
        Assert.Same(first.Entries[0], (await source.LoadAsync(Asked(first), Token)).Entries[0]);
        Assert.Equal("lookup-lease", string.Join(' ', Server.Calls.Select(c => c.Operation)));
        Server.Revoke(Server.Leases[0]);
        SecretsBatch second = await source.LoadAsync(Asked(first), Token);
        Assert.True(IsLive(second));
        await ((IAsyncDisposable)second.State!).DisposeAsync();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task What_was_revoked_from_outside_is_noticed_when_the_program_asks_the_store(bool isToken, bool isRefresh)
    {
        SetRole("app", 3600);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options(MemoryVault.AppRole).Secret("database/creds/app", at: "app"));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(1), secrets);
        string revoked = secrets.GetString("app.username");
        if (isToken)
        {
            Server.Revoke(Server.LiveTokens.Single());
        }
        else
        {
            Server.Revoke(Server.Leases.Single());
        }

        if (isRefresh)
        {
            await _vault.CompleteAsync(secrets.RefreshAsync(Token));
        }
        else
        {
            string fresh = (await _vault.CompleteAsync(secrets.GetFreshAsync("app.username", TimeSpan.Zero, Token))).Reveal();
            Assert.True(Server.IsUserLive(fresh));
        }

        Assert.NotEqual(revoked, secrets.GetString("app.username"));
        Assert.True(IsLive(secrets, "app"));
        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
    }

    [Fact]
    public async Task Refused_credentials_are_replaced_although_their_lease_is_good()
    {
        SetRole("app", 3600);
        VaultOptions options = _vault.Options().Secret("database/creds/app", at: "app");
        var source = new VaultSource(options, options.Login);
        SecretsBatch first = await source.LoadAsync(Asked(null), Token);
        SecretsBatch second = await source.LoadAsync(
            new SecretsRequest("vault", timeProvider: _vault.Clock) { Previous = first, RejectedPaths = [SecretPath.Parse("app.password")] }, Token);
        Assert.NotEqual(User(first), User(second));
        Assert.True(IsLive(second));
        await ((IAsyncDisposable)second.State!).DisposeAsync();
        Assert.All(Server.Leases, l => Assert.True(l.IsRevoked));
    }

    private static Func<ServerCall, bool> IsRead(string role) => c => c.Operation == "creds" && c.Path.EndsWith("/" + role, StringComparison.Ordinal);

    private static string User(SecretsBatch batch) => batch.Entries.Single(e => e.Path.ToString() == "app.username").Value.Reveal();

    private void SetRole(string name, int seconds, int maxSeconds = 100_000) =>
        Server.SetRole(name, new VaultDynamicRole(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(maxSeconds)));

    private SecretsRequest Asked(SecretsBatch? previous) => new("vault", timeProvider: _vault.Clock) { Previous = previous, IsProofRequired = true };

    private VaultSource Source(SecretsStore secrets, out SecretsBatch batch)
    {
        _ = secrets;
        VaultOptions options = _vault.Options(MemoryVault.AppRole).Secret("database/creds/app", at: "app");
        var source = new VaultSource(options, options.Login);
        batch = source.LoadAsync(Asked(null), Token).AsTask().GetAwaiter().GetResult();
        foreach (VaultIssuedToken token in Server.LiveTokens)
        {
            Server.Revoke(token);
        }

        return source;
    }

    private bool IsLive(SecretsBatch batch) => Server.IsUserLive(User(batch));

    private bool IsLive(SecretsStore secrets, string path) => Server.IsUserLive(secrets.GetString(path + ".username"));

    private async Task<int> DeadLooksAsync(SecretsStore secrets, string path, TimeSpan time)
    {
        int dead = 0;
        for (TimeSpan seen = TimeSpan.Zero; seen < time; seen += _look)
        {
            await _vault.AdvanceAsync(_look, secrets);
            dead += IsLive(secrets, path) ? 0 : 1;
        }

        return dead;
    }
}
