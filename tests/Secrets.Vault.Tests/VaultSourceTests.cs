using Secrets.Tests.Fakes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

public sealed class VaultSourceTests : IAsyncDisposable
{
    private readonly VaultServer _server = VaultServers.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("secret/shop", """{"token":"x"}""", "token")]
    [InlineData("secret/shop", """{"database":{"password":"x"}}""", "database.password")]
    [InlineData("secret/shop", """{"API_KEY":"x"}""", "api_key")]
    [InlineData("kv/shop", """{"token":"x"}""", "token")]
    [InlineData("secret/team/shop/app", """{"token":"x"}""", "token")]
    public async Task The_fields_of_a_secret_are_keys_of_the_root(string path, string json, string read)
    {
        _server.SetSecret(path, json);
        using SecretsStore secrets = await BuildAsync(Options().Secret(path));
        Assert.Equal("x", secrets.GetString(read));
        Assert.StartsWith(path + "#/", secrets[read].Origin.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret/shop/database", "password", "database.password")]
    [InlineData("secret/shop/eu/database", "password", "eu.database.password")]
    [InlineData("secret/shop/api-keys", "TRELLO", "api_keys.trello")]
    [InlineData("kv/shop/database", "password", "database.password")]
    public async Task Below_a_prefix_the_path_is_what_follows_it_and_the_field(string name, string field, string path)
    {
        _server.SetSecret(name, $$"""{"{{field}}":"x"}""");
        using (SecretsStore secrets = await BuildAsync(Options().Prefix(name.Split('/')[0] + "/shop/")))
        {
            Assert.Equal("x", secrets.GetString(path));
        }

        await using SecretsStore demanded = await new SecretsBuilder().Require(path).AddVault(Options().Prefix(name.Split('/')[0] + "/shop/")).BuildAsync(Token);
        Assert.Equal("x", demanded.GetString(path));
    }

    [Fact]
    public async Task Calls_share_a_connection()
    {
        _server.SetSecret("secret/shop", """{"token":"x"}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("secret/shop"));
        await secrets.RefreshAsync(Token);
        Assert.True(_server.CallCount > 1);
        Assert.Single(_server.Calls.Select(c => c.Connection).Distinct());
    }

    [Fact]
    public async Task A_prefix_is_listed_folder_by_folder_and_an_unchanged_refresh_fetches_no_value()
    {
        for (int i = 0; i < 300; i++)
        {
            _server.SetSecret(FormattableString.Invariant($"secret/shop/folder{i % 3}/secret{i}"), """{"a":"1"}""");
        }

        _server.SetSecret("secret/other", """{"never":"read"}""");
        using SecretsStore secrets = await BuildAsync(Options().Prefix("secret/shop/"));
        Assert.Equal((300, 4, 300), (secrets.Sources[0].Count, Count("list"), Count("read")));

        _server.SetSecret("secret/shop/folder1/secret1", """{"a":"2"}""");
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal("2", secrets.GetString("folder1.secret1.a"));
        Assert.Equal((4, 300, 1), (Count("list"), Count("metadata"), Count("read")));

        _server.ForgetCalls();
        SecretsView before = secrets.Current;
        await secrets.RefreshAsync(Token);
        Assert.Same(before, secrets.Current);
        Assert.Equal(0, Count("read"));
    }

    [Fact]
    public async Task On_demand_nothing_is_listed_and_the_plan_is_what_the_server_counts()
    {
        _server.Deny("secret/metadata/shop");
        _server.SetSecret("secret/shop/database", """{"password":"x","user":"not asked for"}""");
        _server.SetSecret("secret/shop/trello", """{"api_key":"y"}""");
        SecretsBuilder chain = new SecretsBuilder().Require("database.password", "trello.api_key").AddVault(Options().Prefix("secret/shop/"));
        SecretsSourcePlan plan = (await chain.PlanAsync(Token)).Single(p => p.IsRemote);
        Assert.Equal(["secret/shop/database", "secret/shop/trello"], plan.NativeNames);
        Assert.Equal(0, _server.CallCount);

        await using SecretsStore secrets = await chain.BuildAsync(Token);
        Assert.Equal(("x", "y"), (secrets.GetString("database.password"), secrets.GetString("trello.api_key")));
        Assert.Equal(plan.Calls, _server.CallCount);
        Assert.Equal("lookup-self mount read read", _server.Operations());

        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal("metadata metadata", _server.Operations());
    }

    [Fact]
    public async Task What_local_sources_have_is_not_asked_for()
    {
        await using SecretsStore secrets = await new SecretsBuilder().Require("a").AddInMemory([new("a", "1")]).AddVault(Options().Secret("secret/shop")).BuildAsync(Token);
        Assert.Equal(0, _server.CallCount);
    }

    [Fact]
    public async Task Where_metadata_may_not_be_read_a_refresh_fetches()
    {
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        _server.SetSecret("secret/more", """{"b":"1"}""");
        _server.Deny("secret/metadata/shop");
        _server.Deny("secret/metadata/more");
        using SecretsStore secrets = await BuildAsync(Options().Secret("secret/shop").Secret("secret/more"));
        SecretsView before = secrets.Current;
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal("metadata read read", _server.Operations());
        Assert.Same(before, secrets.Current);

        _server.SetSecret("secret/more", """{"b":"2"}""");
        await secrets.RefreshAsync(Token);
        Assert.Equal("2", secrets.GetString("b"));
    }

    [Fact]
    public async Task A_version_is_chosen()
    {
        _server.SetSecret("secret/shop", """{"a":"first"}""");
        _server.SetSecret("secret/shop", """{"a":"second"}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("secret/shop", at: "latest").Secret("secret/shop", at: "pinned", version: 1));
        Assert.Equal(("second", "first"), (secrets.GetString("latest.a"), secrets.GetString("pinned.a")));
        Assert.Equal(("2", "1"), (secrets["latest"]["a"].Origin.Version, secrets["pinned"]["a"].Origin.Version));

        _server.SetSecret("secret/shop", """{"a":"third"}""");
        await secrets.RefreshAsync(Token);
        Assert.Equal(("third", "first"), (secrets.GetString("latest.a"), secrets.GetString("pinned.a")));
    }

    [Fact]
    public async Task A_secret_that_is_destroyed_and_written_anew_is_fetched_though_its_number_is_the_same()
    {
        var clock = new ManualTimeProvider();
        _server.Clock = clock;
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("secret/shop"));
        _server.DeleteSecret("secret/shop");
        clock.Advance(TimeSpan.FromSeconds(1));
        _server.SetSecret("secret/shop", """{"a":"2"}""");
        await secrets.RefreshAsync(Token);
        Assert.Equal("2", secrets.GetString("a"));
    }

    // delete_version_after gives each version a time of deletion that is to come.
    [Fact]
    public async Task A_version_that_will_be_deleted_is_there_until_then()
    {
        var clock = new ManualTimeProvider();
        await using VaultServer server = VaultServers.Start(new VaultServer { Clock = clock });
        server.SetSecret("secret/shop", """{"a":"1"}""");
        server.DeleteLatestAt("secret/shop", clock.GetUtcNow().AddDays(30));
        await using SecretsStore secrets = await new SecretsBuilder { TimeProvider = clock, Random = () => 0.5 }
            .AddVault(new VaultOptions().At(server).Secret("secret/shop", at: "shop")).AddInMemory([new("shop.a", "of a lower source")]).BuildAsync(Token);
        server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal(("1", "metadata"), (secrets.GetString("shop.a"), server.Operations()));

        server.SetSecret("secret/shop", """{"a":"2"}""");
        server.DeleteLatestAt("secret/shop", clock.GetUtcNow().AddDays(30));
        await secrets.RefreshAsync(Token);
        Assert.Equal("2", secrets.GetString("shop.a"));

        await clock.AdvanceAsync(TimeSpan.FromDays(31), secrets);
        await secrets.RefreshAsync(Token);
        await secrets.RefreshAsync(Token);
        Assert.Equal("of a lower source", secrets.GetString("shop.a"));
    }

    [Fact]
    public async Task A_deleted_version_is_absent()
    {
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        _server.DeleteLatest("secret/shop");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options().Secret("secret/shop")));
        Assert.Equal(SecretsErrorCode.NotFound, failure.Code);
        using SecretsStore secrets = await BuildAsync(Options().Secret("secret/shop", at: "shop"));
        Assert.Empty(secrets);

        _server.SetSecret("secret/shop", """{"a":"2"}""");
        await secrets.RefreshAsync(Token);
        Assert.Equal("2", secrets.GetString("shop.a"));
        _server.DeleteLatest("secret/shop");
        await secrets.RefreshAsync(Token);
        await secrets.RefreshAsync(Token);
        Assert.False(secrets.ContainsKey("shop"));
    }

    [Fact]
    public async Task One_secret_that_is_denied_leaves_the_others()
    {
        _server.SetSecret("secret/shop/a", """{"x":"1"}""");
        _server.SetSecret("secret/shop/b", """{"x":"2"}""");
        _server.Deny("secret/data/shop/a");
        using SecretsStore secrets = await BuildAsync(Options().Prefix("secret/shop/"));
        Assert.Equal("2", secrets.GetString("b.x"));
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => secrets.GetString("a.x", "fallback"));
        Assert.Equal((SecretsErrorCode.AccessDenied, "secret/shop/a", 403), (failure.Code, failure.NativeName, failure.Status));
    }

    [Theory]
    [InlineData("nowhere/shop", SecretsErrorCode.AccessDenied)]
    [InlineData("secret/missing", SecretsErrorCode.NotFound)]
    [InlineData("kv/missing", SecretsErrorCode.NotFound)]
    public async Task What_is_not_there_says_so(string path, SecretsErrorCode code)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options().Secret(path)));
        Assert.Equal((code, path), (failure.Code, failure.NativeName));
    }

    [Theory]
    [InlineData("secret/data/shop", " The path is the command line's, without data/: secret/shop.")]
    [InlineData("secret/shop", " All secrets below it are secret/shop/, with a slash at the end.")]
    public async Task What_people_mostly_get_wrong_is_told(string path, string hint)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options().Secret(path)));
        Assert.EndsWith(hint, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_of_the_engine_may_be_given()
    {
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        _server.Deny("sys/internal/ui/mounts/secret/shop");
        VaultOptions options = Options().Secret("secret/shop");
        options.KeyValueVersion = 2;
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(("1", "lookup-self read"), (secrets.GetString("a"), _server.Operations()));
    }

    [Fact]
    public async Task A_namespace_travels_with_each_call()
    {
        _server.Namespace = "teams/shop";
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        VaultOptions options = Options().Secret("secret/shop");
        options.Namespace = "teams/shop/";
        using SecretsStore secrets = await BuildAsync(options);
        Assert.All(_server.Calls, c => Assert.Equal(("teams/shop", "true"), (c.Header("X-Vault-Namespace"), c.Header("X-Vault-Request"))));
        Assert.Contains("namespace teams/shop", secrets.Sources[0].Places[0], StringComparison.Ordinal);

        options.Namespace = "teams/other";
        Assert.Equal(SecretsErrorCode.NotFound, (await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options))).Code);
    }

    [Fact]
    public async Task An_engine_that_makes_credentials_lists_none()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options().Prefix("database/creds/")));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
    }

    [Fact]
    public async Task A_sealed_server_is_unavailable_and_the_last_good_values_are_served()
    {
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("secret/shop"));
        _server.IsSealed = true;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(Token));
        Assert.Equal((SecretsErrorCode.Unavailable, 503, "1"), (failure.Code, failure.Status, secrets.GetString("a")));
        _server.IsSealed = false;
        await secrets.RefreshAsync(Token);
        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Unavailable)]
    [InlineData(FaultKind.Throttle)]
    [InlineData(FaultKind.Reset)]
    public async Task What_may_pass_is_tried_again(FaultKind fault)
    {
        _server.RetryAfterSeconds = 0;
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        _server.Inject(fault, times: 1, c => c.Operation == "read");
        VaultOptions options = Options().Secret("secret/shop");
        options.MaxAttempts = 2;
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal("lookup-self mount read read", _server.Operations());
    }

    [Fact]
    public async Task A_page_of_something_else_is_no_absence()
    {
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("secret/shop", at: "shop"));
        _server.Inject(FaultKind.PageNotFound);
        Assert.Equal(
            SecretsErrorCode.InvalidFormat, (await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Options().Secret("secret/shop", at: "shop")))).Code);
    }

    private VaultOptions Options() => new VaultOptions().At(_server);

    private int Count(string operation) => _server.Calls.Count(c => c.Operation == operation);

    private static Task<SecretsStore> BuildAsync(VaultOptions options) => new SecretsBuilder().AddVault(options).BuildAsync(Token);
}
