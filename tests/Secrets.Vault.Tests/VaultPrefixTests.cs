using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>How many calls a prefix of OpenBao takes, and what they find.</summary>
public sealed class VaultPrefixTests : IAsyncDisposable
{
    private readonly MemoryVault _vault = new();

    public VaultPrefixTests() => Server.IsOpenBao = true;

    private VaultServer Server => _vault.Server;

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    // The counts of docs/vault.md.
    [Theory]
    [InlineData("scan", 1)]
    [InlineData("list", 31)]
    [InlineData("neither", 3031)]
    public async Task A_refresh_of_three_thousand_secrets_takes_so_many_calls_and_one_for_each_that_changed(string permitted, int calls)
    {
        if (permitted != "scan")
        {
            Server.Inject(FaultKind.AccessDenied, when: c => c.Operation == "scan" || (c.Operation == "list-detailed" && permitted == "neither"));
        }

        for (int i = 0; i < 3000; i++)
        {
            Server.SetSecret(FormattableString.Invariant($"secret/shop/folder{i % 30}/secret{i}"), """{"a":"1"}""");
        }

        await using SecretsStore secrets = await BuildAsync();
        Assert.Equal((3000, 1), (secrets.Sources[0].Count, Count("scan")));
        SecretsView before = secrets.Current;
        await _vault.RefreshAsync(secrets);
        Assert.Equal((calls, 0), (Server.CallCount, Count("read")));
        Assert.Same(before, secrets.Current);

        foreach (int i in new[] { 3, 300, 2999 })
        {
            Server.SetSecret(FormattableString.Invariant($"secret/shop/folder{i % 30}/secret{i}"), """{"a":"2"}""");
        }

        await _vault.RefreshAsync(secrets);
        Assert.Equal((calls + 3, 3), (Server.CallCount, Count("read")));
        Assert.Equal(("2", "1"), (secrets.GetString("folder0.secret300.a"), secrets.GetString("folder1.secret301.a")));
    }

    [Theory]
    [InlineData("secret/shop/")]
    [InlineData("secret/")]
    public async Task Folders_are_read_at_any_depth(string prefix)
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetSecret("secret/shop/a/b", """{"k":"2"}""");
        Server.SetSecret("secret/shop/deep/er/c", """{"k":"3"}""");
        await using SecretsStore secrets = await BuildAsync(_vault.Options().Prefix(prefix, at: "x"));
        string shop = prefix == "secret/" ? "x.shop." : "x.";
        Assert.Equal(("1", "2", "3"), (secrets.GetString(shop + "a.k"), secrets.GetString(shop + "a.b.k"), secrets.GetString(shop + "deep.er.c.k")));
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
    }

    [Fact]
    public async Task A_secret_that_is_deleted_with_its_metadata_and_made_anew_is_version_1_again_and_is_fetched()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync();
        Server.DeleteSecret("secret/shop/a");
        _vault.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Server.SetSecret("secret/shop/a", """{"k":"2"}""");
        Assert.Equal("scan read", await _vault.RefreshAsync(secrets));
        Assert.Equal(("2", "1"), (secrets.GetString("a.k"), secrets["a"]["k"].Origin.Version));
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("destroy")]
    [InlineData("delete with metadata")]
    public async Task What_is_deleted_is_not_fetched_and_leaves_after_two_loads(string how)
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetSecret("secret/shop/b", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync();
        Action<string> delete = how switch
        {
            "delete" => Server.DeleteLatest,
            "destroy" => Server.DestroyLatest,
            _ => Server.DeleteSecret,
        };
        delete("secret/shop/a");
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
        Assert.True(secrets.ContainsKey("a"));
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
        Assert.False(secrets.ContainsKey("a"));

        Server.SetSecret("secret/shop/a", """{"k":"2"}""");
        Assert.Equal("scan read", await _vault.RefreshAsync(secrets));
        Assert.Equal(("2", "1"), (secrets.GetString("a.k"), secrets.GetString("b.k")));
    }

    [Fact]
    public async Task A_prefix_whose_secrets_are_all_deleted_is_empty_and_no_failure()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.DeleteLatest("secret/shop/a");
        await using SecretsStore secrets = await BuildAsync();
        Assert.Empty(secrets);
        Assert.Equal("lookup-self mount scan", Server.Operations());
    }

    [Fact]
    public async Task A_pinned_version_below_the_prefix_stays()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetSecret("secret/shop/a", """{"k":"2"}""");
        await using SecretsStore secrets = await BuildAsync(_vault.Options().Prefix("secret/shop/").Secret("secret/shop/a", at: "pinned", version: 1).Secret("secret/shop/a", at: "named"));
        Assert.Equal(("2", "1", "2"), (secrets.GetString("a.k"), secrets.GetString("pinned.k"), secrets.GetString("named.k")));
        Server.SetSecret("secret/shop/a", """{"k":"3"}""");
        Assert.Equal("scan metadata read", await _vault.RefreshAsync(secrets));
        Assert.Equal(("3", "1", "3"), (secrets.GetString("a.k"), secrets.GetString("pinned.k"), secrets.GetString("named.k")));
    }

    [Fact]
    public async Task A_namespace_travels_with_the_scan()
    {
        Server.Namespace = "teams/shop";
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        VaultOptions options = _vault.Options().Prefix("secret/shop/");
        options.Namespace = "teams/shop";
        await using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
        Assert.Equal("teams/shop", Server.Calls[^1].Header("X-Vault-Namespace"));
    }

    [Fact]
    public async Task Many_secrets_that_are_required_are_looked_at_in_one_call()
    {
        string[] paths = StoreMany(20);
        Server.SetSecret("secret/shop/not-required", """{"k":"1"}""");
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Prefix("secret/shop/"), paths);
        SecretsView before = secrets.Current;
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
        Assert.Same(before, secrets.Current);

        Server.SetSecret("secret/shop/s7", """{"k":"2"}""");
        Server.SetSecret("secret/shop/not-required", """{"k":"2"}""");
        Assert.Equal("scan read", await _vault.RefreshAsync(secrets));
        Assert.Equal("2", secrets.GetString("s7.k"));

        Server.DeleteLatest("secret/shop/s7");
        await _vault.RefreshAsync(secrets);
        Assert.DoesNotContain(Server.Calls, c => c.Path.EndsWith("/data/shop/s7", StringComparison.Ordinal) || c.Operation == "metadata");
        Assert.Equal("2", secrets.GetString("s7.k"));
    }

    [Fact]
    public async Task A_few_secrets_that_are_required_are_looked_at_one_by_one()
    {
        string[] paths = StoreMany(15);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Prefix("secret/shop/"), paths);
        await _vault.RefreshAsync(secrets);
        Assert.Equal((15, 15), (Server.CallCount, Count("metadata")));
    }

    [Fact]
    public async Task A_prefix_of_far_more_secrets_than_are_required_is_scanned_once_an_hour()
    {
        string[] paths = StoreMany(400);
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Prefix("secret/shop/"), paths[..20]);
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
        await _vault.RefreshAsync(secrets);
        Assert.Equal((20, 20), (Server.CallCount, Count("metadata")));
    }

    [Theory]
    [InlineData(FaultKind.AccessDenied)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Silence)]
    public async Task A_scan_that_fails_leaves_the_look_at_each(FaultKind fault)
    {
        string[] paths = StoreMany(20);
        Server.Inject(fault, when: c => c.Operation == "scan");
        await using SecretsStore secrets = await _vault.BuildAsync(_vault.Options().Prefix("secret/shop/"), paths);
        Server.SetSecret("secret/shop/s7", """{"k":"2"}""");
        await _vault.RefreshAsync(secrets);
        Assert.Equal((20, 1, "2"), (Count("metadata"), Count("read"), secrets.GetString("s7.k")));
        await _vault.RefreshAsync(secrets);
        Assert.Equal((20, 20), (Server.CallCount, Count("metadata")));
    }

    [Fact]
    public async Task Version_1_of_the_engine_is_listed_in_one_call()
    {
        Server.SetSecret("kv/shop/a", """{"k":"1"}""");
        Server.SetSecret("kv/shop/deep/b", """{"k":"2"}""");
        await using SecretsStore secrets = await BuildAsync(_vault.Options().Prefix("kv/shop/"));
        Assert.Equal("scan read read", await _vault.RefreshAsync(secrets));
        Assert.Equal(("1", "2"), (secrets.GetString("a.k"), secrets.GetString("deep.b.k")));
    }

    [Fact]
    public async Task Nothing_below_a_prefix_of_version_1_is_no_failure()
    {
        Server.SetSecret("kv/other", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync(_vault.Options().Prefix("kv/shop/"));
        Assert.Empty(secrets);
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
    }

    private int Count(string operation) => Server.Count(operation);

    private Task<SecretsStore> BuildAsync(VaultOptions? options = null) => _vault.BuildAsync(options ?? _vault.Options().Prefix("secret/shop/"));

    /// <summary>Stores secrets below the prefix, and gives the paths of their fields.</summary>
    private string[] StoreMany(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"s{i}"))];
        foreach (string name in names)
        {
            Server.SetSecret("secret/shop/" + name, """{"k":"1"}""");
        }

        return [.. names.Select(n => n + ".k")];
    }
}
