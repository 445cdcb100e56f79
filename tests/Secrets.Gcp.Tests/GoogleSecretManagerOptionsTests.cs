namespace Secrets.Gcp.Tests;

public sealed class GoogleSecretManagerOptionsTests
{
    public static TheoryData<string, Action<GoogleSecretManagerOptions>> Mistakes => new()
    {
        { "Secret takes an identifier", o => o.Secret("") },
        { "and not \"a/b\": of a resource name it is what follows secrets/; set Project, Location and version by themselves", o => o.Secret("a/b") },
        { "and not \"a.b\".", o => o.Secret("a.b") },
        { "and not \"a\\nb\".", o => o.Secret("a\nb") },
        { "Secret takes a version's number or alias, and not \"1.0\".", o => o.Secret("a", version: "1.0") },
        { "dashes and underscores, and not \"/shop\".", o => o.Prefix("/shop") },
        { "Secret takes an identifier", o => o.Secret(new string('a', 256)) },
        { "Secret takes a version", o => o.Secret("a", version: "../1") },
        { "Prefix takes", o => o.Prefix("a.b") },
        { "Project must", o => o.Project = "" },
        { "Project must", o => o.Project = "a/../b" },
        { "EndpointUrl must", o => o.EndpointUrl = new Uri("http://example.org") },
        { "unless AllowInsecureHttp is set", o => o.EndpointUrl = new Uri("http://example.org") },
        { "EndpointUrl must have no query, and no /v1", o => o.EndpointUrl = new Uri("https://example.org/?key=1") },
        { "EndpointUrl must have no query, and no /v1", o => o.EndpointUrl = new Uri("https://example.org/gateway/v1/") },
        { "EndpointUrl must have no query, and no /v1", o => o.EndpointUrl = new Uri("https://example.org/#part") },
        { "Location must", o => o.Location = "" },
        { "Location must", o => o.Location = "europe.example.org/" },
        { "MaxAttempts must", o => o.MaxAttempts = 0 },
    };

    [Theory]
    [InlineData(null, null, "https://secretmanager.googleapis.com/v1/projects/shop-1/")]
    [InlineData("europe-west3", null, "https://secretmanager.europe-west3.rep.googleapis.com/v1/projects/shop-1/locations/europe-west3/")]
    [InlineData("europe-west3", "https://private.example", "https://private.example/v1/projects/shop-1/locations/europe-west3/")]
    [InlineData(null, "https://gateway.example/google/secrets/", "https://gateway.example/google/secrets/v1/projects/shop-1/")]
    [InlineData(null, "http://emulator:9090", "http://emulator:9090/v1/projects/shop-1/")]
    public void The_address_follows_from_location_and_endpoint(string? location, string? endpoint, string address)
    {
        var options = new GoogleSecretManagerOptions { Project = "shop-1", Location = location, EndpointUrl = endpoint is null ? null : new Uri(endpoint), AllowInsecureHttp = true };
        options.Validate("gcp");
        Assert.Equal(address, GoogleSecretManagerClient.ParentOf(options.Copy()).AbsoluteUri);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_when_the_source_is_added(string rule, Action<GoogleSecretManagerOptions> set)
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddGoogleSecretManager("shop-1", set));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "gcp"), (failure.Code, failure.SourceName));
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
    }
}
