namespace Secrets.Toml.Reading;

public class TomlStringsTests
{
    private const string BasicEnd = "expected \" at the end of a string";
    private const string LiteralEnd = "expected ' at the end of a string";
    private const string Control = "a string cannot hold a control character";
    private const string Escape = "expected an escape that TOML knows";
    private const string Digits = "hexadecimal digits";
    private const string Character = "not a Unicode character";

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"tab\tinside\"", "tab\tinside")]
    [InlineData("\"hash # inside\" # comment", "hash # inside")]
    [InlineData("\"käse 😀\"", "käse 😀")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("\"\uFEFF\u0080\u2028\"", "\uFEFF\u0080\u2028")]
    public void A_basic_string_holds_its_text(string toml, string expected) => AssertString(expected, toml);

    [Theory]
    [InlineData("""
        "\b\t\n\f\r\"\\"
        """, "\b\t\n\f\r\"\\")]
    [InlineData("""
        "\u00e4\u00E4\U0001F600\u0000"
        """, "ää😀\0")]
    [InlineData("""
        "a\tb\\c\u0064e"
        """, "a\tb\\cde")]
    [InlineData("""
        "\uD7FF\uE000\U0010FFFF"
        """, "\uD7FF\uE000\U0010FFFF")]
    public void Escapes_are_decoded(string toml, string expected)
    {
        AssertString(expected, toml);
        AssertString(expected, toml, TomlVersion.Toml10);
    }

    [Fact]
    public void Toml_1_1_adds_two_escapes()
    {
        AssertString("\e[0m A ÿ", """
            "\e[0m \x41 \xff"
            """);
        TomlText.Fails("""v = "\e" """, 1, 6, Escape, TomlVersion.Toml10);
        TomlText.Fails("""v = "\x41" """, 1, 6, Escape, TomlVersion.Toml10);
    }

    [Theory]
    [InlineData("''", "")]
    [InlineData(@"'C:\path\n'", @"C:\path\n")]
    [InlineData("'say \"hi\"\t'", "say \"hi\"\t")]
    public void A_literal_string_has_no_escapes(string toml, string expected) => AssertString(expected, toml);

    [Theory]
    [InlineData("\"\"\"\"\"\"", "")]
    [InlineData("\"\"\"a\nb\"\"\"", "a\nb")]
    [InlineData("\"\"\"\na\n\nb\n\"\"\"", "a\n\nb\n")]
    [InlineData("\"\"\"\r\na\r\nb\r\n\"\"\"", "a\nb\n")]
    [InlineData("\"\"\"one \"two\" \"\"three\"\" four\"\"\"", "one \"two\" \"\"three\"\" four")]
    [InlineData("\"\"\"\"\"\"\"", "\"")]
    [InlineData("\"\"\"\"\"\"\"\"", "\"\"")]
    [InlineData("\"\"\"a\"\"\"\"", "a\"")]
    [InlineData("\"\"\"a\"\"\"\"\"", "a\"\"")]
    [InlineData("\"\"\"a\\\"\"\"\"", "a\"")]
    [InlineData("\"\"\"a \\\n   \n\t b\"\"\"", "a b")]
    [InlineData("\"\"\"a \\  \r\n   b\"\"\"", "a b")]
    [InlineData("\"\"\"\\\n\"\"\"", "")]
    [InlineData("\"\"\"\\\n   x\"\"\"", "x")]
    [InlineData("\"\"\"\\\\\n\\t\"\"\"", "\\\n\t")]
    public void A_multi_line_basic_string_holds_its_lines(string toml, string expected) => AssertString(expected, toml);

    [Theory]
    [InlineData("''''''", "")]
    [InlineData("'''\na\\\nb'''", "a\\\nb")]
    [InlineData("'''a\r\n'b' ''c'''''", "a\n'b' ''c''")]
    public void A_multi_line_literal_string_holds_its_lines(string toml, string expected) => AssertString(expected, toml);

    [Theory]
    [InlineData("v = \"abc", 1, 9, BasicEnd)]
    [InlineData("v = \"abc\nw = 1", 1, 9, BasicEnd)]
    [InlineData("v = \"abc\r\n\"", 1, 9, BasicEnd)]
    [InlineData("v = \"abc\\", 1, 9, Escape)]
    [InlineData("v = 'abc", 1, 9, LiteralEnd)]
    [InlineData("v = 'ab\nc'", 1, 8, LiteralEnd)]
    [InlineData("a = 1\nv = \"\"\"abc\n\n", 2, 5, "no closing \"\"\"")]
    [InlineData("v = '''abc''", 1, 5, "no closing '''")]
    [InlineData("v = \"\"\"a\"\"\"\"\"\"", 1, 14, "expected the end of the line")]
    [InlineData("v = '''a''''''", 1, 14, "expected the end of the line")]
    [InlineData("v = \"a\" \"b\"", 1, 9, "expected the end of the line")]
    public void A_string_ends_with_its_quotes(string toml, int line, int column, string fragment) =>
        TomlText.Fails(toml, line, column, fragment);

    [Theory]
    [InlineData("v = \"ab\0\"", 1, 8)]
    [InlineData("v = \"ab\u007F\"", 1, 8)]
    [InlineData("v = 'ab\u001F'", 1, 8)]
    [InlineData("v = \"\"\"ab\n\u0001\"\"\"", 2, 1)]
    [InlineData("v = '''ab\n\u000B'''", 2, 1)]
    public void A_string_holds_no_control_character(string toml, int line, int column) => TomlText.Fails(toml, line, column, Control);

    [Theory]
    [InlineData("v = \"\"\"a\rb\"\"\"", 1, 10)]
    [InlineData("v = '''a\rb'''", 1, 10)]
    [InlineData("v = '''\ra'''", 1, 9)]
    public void A_carriage_return_alone_is_no_line_end(string toml, int line, int column) =>
        TomlText.Fails(toml, line, column, "expected a line feed after the carriage return");

    [Theory]
    [InlineData("""v = "a\q" """, 7, Escape)]
    [InlineData("""v = "a\ b" """, 7, Escape)]
    [InlineData("""v = "a\/b" """, 7, Escape)]
    [InlineData("""v = "\u12" """, 6, Digits)]
    [InlineData("""v = "\u+123" """, 6, Digits)]
    [InlineData("""v = "\U0001F60" """, 6, Digits)]
    [InlineData("""v = "\xg0" """, 6, Digits)]
    [InlineData("""v = "\u00""", 6, Digits)]
    [InlineData("""v = "\uD800" """, 6, Character)]
    [InlineData("""v = "\U00110000" """, 6, Character)]
    [InlineData("v = \"\"\"a\\ b\"\"\"", 9, Escape)]
    public void An_escape_that_TOML_does_not_know_is_an_error_at_its_backslash(string toml, int column, string fragment) =>
        TomlText.Fails(toml, 1, column, fragment);

    private static void AssertString(string expected, string toml, TomlVersion version = TomlVersion.Toml11)
    {
        TomlValue value = TomlText.ReadValue(toml, version);
        Assert.Equal(SecretKind.String, value.Kind);
        Assert.Equal(expected, value.Text);
    }

    [Theory]
    [InlineData("v = \"\\u41\0\0\"")]
    [InlineData("v = \"\\x4\0\"")]
    [InlineData("v = \"\\U0000\0\0\0\0\"")]
    [InlineData("v = \"\\u 041\"")]
    public void Nothing_but_digits_makes_an_escape(string toml) => Assert.Throws<SecretsFormatException>(() => TomlText.Read(toml));
}
