using System.Text;

namespace Secrets.Toml.Reading;

public class TomlCursorTests
{
    [Fact]
    public void A_byte_order_mark_may_start_a_document_and_counts_as_no_column()
    {
        Assert.Equal("{a=Integer 1}", TomlText.Render(TomlText.Read("\uFEFFa = 1")));
        TomlText.Fails("\uFEFFa = ", 1, 5, "expected a value");
        TomlText.Fails("\uFEFF\uFEFFa = 1", 1, 1, "expected a key");
        TomlText.Fails("a = 1\n\uFEFFb = 1", 2, 1, "expected a key");
    }

    [Theory]
    [InlineData(new byte[] { 0xE4, (byte)'=', (byte)'1' }, 1, 1)]
    [InlineData(new byte[] { (byte)'#', (byte)'\n', (byte)'#', 0xC3, 0xA4, 0xC3 }, 2, 3)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'#', 0xC0, 0x80 }, 1, 2)]
    [InlineData(new byte[] { (byte)'#', 0xED, 0xA0, 0x80 }, 1, 2)]
    [InlineData(new byte[] { (byte)'#', 0xF4, 0x90, 0x80, 0x80 }, 1, 2)]
    public void What_is_not_UTF_8_is_an_error_at_its_first_wrong_byte(byte[] toml, int line, int column)
    {
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => TomlText.Read(toml));
        Assert.Equal((line, column), (e.Line, e.Column));
        Assert.EndsWith("this is not valid UTF-8; save the file as UTF-8", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", "UTF-16 (little-endian)")]
    [InlineData("utf-16BE", "UTF-16 (big-endian)")]
    [InlineData("utf-32", "UTF-32 (little-endian)")]
    [InlineData("utf-32BE", "UTF-32 (big-endian)")]
    public void Another_encoding_is_named_with_and_without_a_mark(string encoding, string name)
    {
        var encoder = Encoding.GetEncoding(encoding);
        byte[] content = encoder.GetBytes("[database]\r\npassword = 'C4n4ry'\r\n");
        foreach (byte[] document in new[] { content, [.. encoder.GetPreamble(), .. content] })
        {
            SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => TomlText.Read(document));
            Assert.Equal((1, 1), (e.Line, e.Column));
            Assert.Contains($"this is {name}, and UTF-8 is expected; save it as UTF-8", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("C4n4ry", e.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("# a\0b", 1, 4, "a comment cannot hold a control character")]
    [InlineData("# a\u007F", 1, 4, "a comment cannot hold a control character")]
    [InlineData("a = 1 # b\u000C", 1, 10, "a comment cannot hold a control character")]
    [InlineData("# a\rb", 1, 5, "expected a line feed after the carriage return")]
    [InlineData("a = 1\rb = 2", 1, 7, "expected a line feed after the carriage return")]
    [InlineData("a = 1\0", 1, 6, "expected the end of the line")]
    [InlineData("\0", 1, 1, "expected a key")]
    [InlineData("\u00A0a = 1", 1, 1, "expected a key")]
    [InlineData("a = 1\u000B", 1, 6, "expected the end of the line")]
    public void Control_characters_are_errors_everywhere(string toml, int line, int column, string fragment) =>
        TomlText.Fails(toml, line, column, fragment);

    [Theory]
    [InlineData("a = \"\t😀ä\" !", 1, 12)]
    [InlineData("a = \"\"\"\n\r\n😀\"\"\" !", 3, 7)]
    [InlineData("# ä\n\n\t[a] !", 3, 6)]
    public void Columns_count_UTF_16_units(string toml, int line, int column) =>
        TomlText.Fails(toml, line, column, "expected the end of the line");

    [Fact]
    public void The_file_of_the_options_is_in_the_error()
    {
        TomlReaderOptions options = new() { File = ".secrets/secrets.toml" };
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => TomlReader.Read("\n a"u8, options));
        Assert.Equal(".secrets/secrets.toml", e.File);
        Assert.StartsWith(".secrets/secrets.toml(2,3): expected", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_may_have_the_allowed_size_and_not_a_byte_more()
    {
        TomlReaderOptions options = new() { MaxSize = 5 };
        Assert.Equal(1, TomlReader.Read("a = 1"u8, options).Count);
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => TomlReader.Read("a = 1\n"u8, options));
        Assert.Contains("larger than the limit of 5 bytes", e.Message);
        Assert.Equal(0, e.Line);
    }

    [Theory]
    [InlineData("[a.b.c]", 3)]
    [InlineData("a.b.c.d = 1", 3)]
    [InlineData("a = [[[]]]", 3)]
    [InlineData("a = {b = {c = {}}}", 3)]
    [InlineData("[a]\nb.c = {}", 3)]
    [InlineData("[[a]]\nb = []", 3)]
    [InlineData("[[a]]\n[a.b]", 3)]
    [InlineData("a.b = [1]", 2)]
    public void Every_notation_counts_as_depth(string toml, int depth)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(toml);
        TomlReader.Read(utf8, new TomlReaderOptions { MaxDepth = depth });
        TomlReaderOptions less = new() { MaxDepth = depth - 1 };
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => TomlReader.Read(utf8, less));
        Assert.Contains("nest deeper than the limit", e.Message);
    }
}
