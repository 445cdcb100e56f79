namespace Secrets.Cli.Chains;

public sealed class SourceSpecTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("toml:a.toml", "toml", false)]
    [InlineData("dotenv:.env", "dotenv", false)]
    [InlineData("env:APP_", "environment", false)]
    [InlineData("env", "environment", false)]
    [InlineData("directory:/run/secrets", "directory", false)]
    [InlineData("aws:prod/shop", "aws", true)]
    [InlineData("aws:prod/shop/", "aws", true)]
    [InlineData("aws-parameters:/prod/shop/", "aws-parameters", true)]
    [InlineData("azure:shop.vault.azure.net", "azure", true)]
    [InlineData("azure:https://shop.vault.azure.net", "azure", true)]
    [InlineData("vault:https://vault.example:8200/secret/shop/", "vault", true)]
    [InlineData("vault:secret/shop/", "vault", true)]
    [InlineData("gcp:shop-1", "gcp", true)]
    [InlineData("gcp:shop-1/web-", "gcp", true)]
    [InlineData("gcp:projects/shop-1/locations/europe-west3", "gcp", true)]
    public async Task Each_kind_becomes_its_source_without_any_call(string spec, string name, bool isRemote)
    {
        var builder = new SecretsBuilder().Require("token");

        SourceSpec.Add(builder, spec, new Surroundings { Terminal = _desk.Terminal, Programs = _desk.Programs, Directory = _desk.Directory, Home = _desk.Home, Variables = _desk.Variables });
        IReadOnlyList<SecretsSourcePlan> plan = await builder.PlanAsync(TestContext.Current.CancellationToken);

        SecretsSourcePlan source = Assert.Single(plan);
        Assert.Equal((name, isRemote), (source.Name, source.IsRemote));
    }

    [Theory]
    [InlineData("shop-1", "shop-1", null, "token")]
    [InlineData("shop-1/web-", "shop-1", null, "web-token")]
    [InlineData("projects/shop-1", "shop-1", null, "token")]
    [InlineData("projects/shop-1/secrets/web-", "shop-1", null, "web-token")]
    [InlineData("projects/shop-1/locations/europe-west3", "shop-1", "europe-west3", "token")]
    [InlineData("projects/shop-1/locations/europe-west3/secrets/web-", "shop-1", "europe-west3", "web-token")]
    public async Task Google_s_names_of_places_are_read(string place, string project, string? location, string asked)
    {
        Secrets.Gcp.GoogleSecretManagerOptions options = RemoteSources.GoogleAt(place);
        Assert.Equal((project, location), (options.Project, options.Location));
        IReadOnlyList<SecretsSourcePlan> plan = await new SecretsBuilder().Require("token").AddGoogleSecretManager(options).PlanAsync(TestContext.Current.CancellationToken);
        Assert.Equal([asked], Assert.Single(plan).NativeNames);
    }

    [Theory]
    [InlineData("aws:")]
    [InlineData("aws")]
    [InlineData("azure:::")]
    [InlineData("azure:shop")]
    [InlineData("vault:secret")]
    [InlineData("vault:https://host:8200/")]
    [InlineData("s3:bucket")]
    public async Task A_source_that_cannot_be_meant_is_wrong_use(string spec) =>
        Assert.Contains("--from", await _desk.FailsAsync(ExitCode.WrongUse, "list", "--from", spec), StringComparison.Ordinal);

    [Fact]
    public async Task The_first_source_wins()
    {
        _desk.Write("a.toml", "a = 1\n");
        _desk.Write("b.env", "A=2\nB=2\n");
        _desk.Variables["APP_C"] = "3";

        string[] from = ["--from", "toml:a.toml", "--from", "dotenv:b.env", "--from", "env:APP_"];
        Assert.Equal("1\n", await _desk.OutputAsync(["get", "a", .. from]));
        Assert.Equal("2\n", await _desk.OutputAsync(["get", "b", .. from]));
        Assert.Equal("3\n", await _desk.OutputAsync(["get", "c", .. from]));
    }

    [Fact]
    public async Task A_named_file_that_is_not_there_is_a_failed_source() =>
        Assert.Contains("none.toml", await _desk.FailsAsync(ExitCode.SourceFailed, "list", "--from", "toml:none.toml"), StringComparison.Ordinal);
}
