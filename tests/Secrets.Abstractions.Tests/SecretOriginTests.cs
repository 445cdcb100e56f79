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

    [Theory]
    [InlineData("plain name – größe 😀", "plain name – größe 😀")]
    [InlineData("a\r\n  toml: has it", "a\\r\\n  toml: has it")]
    [InlineData("a\u0085b\u2028c\u2029d\u000be\u000cf", "a\\u0085b\\u2028c\\u2029d\\u000Be\\u000Cf")]
    [InlineData("\u001b[2Jgone\0\t\u007f", "\\u001B[2Jgone\\u0000\\t\\u007F")]
    [InlineData("exe.\u202etxt", "exe.\\u202Etxt")]
    [InlineData("C:\\new", "C:\\new")]
    public void A_text_from_outside_stays_on_one_line_of_a_message(string text, string printable)
    {
        var named = new SecretOrigin(text, text, text, Then);
        var inFile = new SecretOrigin("toml", text, 2, 3, Then);

        Assert.Equal(printable, SecretOrigin.Printable(text));
        Assert.Equal(printable, named.Location);
        Assert.Equal($"{printable} {printable} version {printable}", named.ToString());
        Assert.Equal($"toml {printable}(2,3)", inFile.ToString());
        Assert.Equal(text, inFile.File);
        Assert.Equal(text, named.Version);
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
