using System.Globalization;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Azure;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.Azure.Tests;

public sealed class AzureKeyVaultSourceTests : IAsyncDisposable
{
    private readonly AzureServer _server = AzureServers.Start();

    /// <summary>The table of docs/azure.md: a secret of the vault, and the path that it gives.</summary>
    public static TheoryData<string, string> Mapping => new()
    {
        { "token", "token" },
        { "database--password", "database.password" },
        { "api-key", "api-key" },
        { "trello--api-key", "trello.api-key" },
        { "a--b--c", "a.b.c" },
        { "a----b", "" },
        { "--a", "" },
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Mapping))]
    public async Task Two_dashes_nest(string name, string path)
    {
        _server.SetSecret(name, "x");
        using SecretsStore secrets = await BuildAsync(Options());
        Assert.Equal(path, string.Join(' ', secrets.Sources[0].Count == 0 ? [] : new[] { path }.Where(p => secrets.GetString(p) == "x")));
        Assert.Equal(path.Length == 0 ? 1 : 0, secrets.Warnings.Count);
    }

    [Fact]
    public async Task A_prefix_is_cut_off_whatever_its_case()
    {
        _server.SetSecret("Shop-database--password", "x");
        _server.SetSecret("other", "y");
        using SecretsStore secrets = await BuildAsync(Options().Prefix("shop-"));
        Assert.Equal(["database"], secrets.Keys);
    }

    [Fact]
    public async Task On_demand_nothing_is_listed_and_one_name_is_asked_for()
    {
        _server.MayList = false;
        _server.SetSecret("database--password", "x");
        _server.SetSecret("trello--api-key", "y");
        SecretsBuilder chain = new SecretsBuilder().Require("database.password", "trello.api_key").AddAzureKeyVault(Options());
        SecretsSourcePlan plan = (await chain.PlanAsync(TestContext.Current.CancellationToken)).Single(p => p.IsRemote);
        Assert.Equal(["database--password", "trello--api-key"], plan.NativeNames);
        Assert.Equal((2, 0), (plan.Calls, _server.CallCount));

        using SecretsStore secrets = await chain.BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("x", "y"), (secrets.GetString("database.password"), secrets.GetString("trello.api_key")));
        Assert.Equal(["get", "get"], _server.Calls.Select(c => c.Operation).Where(o => o != "challenge"));
    }

    [Theory]
    [InlineData("disabled", "SecretDisabled")]
    [InlineData("expired", "SecretExpired")]
    [InlineData("not yet valid", "SecretNotYetValid")]
    public async Task A_secret_that_is_not_valid_leaves_the_others(string how, string vendorCode)
    {
        _server.SetSecret("a", "1", how != "disabled", how == "expired" ? DateTimeOffset.UtcNow.AddDays(-1) : null, how == "not yet valid" ? DateTimeOffset.UtcNow.AddDays(1) : null);
        _server.SetSecret("b", "2", expires: DateTimeOffset.UtcNow.AddDays(1), notBefore: DateTimeOffset.UtcNow.AddDays(-1));
        using SecretsStore listed = await BuildAsync(Options());
        using SecretsStore named = await BuildAsync(Options().Secret("a", at: "a").Secret("b", at: "b"));
        foreach (SecretsStore secrets in new[] { listed, named })
        {
            Assert.Equal("2", secrets.GetString("b"));
            SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => secrets.GetString("a", "fallback"));
            Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
            Assert.Equal(how == "disabled" && secrets == named ? "Forbidden" : vendorCode, failure.VendorCode);
        }
    }

    [Fact]
    public async Task Calls_share_a_connection()
    {
        _server.SetSecret("token", "x");
        using SecretsStore secrets = await BuildAsync(Options());
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.True(_server.CallCount > 1);
        Assert.Single(_server.Calls.Select(c => c.Connection).Distinct());
    }

    [Fact]
    public async Task Three_hundred_secrets_come_in_pages_and_an_unchanged_refresh_fetches_none()
    {
        var clock = AnHourAgo();
        await using var server = new AzureServer { Clock = clock };
        await server.ListenAsync();
        for (int i = 0; i < 300; i++)
        {
            server.SetSecret(string.Create(CultureInfo.InvariantCulture, $"key{i:D3}"), "value");
        }

        server.HoldUntil(32, c => c.Operation == "get");
        using SecretsStore secrets = await BuildAsync(new AzureKeyVaultOptions().At(server));
        Assert.Equal((300, 32), (secrets.Count, server.MaxConcurrentCalls));

        server.ForgetCalls();
        SecretsView before = secrets.Current;
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Repeat("list", 12), server.Calls.Select(c => c.Operation));
        Assert.Same(before, secrets.Current);

        clock.Advance(TimeSpan.FromMinutes(1));
        server.SetSecret("key007", "changed");
        server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("changed", secrets.GetString("key007"));
        Assert.Equal(1, server.Calls.Count(c => c.Operation == "get"));
    }

    [Fact]
    public async Task On_demand_an_unchanged_refresh_looks_at_versions_and_fetches_none()
    {
        var clock = AnHourAgo();
        await using var server = new AzureServer { Clock = clock, LastLink = "" };
        await server.ListenAsync();
        server.SetSecret("a", "1");
        server.SetSecret("b", "1");
        clock.Advance(TimeSpan.FromMinutes(1));
        server.SetSecret("b", "2");
        using SecretsStore secrets = await new SecretsBuilder().Require("a", "b").AddAzureKeyVault(new AzureKeyVaultOptions().At(server))
            .BuildAsync(TestContext.Current.CancellationToken);
        server.ForgetCalls();
        SecretsView before = secrets.Current;
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["list-versions", "list-versions"], server.Calls.Select(c => c.Operation));
        Assert.Same(before, secrets.Current);

        clock.Advance(TimeSpan.FromMinutes(1));
        server.SetSecret("b", "3");
        server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("1", "3"), (secrets.GetString("a"), secrets.GetString("b")));
        Assert.Equal(["list-versions", "list-versions", "get"], server.Calls.Select(c => c.Operation));
    }

    [Theory]
    [InlineData(60, "list-versions list-versions list-versions")]
    [InlineData(101, "list-versions list-versions list-versions list-versions get")]
    public async Task Versions_are_looked_through_unless_they_are_very_many(int versions, string calls)
    {
        var clock = AnHourAgo();
        await using var server = new AzureServer { Clock = clock };
        await server.ListenAsync();
        for (int i = 0; i < versions; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            server.SetSecret("a", string.Create(CultureInfo.InvariantCulture, $"value {i}"));
        }

        using SecretsStore secrets = await new SecretsBuilder().Require("a").AddAzureKeyVault(new AzureKeyVaultOptions().At(server)).BuildAsync(TestContext.Current.CancellationToken);
        server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(calls, string.Join(' ', server.Calls.Select(c => c.Operation)));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"value {versions - 1}"), secrets.GetString("a"));
    }

    [Fact]
    public async Task Where_versions_may_not_be_listed_a_refresh_fetches()
    {
        var clock = AnHourAgo();
        await using var server = new AzureServer { Clock = clock, MayList = false };
        await server.ListenAsync();
        server.SetSecret("a", "1");
        server.SetSecret("b", "1");
        using SecretsStore secrets = await new SecretsBuilder().Require("a", "b").AddAzureKeyVault(new AzureKeyVaultOptions().At(server))
            .BuildAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(1));
        server.SetSecret("b", "2");
        server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("1", "2"), (secrets.GetString("a"), secrets.GetString("b")));
        Assert.Equal(["list-versions", "get", "get"], server.Calls.Select(c => c.Operation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_secret_that_expires_fails_the_next_refresh_and_its_last_good_value_is_served(bool onDemand)
    {
        await using var server = new AzureServer { Clock = AnHourAgo() };
        await server.ListenAsync();
        var clock = AnHourAgo();
        server.SetSecret("a", "1", expires: clock.GetUtcNow().AddHours(1));
        server.SetSecret("b", "2");
        SecretsBuilder chain = new SecretsBuilder { TimeProvider = clock }.AddAzureKeyVault(new AzureKeyVaultOptions().At(server));
        using SecretsStore secrets = await (onDemand ? chain.Require("a", "b") : chain).BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1", secrets.GetString("a"));

        clock.Advance(TimeSpan.FromHours(2));
        server.ForgetCalls();
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"{server.VaultUri}secrets/a", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("SecretExpired", SecretsErrorCode.AccessDenied), (failure.VendorCode, failure.Code));
        Assert.Equal(onDemand ? ["list-versions", "list-versions"] : ["list"], server.Calls.Select(c => c.Operation));
        Assert.Equal(("1", "2"), (secrets.GetString("a"), secrets.GetString("b")));
    }

    // What rotations do within a second.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Of_two_versions_of_one_second_the_last_one_counts(int disabled, bool fails)
    {
        await using var server = new AzureServer { Clock = AnHourAgo() };
        await server.ListenAsync();
        server.SetSecret("a", "old");
        server.SetSecret("a", "new");
        using SecretsStore secrets = await new SecretsBuilder().Require("a").AddAzureKeyVault(new AzureKeyVaultOptions().At(server)).BuildAsync(TestContext.Current.CancellationToken);
        server.DisableVersion("a", disabled);
        Exception? failure = await Record.ExceptionAsync(() => secrets.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal(fails ? SecretsErrorCode.AccessDenied : null, (failure as SecretsSourceException)?.Code);
        Assert.Equal("new", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_page_of_something_else_is_no_absence()
    {
        _server.Inject(FaultKind.PageNotFound);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddAzureKeyVault(Options().Secret("a", at: "a")).AddInMemory([new("a", "of a lower source")]).BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
    }

    // Times of change are whole seconds: what changed a moment ago may change again within the same one.
    [Fact]
    public async Task Two_changes_within_a_second_are_both_seen()
    {
        _server.SetSecret("a", "1");
        using SecretsStore secrets = await BuildAsync(Options());
        _server.SetSecret("a", "2");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_version_is_chosen_by_its_identifier()
    {
        _server.SetSecret("a", "first");
        using SecretsStore first = await BuildAsync(Options().Secret("a", at: "a"));
        _server.SetSecret("a", "second");
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "latest").Secret("a", at: "pinned", version: first["a"].Origin.Version));
        Assert.Equal(("second", "first"), (secrets.GetString("latest"), secrets.GetString("pinned")));
    }

    [Fact]
    public async Task The_fields_of_an_object_may_be_keys_of_the_root()
    {
        _server.SetSecret("shop", """{"database":{"password":"x"}}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("shop"));
        Assert.Equal("x", secrets.GetString("database.password"));
        Assert.Equal($"{_server.VaultUri}secrets/shop#/database/password", secrets["database"]["password"].Origin.Location);
    }

    [Theory]
    [InlineData(FaultKind.ExpiredToken, SecretsErrorCode.AccessDenied, 401)]
    [InlineData(FaultKind.Redirect, SecretsErrorCode.InvalidFormat, 307)]
    [InlineData(FaultKind.Throttle, SecretsErrorCode.Unavailable, 429)]
    public async Task A_failure_has_its_code(FaultKind fault, SecretsErrorCode code, int status)
    {
        _server.Inject(fault);
        var clock = new ManualTimeProvider();
        AzureKeyVaultOptions options = Options();
        SecretsBuilder builder = new SecretsBuilder { TimeProvider = clock }.AddAzureKeyVault(options);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new ClockDriver(clock, options.LoadTimeLimit).CompleteAsync(builder.BuildAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((code, status), (failure.Code, failure.Status));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var server = new AzureServer { IsTrusted = false };
        await server.ListenAsync();
        Assert.Equal(SecretsErrorCode.Unavailable, (await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(new AzureKeyVaultOptions().At(server)))).Code);
        Assert.Equal(0, server.CallCount);
    }

    [Fact]
    public async Task A_program_s_own_client_is_asked_instead()
    {
        _server.SetSecret("a", "x");
        SecretClient client = AzureClients.Create(Options());
        using SecretsStore secrets = await new SecretsBuilder().AddAzureKeyVault(new AzureKeyVaultOptions(), client).BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal("x", secrets.GetString("a"));
    }

    // An emulator's: pages that end with an empty link, members that no reference has, a body in chunks.
    [Fact]
    public async Task What_another_server_answered_is_read()
    {
        Assert.SkipWhen(CapturedAnswers.Folder is null, "the captured answers are not beside the repository");
        using var answers = new CapturedAnswers(
            new[] { "01-challenge-401", "07-list-page1", "08-list-page2", "09-list-last", "03-get-latest", "06-get-missing-404" }.Select(n => "azure/" + n));
        var client = new SecretClient(
            new Uri("https://localhost:4997"),
            new AzureServers.FixedCredential("token"),
            new SecretClientOptions { Transport = new HttpClientTransport(answers), DisableChallengeResourceVerification = true });
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using SecretsStore secrets = await new SecretsBuilder { TimeProvider = clock }
            .AddAzureKeyVault(new AzureKeyVaultOptions().Prefix("wire-"), client).BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal("s3crét", secrets.GetString("test"));
        Assert.Equal(("https://localhost:4997/secrets/wire-test", "07c8f1fe77c940c0a491464fba84b4df"), (secrets["test"].Origin.Location, secrets["test"].Origin.Version));

        using SecretsStore none = await new SecretsBuilder { TimeProvider = clock }
            .AddAzureKeyVault(new AzureKeyVaultOptions().Secret("nope", at: "nope"), client).BuildAsync(TestContext.Current.CancellationToken);
        Assert.Empty(none.Keys);
    }

    private static FakeTimeProvider AnHourAgo() => new(DateTimeOffset.UtcNow.AddHours(-1));

    private AzureKeyVaultOptions Options() => new AzureKeyVaultOptions().At(_server);

    private static Task<SecretsStore> BuildAsync(AzureKeyVaultOptions options) => new SecretsBuilder().AddAzureKeyVault(options).BuildAsync(TestContext.Current.CancellationToken);
}
