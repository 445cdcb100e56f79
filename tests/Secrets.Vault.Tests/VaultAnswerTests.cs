using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>Answers that the test server does not give.</summary>
public sealed class VaultAnswerTests : IAsyncDisposable
{
    private readonly MemoryVault _vault = new();
    private int _reads;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData("""{"lease_id":"database/creds/b/1","renewable":true,"lease_duration":"600","data":{"username":"u"}}""")]
    [InlineData("""{"lease_id":"","renewable":false,"lease_duration":"600","data":{"username":"u"}}""")]
    [InlineData("""{"lease_id":"database/creds/b/1","renewable":true,"lease_duration":6.5,"data":{"username":"u"}}""")]
    [InlineData("""{"lease_id":"database/creds/b/1","renewable":true,"lease_duration":-1,"data":{"username":"u"}}""")]
    [InlineData("""{"lease_id":"database/creds/b/1","renewable":true,"lease_duration":NaN,"data":{"username":"u"}}""")]
    [InlineData("""{"lease_id":"database/creds/b/1","renewable":true,"lease_duration":600,"data":{"username":NaN}}""")]
    [InlineData("""{"lease_id":"database/creds/b/1","renewable":"yes","lease_duration":600,"data":{"username":"u"}}""")]
    [InlineData("""{"lease_id":"","lease_duration":0,"data":{"username":"u","rotation_period":4,"ttl":4000000000}}""")]
    public async Task A_malformed_answer_concerns_one_path_at_the_first_load_and_later(string body)
    {
        _vault.Server.SetSecret("secret/a", """{"k":"1"}""");
        _vault.Server.SetRole("app", new VaultDynamicRole(TimeSpan.FromSeconds(6), TimeSpan.FromHours(1)));
        VaultOptions options = Options(body).Secret("secret/a", at: "a").Secret("database/creds/app", at: "app").Secret("database/creds/b", at: "b");
        await using SecretsStore secrets = await _vault.BuildAsync(options);
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(30), secrets);
        Assert.Equal("1", secrets.GetString("a.k"));
        Assert.True(_vault.Server.IsUserLive(secrets.GetString("app.username")));
        Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsSourceException>(() => secrets.GetString("b.username")).Code);
    }

    // The schema of the key/value engine requires content and metadata of a read.
    [Theory]
    [InlineData("""{"data":{}}""")]
    [InlineData("""{"data":{"data":null}}""")]
    [InlineData("""{"data":{"data":null,"metadata":{}}}""")]
    [InlineData("""{"data":{"data":{"k":"1"}}}""")]
    [InlineData("""{"data":{"data":{"k":"1"},"metadata":{"version":"1","created_time":"2026-11-26T16:22:00Z"}}}""")]
    public async Task An_answer_that_says_nothing_of_a_secret_is_not_absence(string body)
    {
        VaultOptions options = _vault.Options().Secret("secret/a", at: "a");
        options.Optional = true;
        options.Handler = () => new ScriptedAnswers(_vault.Server.CreateMemoryHandler(), path => path == "/v1/secret/data/a" ? (200, body) : null);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => _vault.BuildAsync(options));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
    }

    [Fact]
    public async Task A_duration_without_a_lease_is_a_life_and_the_secret_is_read_again_a_second_after_it()
    {
        await using SecretsStore secrets = await _vault.BuildAsync(
            Options("""{"lease_id":"","renewable":false,"lease_duration":2,"data":{"password":"p<reads>"}}""").Secret("database/creds/b", at: "b"));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(2.5), secrets);
        Assert.Equal((1, "p1"), (_reads, secrets.GetString("b.password")));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(1.5), secrets);
        Assert.Equal((2, "p2"), (_reads, secrets.GetString("b.password")));
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(60), secrets);
        Assert.InRange(_reads, 18, 23);
    }

    [Theory]
    [InlineData("""{"auth":{"client_token":"two\nlines-of-a-token","lease_duration":60,"renewable":true}}""")]
    [InlineData("""{"auth":{"client_token":"","lease_duration":60,"renewable":true}}""")]
    [InlineData("""{"auth":{"client_token":"hvs.lines-of-a-token","lease_duration":"60","renewable":true}}""")]
    public async Task A_login_whose_answer_is_malformed_is_told_without_its_token(string body)
    {
        VaultOptions options = _vault.Options(MemoryVault.AppRole).Secret("secret/a");
        options.Handler = () => new ScriptedAnswers(_vault.Server.CreateMemoryHandler(), path => path == "/v1/auth/approle/login" ? (200, body) : null);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => _vault.BuildAsync(options));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
        Assert.DoesNotContain("lines-of-a-token", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _vault.Server.CallCount);
    }

    [Theory]
    [InlineData("\"rotation_period\":40")]
    [InlineData("\"rotation_schedule\":\"0 * * * *\"")]
    public async Task A_countdown_is_no_change_of_the_secret(string rotation)
    {
        VaultOptions options = Options(
            """{"lease_id":"","renewable":false,"lease_duration":0,"data":{"password":"p","ttl":10<reads>,"last_vault_rotation":"2026-11-26T16:22:0<reads>Z",<rotation>}}"""
                .Replace("<rotation>", rotation, StringComparison.Ordinal))
            .Secret("database/creds/b", at: "b");
        options.RefreshInterval = TimeSpan.FromSeconds(1);
        await using SecretsStore secrets = await _vault.BuildAsync(options);
        SecretsView before = secrets.Current;
        int changes = 0;
        secrets.Changed += (_, _) => changes++;
        await _vault.AdvanceAsync(TimeSpan.FromSeconds(7), secrets);
        await _vault.CompleteAsync(secrets.RefreshAsync(Token));
        await secrets.HandlersIdle;
        Assert.InRange(_reads, 5, 9);
        Assert.Equal(0, changes);
        Assert.Same(before, secrets.Current);
    }

    /// <summary>Options for a server that answers <c>database/creds/b</c> with a body, which may show the number of the read.</summary>
    private VaultOptions Options(string body)
    {
        VaultOptions options = _vault.Options();
        options.Handler = () => new ScriptedAnswers(
            _vault.Server.CreateMemoryHandler(),
            path => path == "/v1/database/creds/b" ? (200, body.Replace("<reads>", (++_reads).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)) : null);
        return options;
    }
}
