namespace Secrets.Toml.Reading;

public class TomlHintsTests
{
    private const string Quote = "this is a typographic quote, as word processors write it: use \" or '";
    private const string Backslash = "in double quotes a backslash is written \\\\, and a Windows path or a pattern goes into single quotes as it is";
    private const string Text = "text needs quotes";
    private const string Unseen = "this is a character that cannot be seen: remove it";
    private const string Shell = "this looks like a line of a shell: leave out the word before the key, and write key = \"value\"";
    private const string Yaml = "this looks like YAML or JSON, where TOML writes key = \"value\"";

    /// <summary>A document in which CANARY stands for a value, where its mistake is, and the hint.</summary>
    public static TheoryData<string, int, int, string> Documents => new()
    {
        { "a = \u201CCANARY\u201D", 1, 5, Quote },
        { "a = \u2018CANARY\u2019", 1, 5, Quote },
        { "a = \u00ABCANARY\u00BB", 1, 5, Quote },
        { "a = [\u201CCANARY\u201D]", 1, 6, Quote },
        { "a = \"CANARY\u201D\nb = 1", 1, 13, Quote },
        { "\u201Ca\u201D = 'CANARY'", 1, 1, Quote },
        { "a =\u00A0'CANARY'", 1, 4, "this is not a plain space: replace it" },
        { "a\u00A0= 'CANARY'", 1, 2, "this is not a plain space: replace it" },
        { "\u00A0a = 'CANARY'", 1, 1, "this is not a plain space: replace it" },
        { "a = \"C:\\pictures\\CANARY\"", 1, 8, Backslash },
        { "a = \"C:\\Users\\CANARY\"", 1, 8, Backslash },
        { "a = \"\\d+CANARY\"", 1, 6, Backslash },
        { "a = \"\"\"\nC:\\Program Files\\CANARY\"\"\"", 2, 3, Backslash },
        { "a = \"CANARY\\\"", 1, 14, "the last quote is escaped by the backslash before it; " + Backslash },
        { "{\n  \"a\": \"CANARY\"\n}", 1, 1, "this looks like JSON, where TOML writes key = \"value\"" },
        { "[{\"a\": \"CANARY\"}]", 1, 2, "this looks like JSON, where TOML writes key = \"value\"" },
        { "\"a\": \"CANARY\"", 1, 4, Yaml },
        { "a: CANARY", 1, 2, Yaml },
        { "a:\n  b: CANARY", 1, 2, Yaml },
        { "---\na: CANARY", 1, 4, "this looks like YAML, where TOML writes key = \"value\"" },
        { "export A=CANARY", 1, 8, Shell },
        { "b = 1\nset A=CANARY", 2, 5, Shell },
        { "a = 'it's CANARY'", 1, 9, "a string in single quotes ends at the next ': text with a ' in it needs double quotes" },
        { "\"a\" = \"CANARY\",\n\"b\" = 1", 1, 15, "TOML has no comma between lines" },
        { "a = 1 // CANARY", 1, 7, "a comment begins with #" },
        { "a = 1 ; CANARY", 1, 7, "a comment begins with #" },
        { "// CANARY", 1, 1, "a comment begins with #" },
        { "; CANARY", 1, 1, "a comment begins with #" },
        { "a = \"it\"s CANARY\"", 1, 9, "a string in double quotes ends at the next \": a \" in it is written \\\"" },
        { "a = \"x\"\u201D # CANARY", 1, 8, Quote },
        { "a = 'CANARY'\u00A0", 1, 13, "this is not a plain space: replace it" },
        { "a = 'CANARY'\u200B", 1, 13, Unseen },
        { "\u200Ba = 'CANARY'", 1, 1, Unseen },
        { "a\u200B = 'CANARY'", 1, 2, Unseen },
        { "a = \u200B'CANARY'", 1, 5, Unseen },
        { "a = 1\n\uFEFFb = 'CANARY'", 2, 1, Unseen },
        { "gr\u00F6\u00DFe = 'CANARY'", 1, 3, "a key with letters beyond a to z stands in quotes" },
        { "\u043A = 'CANARY'", 1, 1, "a key with letters beyond a to z stands in quotes" },
        { "a = 7CANARY", 1, 6, Text },
        { "a = 10.0.0.1 # CANARY", 1, 9, Text },
        { "a = 1 000CANARY", 1, 7, Text },
        { "a = true CANARY", 1, 10, Text },
        { "a = trueCANARY", 1, 9, Text },
        { "a = -----BEGIN CANARY-----", 1, 6, Text },
        { "a = 0123 # CANARY", 1, 5, Text },
        { "a = 99999999999999999999 # CANARY", 1, 5, Text },
        { "a = 0xCANARY", 1, 9, Text },
        { "a = 1234-5678 # CANARY", 1, 10, Text },
        { "a = [10.0.0.1] # CANARY", 1, 10, Text },
        { "a = {b = 7CANARY}", 1, 11, Text },
        { "a = CANARY", 1, 5, "text needs quotes, and true and false are lower case" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_usual_slip_has_a_hint_of_its_own_that_quotes_nothing(string document, int line, int column, string hint)
    {
        document = document.Replace("CANARY", "C4n4ry", StringComparison.Ordinal);

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => TomlText.Read(document));

        Assert.Equal((line, column), (e.Line, e.Column));
        Assert.EndsWith("; " + hint, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("C4n4ry", e.ToString(), StringComparison.Ordinal);
    }

    // What looks alike and is TOML, or is another mistake.
    [Theory]
    [InlineData("a = 'C:\\Users\\x'")]
    [InlineData("a = \"\u201Cquoted\u201D\"")]
    [InlineData("export = 1")]
    [InlineData("export.a = 1")]
    [InlineData("a = {b = 1}")]
    [InlineData("--- = 1")]
    [InlineData("a = 'x' # it's")]
    public void What_is_TOML_is_read(string document) => Assert.Equal(1, TomlText.Read(document).Count);
}
