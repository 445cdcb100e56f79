namespace Secrets.Toml.Tests;

public class TomlFormatTests
{
    private static readonly SecretOrigin Origin = new("aws", "arn:x", "v1", DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_document_gives_its_leaves_with_their_places()
    {
        IReadOnlyList<SecretEntry> leaves = TomlFormat.Default.Read("user = \"sally\"\n[database]\nport = 5432\nhosts = [\"a\", \"b\"]\n[database.deep]\nodd.\"key x\" = true\n[empty]\n", Origin);

        Assert.Equal(
            [
                "user String arn:x(1,1)",
                "database.port Integer arn:x(3,1)",
                "database.hosts Array arn:x(4,1)",
                "database.deep.odd.\"key x\" Boolean arn:x(6,1)",
                "empty Section arn:x(7,1)",
            ],
            leaves.Select(l => $"{l.Path} {l.Value.Kind} {l.Value.Origin.Location}"));
        Assert.All(leaves, l => Assert.Equal("v1", l.Value.Origin.Version));
        Assert.Equal("sally", leaves[0].Value.Reveal());
    }

    [Fact]
    public void An_empty_document_gives_nothing() => Assert.Empty(TomlFormat.Default.Read("", Origin));

    [Theory]
    [InlineData("a = \n", "arn:x(1,5)")]
    [InlineData("a = 1\na = 2\n", "arn:x(2,1)")]
    public void A_mistake_names_its_place(string text, string place) =>
        Assert.StartsWith(place, Assert.Throws<SecretsFormatException>(() => TomlFormat.Default.Read(text, Origin)).Message, StringComparison.Ordinal);

    // Half of a surrogate pair does not survive as the argument of a test.
    [Fact]
    public void A_text_that_UTF_8_cannot_write_is_a_mistake() =>
        Assert.StartsWith("arn:x: ", Assert.Throws<SecretsFormatException>(() => TomlFormat.Default.Read("a = \"" + (char)0xD800 + "\"", Origin)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_version_is_a_choice()
    {
        const string NewInlineTable = "a = {\n  b = 1,\n}\n";
        Assert.Equal("a.b", Assert.Single(TomlFormat.Default.Read(NewInlineTable, Origin)).Path.ToString());
        Assert.Throws<SecretsFormatException>(() => TomlFormat.Toml10.Read(NewInlineTable, Origin));
    }

    [Fact]
    public void Nesting_is_bounded() =>
        Assert.Throws<SecretsFormatException>(() => TomlFormat.Default.Read("a = " + new string('[', 65) + new string(']', 65), Origin));
}
