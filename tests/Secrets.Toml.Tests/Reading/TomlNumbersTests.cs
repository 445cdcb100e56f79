namespace Secrets.Toml.Reading;

public class TomlNumbersTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("+0", "0")]
    [InlineData("-0", "0")]
    [InlineData("42", "42")]
    [InlineData("+99", "99")]
    [InlineData("-17", "-17")]
    [InlineData("1_000", "1000")]
    [InlineData("-1_2_3_4", "-1234")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("0xDEAD_beef", "3735928559")]
    [InlineData("0x00ff", "255")]
    [InlineData("0o01234567", "342391")]
    [InlineData("0b1101_0110", "214")]
    [InlineData("0x7fffffffffffffff", "9223372036854775807")]
    [InlineData("0o777777777777777777777", "9223372036854775807")]
    [InlineData("0x0", "0")]
    public void An_integer_of_any_base_becomes_decimal(string toml, string expected) => AssertNumber(SecretKind.Integer, expected, toml);

    [Theory]
    [InlineData("1.0", "1.0")]
    [InlineData("+1.0", "1.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("0.0", "0.0")]
    [InlineData("3.1415", "3.1415")]
    [InlineData("-0.01", "-0.01")]
    [InlineData("5e+22", "5e+22")]
    [InlineData("1e06", "1000000.0")]
    [InlineData("-2E-2", "-0.02")]
    [InlineData("6.626e-34", "6.626e-34")]
    [InlineData("0e5", "0.0")]
    [InlineData("1e100", "1e+100")]
    [InlineData("224_617.445_991_228", "224617.445991228")]
    [InlineData("1_0e1_0", "100000000000.0")]
    [InlineData("0.1000", "0.1")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1e-400", "0.0")]
    [InlineData("inf", "inf")]
    [InlineData("+inf", "inf")]
    [InlineData("-inf", "-inf")]
    [InlineData("nan", "nan")]
    [InlineData("+nan", "nan")]
    [InlineData("-nan", "nan")]
    public void A_float_becomes_the_shortest_TOML_that_reads_back(string toml, string expected)
    {
        AssertNumber(SecretKind.Float, expected, toml);
        AssertNumber(SecretKind.Float, expected, expected);
    }

    [Theory]
    [InlineData("9223372036854775808", 5)]
    [InlineData("-9223372036854775809", 5)]
    [InlineData("0x8000000000000000", 5)]
    [InlineData("0xffffffffffffffffffffffff", 5)]
    [InlineData("0o1000000000000000000000", 5)]
    [InlineData("1e400", 5)]
    [InlineData("-1e400", 5)]
    public void A_number_beyond_64_bits_is_an_error_at_its_start(string toml, int column) =>
        TomlText.Fails("v = " + toml, 1, column, "out of the range of 64 bits");

    [Theory]
    [InlineData("00", 5, "start with a zero")]
    [InlineData("-01", 6, "start with a zero")]
    [InlineData("+0_1", 6, "start with a zero")]
    [InlineData("03.14", 5, "start with a zero")]
    [InlineData("+", 6, "expected a digit")]
    [InlineData("--1", 6, "expected a digit")]
    [InlineData("1_", 7, "expected a digit")]
    [InlineData("1__2", 7, "expected a digit")]
    [InlineData("1.", 7, "expected a digit")]
    [InlineData("1.e5", 7, "expected a digit")]
    [InlineData("1._5", 7, "expected a digit")]
    [InlineData("1_.5", 7, "expected a digit")]
    [InlineData("1e", 7, "expected a digit")]
    [InlineData("1e+", 8, "expected a digit")]
    [InlineData("1e_5", 7, "expected a digit")]
    [InlineData("+.5", 6, "expected a digit")]
    [InlineData("1.5.5", 8, "expected the end of the line")]
    [InlineData("1e5.5", 8, "expected the end of the line")]
    [InlineData("0x", 7, "expected a digit of the number's base")]
    [InlineData("0x_1", 7, "expected a digit of the number's base")]
    [InlineData("0x1_", 9, "expected a digit of the number's base")]
    [InlineData("0b2", 7, "expected a digit of the number's base")]
    [InlineData("0o78", 8, "expected the end of the line")]
    [InlineData("0X1", 6, "expected the end of the line")]
    [InlineData("+0x1", 7, "expected the end of the line")]
    [InlineData("1a", 6, "expected the end of the line")]
    [InlineData("infinity", 8, "expected the end of the line")]
    [InlineData("in", 5, "expected a value")]
    [InlineData("-in", 6, "expected a digit")]
    [InlineData("Inf", 5, "expected a value")]
    [InlineData(".5", 5, "expected a value")]
    [InlineData("\u0663", 5, "expected a value")]
    public void What_is_no_number_is_an_error_at_the_first_wrong_character(string toml, int column, string fragment) =>
        TomlText.Fails("v = " + toml, 1, column, fragment);

    private static void AssertNumber(SecretKind kind, string expected, string toml)
    {
        TomlValue value = TomlText.ReadValue(toml);
        Assert.Equal(kind, value.Kind);
        Assert.Equal(expected, value.Text);
    }
}
