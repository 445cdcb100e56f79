namespace Secrets.Gcp.Tests;

public sealed class GoogleSecretManagerOptionsTests
{
    public static TheoryData<string, Action<GoogleSecretManagerOptions>> Mistakes => new()
    {
        { "Secret takes an identifier", o => o.Secret("") },
        { "Secret takes an identifier", o => o.Secret("a/b") },
        { "Secret takes an identifier", o => o.Secret(new string('a', 256)) },
        { "Secret takes a version", o => o.Secret("a", version: "../1") },
        { "Prefix takes", o => o.Prefix("a.b") },
        { "Project is", o => o.Project = "" },
        { "Project is", o => o.Project = "a/../b" },
        { "EndpointUrl is", o => o.EndpointUrl = new Uri("http://example.org") },
        { "MaxAttempts is", o => o.MaxAttempts = 0 },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_when_the_source_is_added(string rule, Action<GoogleSecretManagerOptions> set)
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddGoogleSecretManager("shop-1", set));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "gcp"), (failure.Code, failure.SourceName));
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
    }
}
