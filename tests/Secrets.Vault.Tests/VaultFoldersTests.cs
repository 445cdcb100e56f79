using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>What a prefix is read by where a server, a policy or an answer does not permit the scan.</summary>
public sealed class VaultFoldersTests : IAsyncDisposable
{
    private readonly MemoryVault _vault = new();

    public VaultFoldersTests() => Server.IsOpenBao = true;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VaultServer Server => _vault.Server;

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    // Vault has no SCAN. It is asked for once, and again after an hour.
    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(403)]
    public async Task A_server_without_the_scan_is_read_folder_by_folder(int status)
    {
        Server.IsOpenBao = false;
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetSecret("secret/shop/deep/b", """{"k":"2"}""");
        VaultOptions options = _vault.Options().Prefix("secret/shop/");
        int asked = 0;
        options.Handler = () => new ScriptedAnswers(Server.CreateMemoryHandler(), path => path.Contains("/detailed-metadata/", StringComparison.Ordinal) && ++asked > 0 && status != 404
            ? (status, """{"errors":["as the test says"]}""")
            : null);
        await using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(("1", "2"), (secrets.GetString("a.k"), secrets.GetString("deep.b.k")));

        // A policy, or an OpenBao without SCAN, may permit the lists of folders: they are tried once.
        int tried = status == 404 ? 1 : 2;
        Assert.Equal(tried, asked);
        Assert.Equal("list list metadata metadata", await _vault.RefreshAsync(secrets));
        Assert.Equal(tried, asked);
        await _vault.AdvanceAsync(TimeSpan.FromHours(1), secrets);
        await _vault.RefreshAsync(secrets);
        Assert.Equal(2 * tried, asked);
        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_key_without_a_name_is_left_out_and_not_listed_for_ever(string key)
    {
        Server.IsOpenBao = false;
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        VaultOptions options = _vault.Options().Prefix("secret/shop/");
        int asked = 0;
        options.Handler = () => new ScriptedAnswers(Server.CreateMemoryHandler(), path =>
            path.EndsWith("/metadata/shop/", StringComparison.Ordinal) || path.EndsWith("/metadata/shop//", StringComparison.Ordinal)
                ? ++asked > 3 ? (500, "{}") : (200, """{"data":{"keys":["a","KEY"]}}""".Replace("KEY", key, StringComparison.Ordinal))
                : null);
        await using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(("1", 1), (secrets.GetString("a.k"), asked));
        Assert.Contains("is left out", Assert.Single(secrets.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_permits_lists_and_no_scan_takes_a_call_for_each_folder()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetSecret("secret/shop/deep/b", """{"k":"2"}""");
        Server.Inject(FaultKind.AccessDenied, when: c => c.Operation == "scan");
        await using SecretsStore secrets = await BuildAsync();
        Server.SetSecret("secret/shop/deep/b", """{"k":"3"}""");
        Assert.Equal("list-detailed list-detailed read", await _vault.RefreshAsync(secrets));
        Assert.Equal(("1", "3"), (secrets.GetString("a.k"), secrets.GetString("deep.b.k")));
    }

    // Vault takes the scan for a read of a secret that does not exist.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Version_1_of_the_engine_is_read_folder_by_folder_where_it_cannot_be_scanned(bool isOpenBao)
    {
        Server.IsOpenBao = isOpenBao;
        Server.SetSecret("kv/shop/a", """{"k":"1"}""");
        Server.SetSecret("kv/shop/deep/b", """{"k":"2"}""");
        Server.Inject(FaultKind.AccessDenied, when: c => c.Operation == "scan");
        await using SecretsStore secrets = await BuildAsync(_vault.Options().Prefix("kv/shop/"));
        Assert.Equal(("1", "2"), (secrets.GetString("a.k"), secrets.GetString("deep.b.k")));
        Assert.Equal("list list read read", await _vault.RefreshAsync(secrets));
    }

    [Fact]
    public async Task A_secret_in_place_of_a_scan_of_version_1_is_no_list()
    {
        Server.SetSecret("kv/shop/a", """{"k":"1"}""");
        VaultOptions options = _vault.Options().Prefix("kv/shop/");
        int asked = 0;
        options.Handler = () => new ScriptedAnswers(
            Server.CreateMemoryHandler(), path => path == "/v1/kv/shop/" && asked++ == 0 ? (200, """{"data":{"k":"of kv/shop"}}""") : null);
        await using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal("1", secrets.GetString("a.k"));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_read_in_its_folders()
    {
        for (int i = 0; i < 40; i++)
        {
            Server.SetSecret(FormattableString.Invariant($"secret/shop/folder{i % 4}/secret{i}"), """{"a":"1"}""");
        }

        VaultOptions options = _vault.Options().Prefix("secret/shop/");
        options.MaxAnswerBytes = 8 * 1024;
        await using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal((40, 5, 1), (secrets.Sources[0].Count, Count("scan"), Count("list-detailed")));
        Assert.Equal("list-detailed scan scan scan scan", await _vault.RefreshAsync(secrets));
    }

    [Fact]
    public async Task A_folder_that_is_too_large_is_read_in_pages()
    {
        for (int i = 0; i < 40; i++)
        {
            Server.SetSecret(FormattableString.Invariant($"secret/shop/secret{i}"), """{"a":"1"}""");
        }

        VaultOptions options = _vault.Options().Prefix("secret/shop/");
        Server.SetSecret("secret/shop/deep/b", """{"a":"1"}""");
        options.MaxAnswerBytes = 8 * 1024;
        await using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(41, secrets.Sources[0].Count);
        Server.SetSecret("secret/shop/secret7", """{"a":"2"}""");
        string calls = await _vault.RefreshAsync(secrets);
        Assert.DoesNotContain("metadata", calls.Replace("list-detailed", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((1, 1), (Count("scan"), Count("read")));
        Assert.Equal("2", secrets.GetString("secret7.a"));
    }

    [Fact]
    public async Task A_scan_that_takes_too_long_is_not_the_end_of_the_load()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetSecret("secret/shop/deep/b", """{"k":"2"}""");
        Server.Inject(FaultKind.Silence, when: c => c.Path.EndsWith("/shop/", StringComparison.Ordinal) && c.Operation == "scan");
        await using SecretsStore secrets = await BuildAsync();
        Assert.Equal(("1", "2", 2), (secrets.GetString("a.k"), secrets.GetString("deep.b.k"), Count("scan")));
        Assert.Equal("list-detailed list-detailed scan", await _vault.RefreshAsync(secrets));
    }

    [Theory]
    [InlineData("""{"data":{"keys":["a","b"]}}""")]
    [InlineData("""{"data":{"keys":["a","b"],"key_info":null}}""")]
    [InlineData("""{"data":{"keys":["a","b"],"key_info":{"a":{},"b":null}}}""")]
    [InlineData("""{"data":{"keys":["a","b"],"key_info":{"a":{"current_version":1},"b":{"current_version":1,"versions":null}}}}""")]
    [InlineData("""{"data":{"keys":["a","b"],"key_info":{"a":{"current_version":1,"versions":{}},"b":{"versions":{}}}}}""")]
    [InlineData("""{"data":{"keys":["a","b","a"],"key_info":{"c":{"current_version":1}}}}""")]
    public async Task Where_a_scan_leaves_versions_out_each_is_looked_at(string body)
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        Server.SetSecret("secret/shop/b", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync(Scripted(body));
        Server.SetSecret("secret/shop/b", """{"k":"2"}""");
        Assert.Equal("metadata metadata read", await _vault.RefreshAsync(secrets));
        Assert.Equal(("1", "2"), (secrets.GetString("a.k"), secrets.GetString("b.k")));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"data":{"keys":"a"}}""")]
    [InlineData("""{"data":{"keys":[1]}}""")]
    [InlineData("""{"data":{"keys":["a"],"key_info":[]}}""")]
    [InlineData("""{"data":{"keys":["a"],"key_info":{"a":{"current_version":"1","versions":{"1":{}}}}}}""")]
    [InlineData("""{"data":{"keys":["a"],"key_info":{"a":{"current_version":1,"versions":{"1":{"created_time":"soon"}}}}}}""")]
    public async Task A_malformed_scan_leaves_the_lists_of_Vault(string body)
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync(Scripted(body));
        Assert.Equal("1", secrets.GetString("a.k"));
        Assert.Equal("list metadata", await _vault.RefreshAsync(secrets));
    }

    [Fact]
    public async Task A_secret_that_has_metadata_and_no_version_is_absent()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync(Scripted("""{"data":{"keys":["none"],"key_info":{"none":{"current_version":0,"versions":{}}}}}"""));
        Assert.Empty(secrets);
        Assert.Equal(0, Count("read"));
    }

    // OpenBao answers a scan of "detailed-metadata" with 200 and no keys where the mount is version 1 now.
    [Fact]
    public async Task A_scan_that_finds_nothing_any_more_has_the_mount_asked_for_again()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync();
        Server.DeleteSecret("secret/shop/a");
        Assert.Equal("scan mount", await _vault.RefreshAsync(secrets));
    }

    [Fact]
    public async Task A_folder_with_unusual_characters_or_too_deep_is_left_out_with_one_warning()
    {
        string deep = string.Concat(Enumerable.Repeat("f/", 33));
        foreach (string name in new[] { "a", "büro/b", "büro/c", "büro/d/e", deep + "g", deep + "h" })
        {
            Server.SetSecret("secret/shop/" + name, """{"k":"1"}""");
        }

        await using SecretsStore secrets = await BuildAsync();
        Assert.Equal("a", Assert.Single(secrets).Key);
        Assert.Equal(
            ["büro/ is left out: the keys", deep + " is left out: folders are read to a depth of 32"],
            secrets.Warnings.Select(w => w.Message[(w.Message.IndexOf("shop/", StringComparison.Ordinal) + 5)..]).Select(m => m[..(m.StartsWith('b') ? 27 : deep.Length + 47)]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scan_that_fails_holds_what_was_read()
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync();
        Server.IsSealed = true;
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => _vault.CompleteAsync(secrets.RefreshAsync(Token)));
        Assert.Equal((SecretsErrorCode.Unavailable, "1"), (failure.Code, secrets.GetString("a.k")));
        Server.IsSealed = false;
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
    }

    // What a server answers none of says nothing of the scan.
    [Theory]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.AccessDenied)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Silence)]
    public async Task An_outage_does_not_cost_the_scan(FaultKind fault)
    {
        Server.SetSecret("secret/shop/a", """{"k":"1"}""");
        await using SecretsStore secrets = await BuildAsync();
        Server.Inject(fault);
        await Assert.ThrowsAsync<SecretsSourceException>(() => _vault.CompleteAsync(secrets.RefreshAsync(Token)));
        Server.Heal();
        Assert.Equal("scan", await _vault.RefreshAsync(secrets));
        Assert.Equal(("1", SecretsSourceState.Loaded), (secrets.GetString("a.k"), secrets.Sources[0].State));
    }

    private int Count(string operation) => Server.Count(operation);

    private Task<SecretsStore> BuildAsync(VaultOptions? options = null) => _vault.BuildAsync(options ?? _vault.Options().Prefix("secret/shop/"));

    /// <summary>Options for a prefix whose scan is answered with a body.</summary>
    private VaultOptions Scripted(string body)
    {
        VaultOptions options = _vault.Options().Prefix("secret/shop/");
        options.Handler = () => new ScriptedAnswers(
            Server.CreateMemoryHandler(), path => path.Contains("/detailed-metadata/", StringComparison.Ordinal) ? (200, body) : null);
        return options;
    }
}
