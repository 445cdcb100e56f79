using Amazon.Runtime;
using Secrets.Aws.Runtime;
using Secrets.TestServers.Hosting;

namespace Secrets.Aws.Tests;

/// <summary>What four emulators answered is read as their own users mean it.</summary>
public sealed class RecordedEmulatorTests
{
    private const string User = "u";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => ["moto", "localstack", "ministack", "roto"];

    public static TheoryData<string, string> Accounts => new()
    {
        { "moto", "123456789012" },
        { "localstack", "000000000000" },
        { "ministack", "000000000000" },
        { "roto", "123456789012" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_secret_is_read_beside_one_without_a_value(string emulator)
    {
        using SecretsStore secrets = await BuildAsync(Secrets(emulator).Secret("wire/one", at: "one").Secret("wire/novalue", at: "none"));
        Assert.Equal((User, 1), (secrets.GetString("one.user"), secrets.Count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_batch_with_an_error_keeps_the_others(string emulator)
    {
        using SecretsStore secrets = await BuildAsync(Secrets(emulator).Secret("wire/one", at: "one").Secret("wire/bin", at: "bin").Secret("wire/nope", at: "none"));
        Assert.Equal(("u", 2), (secrets.GetString("one.user"), secrets.Count));
        Assert.Equal([0, 1, 255], secrets["bin"].RevealBytes());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_secret_that_is_deleted_keeps_the_other(string emulator)
    {
        using SecretsStore secrets = await BuildAsync(Secrets(emulator).Secret("wire/one", at: "one").Secret("wire/del", at: "del"));
        Assert.Equal(User, secrets.GetString("one.user"));

        // Roto hides what is marked for deletion.
        Assert.Equal(emulator != "roto", secrets.ContainsKey("del"));
    }

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task A_secret_by_name_stage_and_arn_without_its_end(string emulator, string account)
    {
        string arn = $"arn:aws:secretsmanager:us-east-1:{account}:secret:wire/one";
        using SecretsStore name = await BuildAsync(Secrets(emulator).Secret("wire/one"));
        using SecretsStore previous = await BuildAsync(Secrets(emulator).Secret("wire/one", versionStage: "AWSPREVIOUS"));
        using SecretsStore byArn = await BuildAsync(Secrets(emulator).Secret(arn));
        Assert.Equal(("throwaway2", "throwaway", "throwaway2"), (name.GetString("password"), previous.GetString("password"), byArn.GetString("password")));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(Secrets(emulator).Secret("wire/nope")));
        Assert.Equal(SecretsErrorCode.NotFound, failure.Code);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Versions_and_labels_are_told_apart(string emulator)
    {
        using SecretsStore secrets = await BuildAsync(Parameters(emulator).Parameter("/wire/v:1", at: "one").Parameter("/wire/v:live", at: "live").Parameter("/wire/v", at: "now"));
        Assert.Equal(("v1", "v2"), (secrets.GetString("one"), secrets.GetString("live")));

        // Where no answer says which it is, the plain name is asked for alone; that request was not recorded.
        SecretValue now = secrets["now"];
        Assert.True(now.Kind == SecretKind.Unreadable || now.Reveal() == "v3");
    }

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task Parameters_by_arn(string emulator, string account)
    {
        string arn = $"arn:aws:ssm:us-east-1:{account}:parameter/wire/v";
        using SecretsStore alone = await BuildAsync(Parameters(emulator).Parameter(arn, at: "p"));
        using SecretsStore numbered = await BuildAsync(Parameters(emulator).Parameter(arn + ":1", at: "p"));
        using SecretsStore both = await BuildAsync(Parameters(emulator).Parameter(arn, at: "p").Parameter("/wire/v", at: "q"));
        Assert.Equal(("v3", "v1", "v3", "v3"), (alone.GetString("p"), numbered.GetString("p"), both.GetString("p"), both.GetString("q")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Parameters_that_are_missing_in_three_ways_keep_the_one_that_is_there(string emulator)
    {
        using SecretsStore secrets = await BuildAsync(Parameters(emulator)
            .Parameter("/wire/s", at: "s").Parameter("/wire/nope", at: "nope").Parameter("/wire/v:99", at: "number").Parameter("/wire/v:nolabel", at: "label"));
        Assert.Equal(("throwaway", 1), (secrets.GetString("s"), secrets.Count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Everything_below_a_path(string emulator)
    {
        var client = new AwsParameterStoreClient(Parameters(emulator));
        AwsParameterList page = await client.GetParametersByPathAsync("/wire", nextToken: null, withDecryption: true, Token);
        Assert.Equal(["/wire/l a,b", "/wire/s throwaway", "/wire/v v3"], page.Parameters.Select(p => $"{p.Name} {p.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("moto", "u")]
    [InlineData("localstack", "u")]
    [InlineData("ministack", null)]
    [InlineData("roto", null)]
    public async Task A_reference_to_a_secret_is_read_where_the_emulator_knows_it(string emulator, string? user)
    {
        using SecretsStore secrets = await BuildAsync(Parameters(emulator).Parameter("/aws/reference/secretsmanager/wire/one", at: "one"));
        Assert.Equal(user, secrets.GetString("one.user", null));
    }

    [Theory]
    [InlineData("moto", "wire/bin wire/novalue wire/one")]
    [InlineData("localstack", "wire/bin wire/novalue wire/one")]
    [InlineData("ministack", "WIRE/upper wire/bin wire/novalue wire/one x/wire/inner")]
    [InlineData("roto", "WIRE/upper wire/bin wire/novalue wire/one")]
    public async Task A_list_is_read(string emulator, string names)
    {
        var client = new AwsSecretsManagerClient(Secrets(emulator));
        AwsSecretList page = await client.ListSecretsAsync("wire/", nextToken: null, Token);
        Assert.Equal(names, string.Join(' ', page.Secrets.Select(s => s.Name).Order(StringComparer.Ordinal)));
        Assert.NotNull((await client.DescribeSecretAsync("wire/novalue", Token)).Arn);
    }

    private static AwsSecretsManagerOptions Secrets(string emulator) => Options<AwsSecretsManagerOptions>(emulator);

    private static AwsParameterStoreOptions Parameters(string emulator) => Options<AwsParameterStoreOptions>(emulator);

    private static T Options<T>(string emulator)
        where T : AwsSourceOptions, new()
    {
        Assert.SkipWhen(CapturedAnswers.Folder is null, "the captured answers are not beside the repository");
        return new T { Region = "us-east-1", Credentials = new BasicAWSCredentials("key", "secret"), MaxAttempts = 1, Handler = () => new RecordedEmulator(emulator) };
    }

    private static Task<SecretsStore> BuildAsync(AwsSecretsManagerOptions options) => new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(Token);

    private static Task<SecretsStore> BuildAsync(AwsParameterStoreOptions options) => new SecretsBuilder().AddAwsParameterStore(options).BuildAsync(Token);
}
