namespace Secrets.DotEnv.Reading;

public class DotEnvDecoderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("b c ", "b c")]
    [InlineData("'b \\n'", "b \\n")]
    [InlineData("\"\"", "")]
    [InlineData("\"\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"\\?\\`\\$\"", "\a\b\f\n\r\t\v\\'\"?`$")]
    [InlineData("\"\\x41\\x4\\u00e9\\U0001F600\\U1F600\\101\\7\"", "A\u0004é😀😀A\a")]
    [InlineData("\"\\xc3\\xa9\\303\\251\"", "éé")]
    [InlineData("\"\\q\\x\\u\\8\"", "\\q\\x\\u\\8")]
    [InlineData("\"\uFFFD\"", "\uFFFD")]
    public void DotNetEnv_decodes_quotes_and_escapes(string written, string expected) => Assert.Equal(expected, DotEnvDecoder.Decode("A", written, []));

    [Fact]
    public void Stand_ins_are_filled_in_their_order()
    {
        Assert.Equal("1 two3", DotEnvDecoder.Decode("A", "\uD800 \uD800\uD800", ["1", "two", "3"]));
        Assert.Equal("é\n\uD83D\uDE00$", DotEnvDecoder.Decode("A", "\"\\u00e9\uD800\uD83D\uDE00\uD800\"", ["\n", "$"]));
        Assert.Equal("# ' \" \\n \uD800", DotEnvDecoder.Decode("A", "\uD800\uD800", ["# ' \" \\n ", "\uD800"]));
    }

    [Theory]
    [InlineData("\"\\uD800\"")]
    [InlineData("\"\\U0000D800\"")]
    [InlineData("\"\\xED\\xA0\\x80\"")]
    [InlineData("\"\\355\\240\\200\"")]
    [InlineData("\"\\xff\"")]
    [InlineData("\"\\UFFFFFFFF\"")]
    [InlineData("\"\\777\"")]
    [InlineData("\"\\0\"")]
    [InlineData("\"\\x00\"")]
    [InlineData("\"\\u0000\"")]
    public void An_escape_that_is_no_character_decodes_to_nothing(string written)
    {
        Assert.Null(DotEnvDecoder.Decode("A", written, []));
        Assert.Null(DotEnvDecoder.Decode("A", written.Insert(1, "\uD800"), ["x"]));
    }

    [Theory]
    [InlineData("A", "\"b")]
    [InlineData("A", "b\nC=d")]
    [InlineData("A", "'b'c")]
    [InlineData("export A", "b")]
    [InlineData("1A", "b")]
    [InlineData("", "b")]
    public void What_is_not_one_assignment_of_that_key_decodes_to_nothing(string key, string written) => Assert.Null(DotEnvDecoder.Decode(key, written, []));

    [Fact]
    public void Stand_ins_that_are_too_few_or_too_many_decode_to_nothing()
    {
        Assert.Null(DotEnvDecoder.Decode("A", "\uD800", []));
        Assert.Null(DotEnvDecoder.Decode("A", "b", ["x"]));
        Assert.Null(DotEnvDecoder.Decode("A", "b # \uD800", ["x"]));
    }
}
