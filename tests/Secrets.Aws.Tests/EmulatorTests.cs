using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests;

/// <summary>A program reads the same from each emulator, whatever that does otherwise than AWS.</summary>
public sealed class EmulatorTests : IAsyncDisposable
{
    private readonly AwsServer _server = AwsServers.Start();

    public static TheoryData<AwsEmulator> Emulators => [.. Enum.GetValues<AwsEmulator>()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Emulators))]
    public async Task Secrets_are_read_beside_one_that_has_no_value(AwsEmulator emulator)
    {
        _server.Emulator = emulator;
        _server.SetSecret("prod/shop/a", "1");
        _server.SetSecret("prod/shop/b", "2");
        _server.SetSecretWithoutValue("prod/shop/c");
        _server.SetSecret("x/prod/shop/d", "elsewhere");
        _server.SetSecret("PROD/shop/e", "elsewhere");
        using SecretsStore byName = await BuildAsync(new AwsSecretsManagerOptions()
            .Secret("prod/shop/a", at: "a").Secret(_server.ArnOf("prod/shop/b"), at: "b").Secret("prod/shop/c", at: "c").Secret("prod/shop/none", at: "none"));
        using SecretsStore byPrefix = await BuildAsync(new AwsSecretsManagerOptions().Prefix("prod/shop/"));
        foreach (SecretsStore secrets in new[] { byName, byPrefix })
        {
            Assert.Equal(("1", "2", 2, 0), (secrets.GetString("a"), secrets.GetString("b"), secrets.Count, secrets.Warnings.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Emulators))]
    public async Task Versions_and_labels_of_parameters_are_told_apart(AwsEmulator emulator)
    {
        _server.Emulator = emulator;
        foreach (string value in new[] { "v1", "v2", "v3" })
        {
            _server.SetParameter("/prod/p", value);
            if (value == "v2")
            {
                _server.LabelParameter("/prod/p", "live");
            }
        }

        using SecretsStore secrets = await BuildAsync(new AwsParameterStoreOptions()
            .Parameter("/prod/p", at: "current").Parameter("/prod/p:1", at: "numbered").Parameter("/prod/p:live", at: "labelled").Parameter("/prod/p:3", at: "newest"));
        Assert.Equal(("v3", "v1", "v2", "v3"), (secrets.GetString("current"), secrets.GetString("numbered"), secrets.GetString("labelled"), secrets.GetString("newest")));
        Assert.Equal("1", secrets["numbered"].Origin.Version);
    }

    [Theory]
    [MemberData(nameof(Emulators))]
    public async Task Parameters_are_read_by_arn_alone_with_a_version_and_beside_their_names(AwsEmulator emulator)
    {
        const string Arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/prod/p";
        _server.Emulator = emulator;
        _server.SetParameter("/prod/p", "v1");
        _server.SetParameter("/prod/p", "v2");
        using SecretsStore alone = await BuildAsync(new AwsParameterStoreOptions().Parameter(Arn, at: "p"));
        using SecretsStore numbered = await BuildAsync(new AwsParameterStoreOptions().Parameter(Arn + ":1", at: "p"));
        using SecretsStore both = await BuildAsync(new AwsParameterStoreOptions().Parameter(Arn, at: "p").Parameter("/prod/p", at: "q").Parameter(Arn + ":1", at: "r"));
        Assert.Equal(("v2", "v1"), (alone.GetString("p"), numbered.GetString("p")));
        Assert.Equal(("v2", "v2", "v1"), (both.GetString("p"), both.GetString("q"), both.GetString("r")));
    }

    [Theory]
    [MemberData(nameof(Emulators))]
    public async Task A_reference_to_a_secret_is_read_or_absent_and_leaves_the_parameters(AwsEmulator emulator)
    {
        _server.Emulator = emulator;
        _server.SetParameter("/prod/p", "decrypted");
        _server.SetSecret("prod/shop", """{"user":"u"}""");
        _server.SetSecret("prod/token", "t");
        using SecretsStore secrets = await BuildAsync(new AwsParameterStoreOptions()
            .Parameter("/prod/p", at: "p")
            .Parameter("/aws/reference/secretsmanager/prod/shop", at: "shop")
            .Parameter("/aws/reference/secretsmanager/prod/token", at: "token")
            .Parameter("/aws/reference/secretsmanager/prod/none", at: "none"));
        Assert.Equal("decrypted", secrets.GetString("p"));
        Assert.False(secrets.ContainsKey("none"));
        bool knowsReferences = emulator is not (AwsEmulator.MiniStack or AwsEmulator.Roto);
        Assert.Equal(knowsReferences ? ("u", "t") : (null, null), (secrets.GetString("shop.user", null), secrets.GetString("token", null)));
        if (knowsReferences)
        {
            Assert.Null(secrets["token"].Origin.Version);
        }
    }

    [Fact]
    public async Task A_reference_says_where_its_secret_is_and_may_choose_a_version()
    {
        _server.SetSecret("prod/token", "first");
        _server.SetSecret("prod/token", "second");
        using SecretsStore secrets = await BuildAsync(new AwsParameterStoreOptions()
            .Parameter("/aws/reference/secretsmanager/prod/token", at: "current").Parameter("/aws/reference/secretsmanager/prod/token:AWSPREVIOUS", at: "previous"));
        Assert.Equal(("second", "first"), (secrets.GetString("current"), secrets.GetString("previous")));
        Assert.Equal(_server.ArnOf("prod/token"), secrets["current"].Origin.Location);
    }

    [Fact]
    public async Task References_are_asked_for_apart_and_the_plan_says_so()
    {
        SecretsBuilder chain = new SecretsBuilder().Require("p", "q").AddAwsParameterStore(new AwsParameterStoreOptions().At(_server)
            .Parameter("/prod/p", at: "p").Parameter("/aws/reference/secretsmanager/prod/token", at: "q"));
        Assert.Equal(2, Assert.Single(await chain.PlanAsync(Token), s => s.IsRemote).Calls);
    }

    private Task<SecretsStore> BuildAsync(AwsSecretsManagerOptions options) => new SecretsBuilder().AddAwsSecretsManager(options.At(_server)).BuildAsync(Token);

    private Task<SecretsStore> BuildAsync(AwsParameterStoreOptions options) => new SecretsBuilder().AddAwsParameterStore(options.At(_server)).BuildAsync(Token);
}
