using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests;

public sealed class AwsSecretsManagerOptionsTests
{
    public static TheoryData<string, Action<AwsSecretsManagerOptions>> Mistakes => new()
    {
        { "add Secret", _ => { } },
        { "Secret takes a name", o => o.Secret(" ") },
        { "Secret takes a name", o => o.Secret("a\nb") },
        { "and not \"a\\nb\".", o => o.Secret("a\nb") },
        { "Secret takes a name", o => o.Secret(new string('a', 2049)) },
        { "Secret takes versionStage or versionId", o => o.Secret("a", versionStage: "AWSPREVIOUS", versionId: "1") },
        { "Prefix takes", o => o.Prefix("") },
        { "Prefix takes", o => o.Prefix("/") },
        { "Prefix takes", o => o.Prefix("prod") },
        { "as in \"prod/shop/\", up to 512 characters, and not \"prod\".", o => o.Prefix("prod") },
        { "Region must", o => o.Secret("a").Region = "EU West" },
        { "Region must", o => o.Secret("a").Region = "" },
        { "Profile must", o => o.Secret("a").Profile = " " },
        { "EndpointUrl must", o => o.Secret("a").EndpointUrl = new Uri("http://example.org") },
        { "EndpointUrl must", o => o.Secret("a").EndpointUrl = new Uri("https://me:secret@example.org") },
        { "EndpointUrl must have no query", o => o.Secret("a").EndpointUrl = new Uri("https://example.org/?key=1") },
        { "EndpointUrl must have no query", o => o.Secret("a").EndpointUrl = new Uri("https://example.org/#part") },
        { "MaxAttempts must", o => o.Secret("a").MaxAttempts = 0 },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_when_the_source_is_added(string rule, Action<AwsSecretsManagerOptions> set)
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddAwsSecretsManager(set));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "aws"), (failure.Code, failure.SourceName));
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_none_is_refused() => Assert.Throws<ArgumentException>(() => new AwsSecretsManagerOptions().Secret("a", at: "a..b"));

    [Fact]
    public async Task Options_are_copied_when_the_source_is_added()
    {
        await using AwsServer server = AwsServers.Start();
        server.SetSecret("a", "1");
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().Secret("a", at: "a").At(server);
        SecretsBuilder chain = new SecretsBuilder().AddAwsSecretsManager(options);
        options.Secret("b", at: "b").EndpointUrl = new Uri("https://example.org");
        options.Credentials = null;
        using SecretsStore secrets = await chain.BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a"], secrets.Keys);
        Assert.Equal(1, server.CallCount);
    }
}
