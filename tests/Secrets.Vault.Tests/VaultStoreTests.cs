using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>What a load makes of the server's answers, without a network.</summary>
public sealed class VaultStoreTests : IAsyncDisposable
{
    private readonly MemoryVault _vault = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VaultServer Server => _vault.Server;

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_mount_that_was_upgraded_is_asked_for_again_once()
    {
        Server.SetSecret("kv/shop", """{"a":"1"}""");
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("kv/shop"));
        Server.UpgradePlain();
        Server.ForgetCalls();
        await _vault.CompleteAsync(secrets.RefreshAsync(Token));
        Assert.Equal("1", secrets.GetString("a"));
        Assert.Equal("read mount read", string.Join(' ', Server.Calls.Select(c => c.Operation)));
        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
    }

    [Fact]
    public async Task All_secrets_of_a_mount_that_was_upgraded_follow_it()
    {
        await using VaultServer server = VaultServers.Start();
        server.SetSecret("kv/a", """{"k":"1"}""");
        server.SetSecret("kv/b", """{"k":"2"}""");
        VaultOptions options = new VaultOptions().At(server).Secret("kv/a", at: "a").Secret("kv/b", at: "b").Secret("kv/nope", at: "c");
        await using SecretsStore secrets = await new SecretsBuilder().AddVault(options).BuildAsync(Token);
        server.UpgradePlain();
        server.ForgetCalls();
        server.HoldUntil(3, c => c.Operation == "read");
        await secrets.RefreshAsync(Token);
        Assert.Equal(("1", "2"), (secrets.GetString("a.k"), secrets.GetString("b.k")));
        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
        Assert.Equal((1, 6), (server.Count("mount"), server.Count("read")));
    }

    [Fact]
    public async Task A_prefix_of_a_mount_that_was_upgraded_is_listed_again()
    {
        Server.SetSecret("kv/shop/a", """{"k":"1"}""");
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Prefix("kv/shop/"));
        Server.UpgradePlain();
        await _vault.CompleteAsync(secrets.RefreshAsync(Token));
        Assert.Equal("1", secrets.GetString("a.k"));
    }

    [Fact]
    public async Task A_token_of_few_uses_is_replaced_when_they_are_spent()
    {
        Server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s" }, TimeSpan.FromHours(5), uses: 5);
        VaultOptions options = _vault.Options(MemoryVault.AppRole);
        for (int i = 0; i < 10; i++)
        {
            Server.SetSecret(FormattableString.Invariant($"secret/shop/s{i}"), """{"k":"1"}""");
            options.Secret(FormattableString.Invariant($"secret/shop/s{i}"), at: FormattableString.Invariant($"s{i}"));
        }

        await using SecretsStore secrets = await _vault.BuildAsync(options);
        await _vault.CompleteAsync(secrets.RefreshAsync(Token));
        Assert.Equal(10, Enumerable.Range(0, 10).Count(i => secrets.GetString(FormattableString.Invariant($"s{i}.k")) == "1"));
        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deleted_secrets_that_are_denied_now_are_not_added(bool isTokenSpent)
    {
        Server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s" }, TimeSpan.FromHours(5), uses: isTokenSpent ? 5 : 0);
        VaultOptions options = _vault.Options(MemoryVault.AppRole);
        for (int i = 0; i < 10; i++)
        {
            Server.SetSecret(FormattableString.Invariant($"secret/shop/s{i}"), """{"k":"1"}""");
            options.Secret(FormattableString.Invariant($"secret/shop/s{i}"), at: FormattableString.Invariant($"s{i}"));
        }

        Server.DeleteLatest("secret/shop/s3");
        Server.DeleteLatest("secret/shop/s8");
        await using SecretsStore secrets = await _vault.BuildAsync(options);
        var changes = new List<string>();
        secrets.Changed += (_, e) => changes.AddRange([.. e.Added.Select(p => $"+{p}"), .. e.Removed.Select(p => $"-{p}"), .. e.Updated.Select(p => $"~{p}")]);
        if (!isTokenSpent)
        {
            foreach (string gone in new[] { "s3", "s8" })
            {
                Server.Deny("secret/metadata/shop/" + gone);
                Server.Deny("secret/data/shop/" + gone);
            }
        }

        for (int i = 0; i < 3; i++)
        {
            await _vault.AdvanceAsync(TimeSpan.FromSeconds(20), secrets);
            Exception? failure = await Record.ExceptionAsync(() => _vault.CompleteAsync(secrets.RefreshAsync(Token)));
            Assert.Equal(isTokenSpent, failure is null);
        }

        await secrets.HandlersIdle;
        Assert.Empty(changes);
        Assert.All(Enumerable.Range(0, 10).Except([3, 8]), i => Assert.Equal("1", secrets.GetString(FormattableString.Invariant($"s{i}.k"))));
    }

    [Fact]
    public async Task One_malformed_answer_leaves_the_others()
    {
        Server.SetSecret("secret/a", """{"k":"1"}""");
        Server.SetSecret("secret/b", """{"k":"1"}""");
        Server.Inject(FaultKind.Garbage, when: c => c.Path.EndsWith("data/b", StringComparison.Ordinal));
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("secret/a", at: "a").Secret("secret/b", at: "b"));
        Assert.Equal("1", secrets.GetString("a.k"));
        Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsSourceException>(() => secrets.GetString("b.k")).Code);
    }

    [Fact]
    public async Task A_document_that_is_nested_too_deep_leaves_the_others()
    {
        Server.SetSecret("secret/a", """{"k":"1"}""");
        Server.SetSecret("secret/b", string.Concat(Enumerable.Repeat("""{"k":""", 63)) + "1" + new string('}', 63));
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("secret/a", at: "a").Secret("secret/b", at: "b"));
        Assert.Equal("1", secrets.GetString("a.k"));
        Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsSourceException>(() => secrets.GetString("b.x")).Code);
    }

    [Fact]
    public async Task A_lease_beyond_a_century_leaves_the_others()
    {
        Server.SetSecret("secret/a", """{"k":"1"}""");
        Server.SetRole("b", new VaultDynamicRole(TimeSpan.FromSeconds(4_000_000_000), TimeSpan.FromSeconds(4_000_000_000)));
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("secret/a", at: "a").Secret("database/creds/b", at: "b"));
        Assert.Equal("1", secrets.GetString("a.k"));
        Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsSourceException>(() => secrets.GetString("b.username")).Code);
    }

    [Fact]
    public async Task A_required_secret_whose_rotation_is_broken_keeps_its_last_values()
    {
        Server.SetSecret("kv/shop", """{"a":"1"}""");
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Secret("kv/shop", at: "shop"), "shop.a");
        var changes = new List<string>();
        secrets.Changed += (_, e) => changes.AddRange(e.Removed.Select(p => p.ToString()!));
        Server.Inject(FaultKind.WrongShape, when: c => c.Operation == "read");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => _vault.CompleteAsync(secrets.RefreshAsync(Token)));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
        Assert.Equal(("1", SecretsSourceState.Degraded), (secrets.GetString("shop.a"), secrets.Sources[0].State));
        Assert.Empty(changes);
    }

    [Fact]
    public async Task A_listing_that_fails_holds_what_it_listed_and_leaves_the_leases_beside_it()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetRole("app", new VaultDynamicRole(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(20)));
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Prefix("secret/shop/").Secret("database/creds/app", at: "app"));
        Server.Deny("secret/metadata/shop");
        for (int i = 0; i < 60; i++)
        {
            await _vault.AdvanceAsync(TimeSpan.FromSeconds(1), secrets);
            Assert.True(Server.IsUserLive(secrets.GetString("app.username")));
        }

        Assert.Equal("1", secrets.GetString("a.k"));
    }

    [Fact]
    public async Task Sixty_secrets_under_a_quota_of_ten_calls_a_second_are_read()
    {
        for (int build = 0; build < 20; build++)
        {
            await using var vault = new MemoryVault();
            for (int i = 0; i < 60; i++)
            {
                vault.Server.SetSecret(FormattableString.Invariant($"secret/shop/s{i}"), """{"k":"1"}""");
            }

            vault.Server.QuotaPerSecond = 10;
            await using SecretsStore secrets = await vault.BuildAsync(vault.Options().Prefix("secret/shop/"));
            Assert.Equal(60, Enumerable.Range(0, 60).Count(i => secrets.GetString(FormattableString.Invariant($"s{i}.k")) == "1"));

            // The 63 calls (token, mount, list, reads) fill six seconds and begin a seventh. A second that is used up costs a backoff or two, which reach at most half a second
            // into the next one: three seconds for all six.
            Assert.InRange(vault.Clock.Elapsed, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(9));
            Assert.InRange(vault.Server.CallCount, 64, 63 + (2 * 2 * 6));
        }
    }

    [Fact]
    public async Task Every_build_succeeds_at_a_server_that_throttles_at_first()
    {
        for (int i = 0; i < 50; i++)
        {
            await using var vault = new MemoryVault();
            vault.Server.SetSecret("secret/shop/a", """{"k":"1"}""");
            vault.Server.SetSecret("secret/shop/b", """{"k":"2"}""");
            VaultOptions options = vault.Options(MemoryVault.AppRole).Prefix("secret/shop/");
            options.Handler = () => new ScriptedAnswers(
                vault.Server.CreateMemoryHandler(), _ => vault.Clock.Elapsed < TimeSpan.FromSeconds(0.7) ? (429, """{"errors":["rate limit quota exceeded"]}""") : null);
            await using SecretsStore secrets = await vault.BuildAsync(options);
            Assert.Equal(("1", "2"), (secrets.GetString("a.k"), secrets.GetString("b.k")));

            // 0.7 s, the longest backoff that begins within it (the third, of 0.5 s to 1 s), and what is left of the calls at the slowest rate, four a second.
            Assert.True(vault.Clock.Elapsed < TimeSpan.FromSeconds(3.5), vault.Clock.Elapsed.ToString());
        }
    }

    [Fact]
    public async Task A_login_that_asks_for_a_second_factor_is_told_as_that()
    {
        Server.IsSecondFactorAsked = true;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => _vault.BuildAsync(_vault.Options(MemoryVault.AppRole).Secret("secret/shop")));
        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.Contains("second factor (MFA)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_unusual_characters_is_left_out_with_a_warning()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetSecret("secret/shop/büro/b", """{"k":"1"}""");
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Prefix("secret/shop/"));
        Assert.Contains(secrets.Warnings, w => w.Message.Contains("shop/büro/ is left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_is_set_and_a_prefix_without_anything_are_told()
    {
        VaultOptions options = _vault.Options().Prefix("secret/team/none/");
        options.KeyValueVersion = 2;
        await using SecretsStore secrets = await _vault.BuildAsync(options);
        Assert.Contains(secrets.Warnings, w => w.Message.Contains("secret/ is taken for the mount", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fifty_stores_are_healthy_within_half_a_minute_after_an_outage_in_which_each_asked_once_a_second_at_most()
    {
        var vaults = Enumerable.Range(0, 50).Select(_ => new MemoryVault()).ToList();
        var times = vaults.ToDictionary(v => v, _ => new List<TimeSpan>());
        var stores = new List<SecretsStore>();
        foreach (MemoryVault vault in vaults)
        {
            vault.Server.SetRole("app", new VaultDynamicRole(TimeSpan.FromSeconds(6), TimeSpan.FromHours(1)));
            vault.Server.SetSecret("secret/shop", """{"a":"1"}""");
            VaultOptions options = vault.Options().Secret("database/creds/app", at: "app").Secret("secret/shop");
            options.RefreshInterval = TimeSpan.FromSeconds(5);
            options.Handler = () => new ScriptedAnswers(vault.Server.CreateMemoryHandler(), _ =>
            {
                times[vault].Add(vault.Clock.Elapsed);
                return null;
            });
            stores.Add(await vault.BuildAsync(options));
        }

        foreach ((MemoryVault vault, SecretsStore store) in vaults.Zip(stores))
        {
            vault.Server.IsDown = true;
            times[vault].Clear();
            await vault.AdvanceAsync(TimeSpan.FromSeconds(45), store);
            Assert.NotEmpty(times[vault]);
            Assert.All(times[vault].Zip(times[vault].Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1), $"{pair.First} {pair.Second}"));
            vault.Server.IsDown = false;
            await vault.AdvanceAsync(TimeSpan.FromSeconds(30), store);
            Assert.Equal(SecretsSourceState.Loaded, store.Sources[0].State);
            Assert.True(vault.Server.IsUserLive(store.GetString("app.username")));
            await store.DisposeAsync();
            await vault.DisposeAsync();
        }
    }
}
