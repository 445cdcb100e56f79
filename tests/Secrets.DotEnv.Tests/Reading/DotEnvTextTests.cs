using System.Text;

namespace Secrets.DotEnv.Reading;

public class DotEnvTextTests
{
    public static TheoryData<string, byte[], int, int> NotUtf8 => new()
    {
        { "a lone byte", [.. "A=1\nB='x"u8, 0xFF, .. "'"u8], 2, 5 },
        { "after characters beyond ASCII", [.. "É=😀"u8, 0xC0], 1, 5 },
        { "after CRLF", [.. "A=1\r\n\r\n"u8, 0x80], 3, 1 },
        { "after a byte order mark", [0xEF, 0xBB, 0xBF, 0xFE], 1, 1 },
        { "cut short at the end", [.. "A=1"u8, 0xE2, 0x82], 1, 4 },
        { "half of a surrogate pair", [.. "A="u8, 0xED, 0xA0, 0x80], 1, 3 },
        { "an overlong slash", [.. "A="u8, 0xC0, 0xAF], 1, 3 },
    };

    [Theory]
    [InlineData("", "")]
    [InlineData("A=1", "A=1")]
    [InlineData("\uFEFFA=1", "A=1")]
    [InlineData("A=1\r\nB=\"x\r\ny\"\r\n", "A=1\nB=\"x\ny\"\n")]
    [InlineData("A\t=\u00A0\u2028é😀\uFFFD", "A\t=\u00A0\u2028é😀\uFFFD")]
    public void Text_is_UTF_8_with_or_without_a_mark_and_its_lines_end_in_LF(string text, string expected) =>
        Assert.Equal(expected, DotEnvText.Decode(Encoding.UTF8.GetBytes(text), null).Text);

    [Theory]
    [MemberData(nameof(NotUtf8))]
    public void What_is_not_UTF_8_is_an_error_with_its_place(string name, byte[] content, int line, int column)
    {
        Assert.NotEmpty(name);

        SecretsFormatException e = DotEnvRead.Fails(content);

        Assert.Equal($"a.env({line},{column}): this is not valid UTF-8; save the file as UTF-8", e.Message);
    }

    [Theory]
    [InlineData("A=1\0", 1, 4, "0000")]
    [InlineData("# \0", 1, 3, "0000")]
    [InlineData("A=1\nB=x\u001by", 2, 4, "001B")]
    [InlineData("A='x\n\u0085'", 2, 1, "0085")]
    [InlineData("A=\"\u007f\"", 1, 4, "007F")]
    [InlineData("A=1\r", 1, 4, "000D")]
    [InlineData("A=1\r\r\nB=1", 1, 4, "000D")]
    [InlineData("A=\"\f\"", 1, 4, "000C")]
    [InlineData("A=1\uFEFF\0", 1, 5, "0000")]
    public void A_control_character_is_an_error_with_its_place(string text, int line, int column, string code) =>
        Assert.Equal(
            $"a.env({line},{column}): expected text; the control character U+{code} can only be written as an escape in double quotes",
            DotEnvRead.Fails(text).Message);

    [Fact]
    public void Places_are_the_same_in_any_order()
    {
        const string Text = "ab\n\ncd\n";
        var text = DotEnvText.Decode(Encoding.UTF8.GetBytes(Text), null);
        (int, int)[] places = [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2), (3, 3), (4, 1)];

        Assert.Equal(places, Enumerable.Range(0, 8).Select(text.Position));
        Assert.Equal(places.Reverse(), Enumerable.Range(0, 8).Reverse().Select(text.Position));
    }

    [Fact]
    public void An_error_has_the_file_or_none()
    {
        Assert.Equal("(1,2): x", DotEnvText.Decode("ab"u8, null).Error(1, "x").Message);
        Assert.Equal("f(1,2): x", DotEnvText.Decode("ab"u8, "f").Error(1, "x").Message);
    }
}
