namespace Secrets.Aws.Tests;

public sealed class AwsParameterStoreOptionsTests
{
    public static TheoryData<string, Action<AwsParameterStoreOptions>> Mistakes => new()
    {
        { "add Parameter", _ => { } },
        { "Parameter takes a name", o => o.Parameter("") },
        { "Parameter takes a name", o => o.Parameter("a\0b") },
        { "Prefix takes", o => o.Prefix("/") },
        { "Prefix takes", o => o.Prefix("prod/") },
        { "Prefix takes", o => o.Prefix("/prod") },
        { "from / to /, as in \"/prod/shop/\", up to 1011 characters, and not \"prod/\".", o => o.Prefix("prod/") },
        { "and not \"a\\nb\".", o => o.Parameter("a\nb") },
        { "LoadTimeLimit must", o => o.Prefix("/prod/").LoadTimeLimit = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_when_the_source_is_added(string rule, Action<AwsParameterStoreOptions> set)
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddAwsParameterStore(set));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "aws-parameters"), (failure.Code, failure.SourceName));
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
    }
}
