using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests;

public sealed class AwsParameterStoreSourceTests : IAsyncDisposable
{
    private readonly AwsServer _server = AwsServers.Start();

    /// <summary>The table of docs/aws.md: a parameter below the path <c>/prod/shop/</c>, its type and value, and the paths that it gives.</summary>
    public static TheoryData<string, string, string, string> Mapping => new()
    {
        { "/prod/shop/token", "SecureString", "x", "token String" },
        { "/prod/shop/token", "String", "x", "token String" },
        { "/prod/shop/database/password", "SecureString", "x", "database.password String" },
        { "/prod/shop/database", "SecureString", """{"password":"x","port":5432}""", "database.password String|database.port Integer" },
        { "/prod/shop/hosts", "StringList", "a,b", "hosts Array" },
        { "/prod/shopping/token", "String", "x", "" },
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Mapping))]
    public async Task A_name_below_a_path_is_a_path(string name, string type, string value, string expected)
    {
        _server.SetParameter(name, value, type);
        AwsParameterStoreOptions options = Options().Prefix("/prod/shop/");
        SecretsBatch batch = await new AwsParameterStoreSource(options)
            .LoadAsync(new SecretsRequest("aws-parameters"), TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join('|', batch.Entries.Select(e => $"{e.Path} {e.Value.Kind}")));
    }

    [Fact]
    public async Task A_parameter_that_its_key_does_not_decrypt_leaves_the_others_below_its_path()
    {
        _server.SetParameter("/prod/shop/a", "1");
        _server.SetParameter("/prod/shop/b", "2");
        _server.SetParameter("/prod/shop/c", "3", "String");
        _server.FailDecryption("/prod/shop/b");
        using SecretsStore secrets = await new SecretsBuilder().AddAwsParameterStore(Options().Prefix("/prod/shop/")).BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("1", "3"), (secrets.GetString("a"), secrets.GetString("c")));
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => secrets.GetString("b"));
        Assert.Equal((SecretsErrorCode.AccessDenied, "InvalidKeyId"), (failure.Code, failure.VendorCode));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_parameter_that_is_deleted_and_made_anew_is_read_though_its_version_is_the_same(bool isPrefix)
    {
        _server.SetParameter("/prod/a", "old");
        AwsParameterStoreOptions options = Options();
        using SecretsStore secrets = await new SecretsBuilder().AddAwsParameterStore(isPrefix ? options.Prefix("/prod/") : options.Parameter("/prod/a", at: "a"))
            .BuildAsync(TestContext.Current.CancellationToken);
        _server.DeleteParameter("/prod/a");
        _server.SetParameter("/prod/a", "new");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("new", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_list_is_an_array()
    {
        _server.SetParameter("/prod/hosts", "a,b", "StringList");
        using SecretsStore secrets = await BuildAsync(Options().Parameter("/prod/hosts", at: "hosts"));
        Assert.Equal(["a", "b"], secrets["hosts"].AsList().Select(v => v.Reveal()));
    }

    [Fact]
    public async Task Parameters_are_asked_for_in_groups_of_ten()
    {
        AwsParameterStoreOptions options = Options();
        for (int i = 0; i < 25; i++)
        {
            _server.SetParameter(FormattableString.Invariant($"/prod/p{i}"), "value");
            options.Parameter(FormattableString.Invariant($"/prod/p{i}"), at: FormattableString.Invariant($"p{i}"));
        }

        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal((25, 3), (secrets.Count, _server.CallCount));
    }

    [Fact]
    public async Task A_version_or_a_label_is_part_of_the_name()
    {
        _server.SetParameter("/prod/token", "first");
        _server.LabelParameter("/prod/token", "live");
        _server.SetParameter("/prod/token", "second");
        using SecretsStore secrets = await BuildAsync(Options()
            .Parameter("/prod/token", at: "current").Parameter("/prod/token:1", at: "numbered").Parameter("/prod/token:live", at: "labelled"));
        Assert.Equal(("second", "first", "first"), (secrets.GetString("current"), secrets.GetString("numbered"), secrets.GetString("labelled")));
    }

    [Fact]
    public async Task One_that_is_denied_takes_its_group_along_so_that_each_is_asked_alone()
    {
        _server.SetParameter("/prod/a", "1");
        _server.SetParameter("/prod/b", "2");
        _server.Deny("/prod/a");
        using SecretsStore secrets = await BuildAsync(Options().Parameter("/prod/a", at: "a").Parameter("/prod/b", at: "b"));

        Assert.Equal("2", secrets.GetString("b"));
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => secrets.GetString("a")).Code);
        Assert.Equal(3, _server.CallCount);
    }

    [Fact]
    public async Task What_was_required_is_asked_for_by_name()
    {
        _server.SetParameter("/prod/shop/database/password", "x");
        _server.SetParameter("/prod/shop/other", "never asked for");
        using SecretsStore secrets = await new SecretsBuilder().Require("database.password").AddAwsParameterStore(Options().Prefix("/prod/shop/"))
            .BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal("x", secrets.GetString("database.password"));
        Assert.Equal(["GetParameters"], _server.Calls.Select(c => c.Operation));
    }

    [Fact]
    public async Task An_unchanged_refresh_makes_no_new_snapshot()
    {
        _server.SetParameter("/prod/shop/a", "1");
        using SecretsStore secrets = await BuildAsync(Options().Prefix("/prod/shop/"));
        SecretsView before = secrets.Current;
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Same(before, secrets.Current);
        _server.SetParameter("/prod/shop/a", "2");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", secrets.GetString("a"));
    }

    private AwsParameterStoreOptions Options() => new AwsParameterStoreOptions().At(_server);

    private static Task<SecretsStore> BuildAsync(AwsParameterStoreOptions options) =>
        new SecretsBuilder().AddAwsParameterStore(options).BuildAsync(TestContext.Current.CancellationToken);
}
