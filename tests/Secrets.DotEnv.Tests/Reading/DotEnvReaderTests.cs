namespace Secrets.DotEnv.Reading;

public class DotEnvReaderTests
{
    public static TheoryData<string, int, int, string> Errors => new()
    {
        { "A=${", 1, 5, "expected a name and \"}\" after \"${\"" },
        { "A=${}", 1, 5, "expected a name and \"}\" after \"${\"" },
        { "A=${ V}", 1, 5, "expected a name and \"}\" after \"${\"" },
        { "A=${V", 1, 6, "expected a name and \"}\" after \"${\"" },
        { "A=${V\n}", 1, 6, "expected a name and \"}\" after \"${\"" },
        { "A=\"${V\"", 1, 7, "expected a name and \"}\" after \"${\"" },
        { "A=${1}", 1, 5, "expected a name and \"}\" after \"${\"" },
        { "A=${V?needed}", 1, 6, "expected a name and \"}\" after \"${\"" },
        { "A=${A${B}}", 1, 6, "expected a name and \"}\" after \"${\"" },
        { "A", 1, 2, "expected \"=\" after the key" },
        { "  A  ", 1, 6, "expected \"=\" after the key" },
        { "export", 1, 7, "expected \"=\" after the key" },
        { "export A B=1", 1, 10, "expected \"=\" after the key" },
        { "set A=1", 1, 5, "expected \"=\" after the key" },
        { "A#=1", 1, 2, "expected \"=\" after the key" },
        { "=1", 1, 1, "expected a key" },
        { "\u00A0A=1", 1, 1, "expected a key" },
        { "\n\t -A=1", 2, 3, "expected a key" },
        { "export 1=1", 1, 8, "expected a key" },
        { "export \"A\"=1", 1, 8, "expected a key" },
        { "😀=1", 1, 1, "expected a key" },
        { "A='", 1, 3, "this quote is never closed" },
        { "A=\"", 1, 3, "this quote is never closed" },
        { "A=\"\\\"", 1, 3, "this quote is never closed" },
        { "A=\"\\", 1, 3, "this quote is never closed" },
        { "A=\"x\\$", 1, 3, "this quote is never closed" },
        { "B=1\nA= \t\"\n\n", 2, 5, "this quote is never closed" },
        { "A='x'y", 1, 6, "expected the end of the line or a comment after the quote that closes the one at (1,3)" },
        { "A='x' 'y'", 1, 7, "expected the end of the line or a comment after the quote that closes the one at (1,3)" },
        { "A= \"x\ny\nB=\"z\"", 3, 4, "expected the end of the line or a comment after the quote that closes the one at (1,4)" },
        { "A=😀\"\nB=\"x\"😀", 2, 6, "expected the end of the line or a comment" },
        { "A=\"x # y\" z", 1, 11, "expected the end of the line or a comment" },
        { "A={\"k\": \"v # w\"}", 1, 12, "this \"#\" stands within quotes or begins a comment" },
        { "A=it's # c", 1, 8, "this \"#\" stands within quotes or begins a comment" },
        { "B=1\nA=\"\\xff\"", 2, 3, "an escape in this value stands for no character, or for NUL" },
        { "A= \"\\0\"", 1, 4, "an escape in this value stands for no character, or for NUL" },
        { "A=\"\\400\"", 1, 3, "an escape in this value stands for no character, or for NUL" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_mistake_is_where_an_editor_finds_it(string text, int line, int column, string message)
    {
        SecretsFormatException e = DotEnvRead.Fails(text);

        Assert.StartsWith($"a.env({line},{column}): {message}", e.Message);
        Assert.Equal((line, column), (e.Line, e.Column));
    }

    [Theory]
    [InlineData("export=1", "export->1")]
    [InlineData("export = 1", "export->1")]
    [InlineData("export export=1", "export->1")]
    [InlineData("exported=1", "exported->1")]
    [InlineData("\texport\tA=1", "A->1")]
    [InlineData("EXPORT=1", "EXPORT->1")]
    [InlineData("A.B-C_1é=1", "A.B-C_1é->1")]
    [InlineData("_=1", "_->1")]
    public void Keys_may_follow_export(string text, string expected) => Assert.Equal(expected, DotEnvRead.Pairs(text));

    [Theory]
    [InlineData("A=\u00A0b\u3000c", "\u00A0b\u3000c")]
    [InlineData("A=b\tc\t", "b\tc")]
    [InlineData("A=\u200Bb", "\u200Bb")]
    [InlineData("A=b'c", "b'c")]
    [InlineData("A=b\"c", "b\"c")]
    [InlineData("A=##", "##")]
    [InlineData("A=b ## c", "b")]
    [InlineData("A=b\t#c", "b")]
    [InlineData("A=\t#c", "")]
    [InlineData("A={\"k\":\"v\"} # c", "{\"k\":\"v\"}")]
    [InlineData("A=b\\", "b\\")]
    [InlineData("A=\\\\n", "\\\\n")]
    [InlineData("A= = ", "=")]
    [InlineData("A='a\"b$c\\'", "a\"b$c\\")]
    [InlineData("A=''# c", "")]
    [InlineData("A=\"\"\t# c", "")]
    [InlineData("A=\"a\\\nb\"", "a\\\nb")]
    [InlineData("A='\u2028'", "\u2028")]
    public void A_value_is_taken_as_it_stands(string text, string expected) => Assert.Equal(expected, Assert.Single(DotEnvRead.Read(text)).Value);

    [Fact]
    public void Each_assignment_has_the_place_of_its_key()
    {
        IReadOnlyList<DotEnvAssignment> read = DotEnvRead.Read("\uFEFFA=1\r\n# c\r\n  B=\"x\r\ny\"\r\n\texport C = 'z\n\n'\nD=\n\nE=😀\nF=$E");

        Assert.Equal(["A(1,1)", "B(3,3)", "C(5,9)", "D(8,1)", "E(10,1)", "F(11,1)"], read.Select(a => $"{a.Key}({a.Line},{a.Column})"));
    }

    [Fact]
    public void A_cancelled_read_ends()
    {
        using var source = new CancellationTokenSource();
        var reader = new DotEnvReader(
            DotEnvText.Decode("A=1\nB=$HOST\nC=$HOST"u8, null),
            _ =>
            {
                source.Cancel();
                return "";
            },
            allowUnset: false,
            maxSize: 1000);

        Assert.Equal(source.Token, Assert.Throws<OperationCanceledException>(() => reader.Read(source.Token)).CancellationToken);
    }
}
