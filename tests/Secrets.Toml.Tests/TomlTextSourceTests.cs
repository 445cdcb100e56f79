namespace Secrets.Toml.Tests;

public class TomlTextSourceTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(" \n", false)]
    [InlineData("# nothing yet", false)]
    [InlineData("a = 1", false)]
    public async Task A_variable_that_is_not_set_or_empty_is_a_missing_store(string? value, bool isMissing)
    {
        using SecretsStore secrets = await new SecretsBuilder()
            .AddTomlFromEnvironment("BOX", o => (o.Variable, o.ExportToEnvironment) = (name => name == "BOX" ? value : null, false))
            .BuildAsync(TestContext.Current.CancellationToken);

        SecretsSourceStatus status = Assert.Single(secrets.Sources);
        Assert.Equal(isMissing ? SecretsSourceState.Missing : SecretsSourceState.Loaded, status.State);
        Assert.Equal(["BOX"], status.Places);
        if (isMissing)
        {
            SecretsFileNotFoundException e = Assert.Throws<SecretsFileNotFoundException>(() => secrets.GetString("b"));
            Assert.Equal(["BOX"], e.Places);
            Assert.Contains("toml: nothing at BOX", e.Message);
        }
        else
        {
            Assert.Throws<SecretNotFoundException>(() => secrets.GetString("b"));
        }
    }

    // Missing and empty are two results: a document of no characters is there.
    [Fact]
    public void An_empty_text_is_an_empty_document()
    {
        using SecretsStore secrets = new SecretsBuilder().AddTomlText("").Build();

        Assert.Equal("toml: Loaded, 0 secrets (text)", Assert.Single(secrets.Sources).ToString());
        Assert.Throws<SecretNotFoundException>(() => secrets.GetString("a"));
    }

    [Theory]
    [InlineData("a = 'HIGH'")]
    [InlineData("a = 'LOWHIGH'")]
    [InlineData("a = 1 # LOW")]
    public void Half_of_a_surrogate_pair_is_malformed(string toml)
    {
        // An attribute's argument cannot hold one.
        toml = toml.Replace("HIGH", "\ud83d").Replace("LOW", "\ude00");
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => new SecretsBuilder().AddTomlText(toml).Build());

        Assert.Equal(("text", SecretsErrorCode.InvalidFormat), (e.File, e.Code));
        Assert.Equal("text: expected text that UTF-8 can write; half of a surrogate pair is in it", e.Message);
        Assert.Null(e.InnerException);
    }

    [Theory]
    [InlineData("a = '\ud83d\ude00'", "\ud83d\ude00")]
    [InlineData("\ufeffa = 'x'", "x")]
    [InlineData("a = '''\r\nx\r\ny'''", "x\ny")]
    public void Text_is_what_the_same_file_would_be(string toml, string expected)
    {
        using SecretsStore secrets = new SecretsBuilder().AddTomlText(toml, o => o.ExportToEnvironment = false).Build();

        Assert.Equal(expected, secrets.GetString("a"));
    }

    [Fact]
    public void A_mistake_is_found_in_the_variable()
    {
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(
            () => new SecretsBuilder().AddTomlFromEnvironment("BOX", o => o.Variable = _ => "a = 1\nb = two").Build());

        Assert.StartsWith("BOX(2,5): expected a value", e.Message);
        Assert.Equal(("BOX", 2, 5), (e.File, e.Line, e.Column));
    }

    [Fact]
    public void Options_of_the_reader_count()
    {
        Assert.Throws<SecretsFormatException>(() => new SecretsBuilder().AddTomlText("a = {b = 1,}", o => o.Version = TomlVersion.Toml10).Build());
        Assert.Throws<SecretsFormatException>(() => new SecretsBuilder().AddTomlText("a = [[]]", o => o.MaxDepth = 1).Build());
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => new SecretsBuilder().AddTomlText("a = 'ä'", o => o.MaxSize = 7).Build());
        Assert.Contains("limit of 7 bytes", e.Message);
    }

    [Fact]
    public async Task A_variable_is_read_by_each_load()
    {
        string value = "a = 1";
        var options = new TomlOptions { Variable = _ => value };
        var source = new TomlTextSource(options, "BOX", () => options.Variable("BOX"));

        SecretsBatch first = await source.LoadAsync(new SecretsRequest("toml"), CancellationToken.None);
        value = "a = 1\nb = 2";
        SecretsBatch second = await source.LoadAsync(new SecretsRequest("toml"), CancellationToken.None);

        Assert.Equal((1, 2), (first.Entries.Count, second.Entries.Count));
    }
}
