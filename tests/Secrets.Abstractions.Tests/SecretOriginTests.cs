namespace Secrets.Tests;

public class SecretOriginTests
{
    private static readonly DateTimeOffset Then = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public void In_a_file_it_is_a_place_that_an_editor_opens()
    {
        var origin = new SecretOrigin("toml", ".secrets/secrets.toml", 12, 1, Then);

        Assert.Equal("toml .secrets/secrets.toml(12,1)", origin.ToString());
        Assert.Equal(".secrets/secrets.toml(12,1)", origin.Location);
        Assert.Equal((".secrets/secrets.toml", 12, 1), (origin.File, origin.Line, origin.Column));
        Assert.Null(origin.Version);
        Assert.Equal(Then, origin.ReadAt);
    }

    [Theory]
    [InlineData("arn:aws:secretsmanager:eu-central-1:1:secret:prod/shop", "v7", "aws arn:aws:secretsmanager:eu-central-1:1:secret:prod/shop version v7")]
    [InlineData("TRELLO_API_KEY", null, "aws TRELLO_API_KEY")]
    public void In_a_store_it_is_the_stores_own_name_and_version(string location, string? version, string text)
    {
        var origin = new SecretOrigin("aws", location, version, Then);

        Assert.Equal(text, origin.ToString());
        Assert.Equal(location, origin.Location);
        Assert.Equal((null, 0, 0), (origin.File, origin.Line, origin.Column));
        Assert.Equal(version, origin.Version);
    }

    [Fact]
    public void What_is_no_place_is_refused_by_the_name_of_its_parameter()
    {
        Assert.Throws<ArgumentNullException>("sourceName", () => new SecretOrigin(null!, "x", null, Then));
        Assert.Throws<ArgumentNullException>("location", () => new SecretOrigin("s", null!, null, Then));
        Assert.Throws<ArgumentOutOfRangeException>("line", () => new SecretOrigin("s", "f", 0, 1, Then));
        Assert.Throws<ArgumentOutOfRangeException>("column", () => new SecretOrigin("s", "f", 1, 0, Then));
        Assert.Throws<ArgumentNullException>("file", () => new SecretOrigin("s", null!, 1, 1, Then));
    }
}
