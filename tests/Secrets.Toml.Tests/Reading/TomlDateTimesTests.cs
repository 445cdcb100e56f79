namespace Secrets.Toml.Reading;

public class TomlDateTimesTests
{
    [Theory]
    [InlineData("1979-05-27T07:32:00Z", SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27t07:32:00z", SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27 07:32:00-07:00", SecretKind.OffsetDateTime, "1979-05-27T07:32:00-07:00")]
    [InlineData("1979-05-27T00:32:00.999999+23:59", SecretKind.OffsetDateTime, "1979-05-27T00:32:00.999999+23:59")]
    [InlineData("1979-05-27T00:32:00.123456789012345678901Z", SecretKind.OffsetDateTime, "1979-05-27T00:32:00.123456789012345678901Z")]
    [InlineData("1990-12-31T23:59:60Z", SecretKind.OffsetDateTime, "1990-12-31T23:59:60Z")]
    [InlineData("0000-02-29T00:00:00-00:00", SecretKind.OffsetDateTime, "0000-02-29T00:00:00-00:00")]
    [InlineData("1979-05-27T07:32:00", SecretKind.LocalDateTime, "1979-05-27T07:32:00")]
    [InlineData("1979-05-27 00:32:00.500 # comment", SecretKind.LocalDateTime, "1979-05-27T00:32:00.500")]
    [InlineData("1979-05-27", SecretKind.LocalDate, "1979-05-27")]
    [InlineData("1979-05-27 # comment", SecretKind.LocalDate, "1979-05-27")]
    [InlineData("2000-02-29", SecretKind.LocalDate, "2000-02-29")]
    [InlineData("9999-12-31", SecretKind.LocalDate, "9999-12-31")]
    [InlineData("07:32:00", SecretKind.LocalTime, "07:32:00")]
    [InlineData("00:32:00.50", SecretKind.LocalTime, "00:32:00.50")]
    public void A_date_time_becomes_RFC_3339_and_keeps_every_digit(string toml, SecretKind kind, string expected)
    {
        AssertDateTime(kind, expected, toml, TomlVersion.Toml10);
        AssertDateTime(kind, expected, toml, TomlVersion.Toml11);
    }

    [Theory]
    [InlineData("1979-05-27T07:32Z", SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27 07:32z", SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27T07:32-07:00", SecretKind.OffsetDateTime, "1979-05-27T07:32:00-07:00")]
    [InlineData("1979-05-27T07:32", SecretKind.LocalDateTime, "1979-05-27T07:32:00")]
    [InlineData("07:32", SecretKind.LocalTime, "07:32:00")]
    public void Toml_1_1_lets_seconds_be_left_out(string toml, SecretKind kind, string expected)
    {
        AssertDateTime(kind, expected, toml, TomlVersion.Toml11);
        Assert.Contains("expected \":\" and the seconds", TomlText.Fails("v = " + toml, TomlVersion.Toml10).Message);
    }

    [Theory]
    [InlineData("1979-00-01", 10, "expected a month from 01 to 12")]
    [InlineData("1979-13-01", 10, "expected a month from 01 to 12")]
    [InlineData("1979-1-01", 10, "expected a month from 01 to 12")]
    [InlineData("1979-01-00", 13, "expected a day that this month has")]
    [InlineData("1979-01-32", 13, "expected a day that this month has")]
    [InlineData("2023-02-29", 13, "expected a day that this month has")]
    [InlineData("1900-02-29", 13, "expected a day that this month has")]
    [InlineData("1979-04-31", 13, "expected a day that this month has")]
    [InlineData("1979-04-1", 13, "expected a day that this month has")]
    [InlineData("1979-05", 12, "expected \"-\" in a date")]
    [InlineData("1979-05-27T", 16, "expected an hour from 00 to 23")]
    [InlineData("1979-05-27T24:00:00", 16, "expected an hour from 00 to 23")]
    [InlineData("1979-05-27T1:00:00", 16, "expected an hour from 00 to 23")]
    [InlineData("1979-05-27T07-32", 18, "expected \":\" in a time")]
    [InlineData("24:00:00", 5, "expected an hour from 00 to 23")]
    [InlineData("07:60:00", 8, "expected minutes from 00 to 59")]
    [InlineData("07:32:61", 11, "expected seconds from 00 to 60")]
    [InlineData("07:32:", 11, "expected seconds from 00 to 60")]
    [InlineData("07:32:00.", 14, "expected the digits of a fraction")]
    [InlineData("07:32:00.x", 14, "expected the digits of a fraction")]
    [InlineData("07:32:00Z", 13, "expected the end of the line")]
    [InlineData("1979-05-27T07:32:00+24:00", 25, "expected the hours of an offset")]
    [InlineData("1979-05-27T07:32:00+07:60", 28, "expected the minutes of an offset")]
    [InlineData("1979-05-27T07:32:00+0700", 27, "expected \":\" in an offset")]
    [InlineData("1979-05-27T07:32:00x", 24, "expected the end of the line")]
    [InlineData("1979-05-27  07:32:00", 17, "expected the end of the line")]
    [InlineData("12345-05-27", 10, "expected the end of the line")]
    [InlineData("197-05-27", 8, "expected the end of the line")]
    public void What_is_no_date_or_time_is_an_error_at_the_first_wrong_part(string toml, int column, string fragment) =>
        TomlText.Fails("v = " + toml, 1, column, fragment);

    private static void AssertDateTime(SecretKind kind, string expected, string toml, TomlVersion version)
    {
        TomlValue value = TomlText.ReadValue(toml, version);
        Assert.Equal(kind, value.Kind);
        Assert.Equal(expected, value.Text);
    }
}
